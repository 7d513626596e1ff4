import { html } from 'hono/html';
import {
  examineUrgent,
  madeBefore,
  publishUrgent,
  type Examined,
  type Mistake,
  type UrgentRequest,
  type UrgentResult,
} from '../app/force-urgent.ts';
import { accountName } from '../app/know-account.ts';
import { noteRefusedProposal } from '../app/propose-on-record.ts';
import { pauseOf, publishingStops } from '../app/publishing-stops.ts';
import { breakGlassMessages } from '../messages/console-break-glass.ts';
import { urgentPageMessages } from '../messages/console-urgent.ts';
import { postMessages } from '../messages/console-post.ts';
import { joined, say } from '../messages/sentence.ts';
import { describeXDetail } from '../messages/x-details.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import { answerOnce, formKey } from './answer-once.ts';
import { isBreakable, NotTaken } from './break-glass.ts';
import { otherLanguage } from './kept-form.ts';
import { layout } from './layout.ts';
import { reasonOf } from './reason.ts';
import type { Notice } from './sessions.ts';
import { who } from './sign-in.ts';
import { proposalPart, urgentForm, type Shown, type Typed } from './urgent-form.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

const FREE = 'free';

/** GET /urgent: the form of the template that was asked for, or of the first one. */
export function showUrgent(parts: ConsoleParts, c: Visitor): Response | Promise<Response> {
  const names = [...Object.keys(parts.app.config.templates.forced), FREE];
  const template = names.find((name) => name === c.req.query('template')) ?? names[0] ?? FREE;
  const typed: Typed = {
    template,
    fields: {},
    text: '',
    url: '',
    lang: 'ja',
    reason: '',
    overridePause: false,
    key: formKey(parts),
  };
  return page(parts, c, typed, null);
}

/**
 * POST /urgent: `look` shows the post and asks; `post` records exactly what was shown, and waits for X's answer; `break` does so
 * without the second person, after the password was given once more.
 */
export async function takeUrgent(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const typed = typedOf(c);
  const app = speaking(parts.app, c.get('lang'));
  const reason = reasonOf(c);
  if (reason === null)
    return page(parts, c, typed, {
      kind: 'mistake',
      message: say(postMessages['reason-needed'], c.get('lang')),
    });
  const request = requestOf(c, typed, reason);
  const step = field(c, 'step');
  const confirmed = { text: field(c, 'confirmed'), account: app.scope.account, mode: app.scope.mode };
  const publish = (more: Partial<UrgentRequest>): Promise<UrgentResult> =>
    publishUrgent(app, { ...request, ...more, confirmed }, parts.knock, parts.signal);
  const isSending = step === 'post' || step === 'break';
  // What was sent before has its answer, also where the first one was lost on the way or the program was started anew since.
  if (isSending && (await madeBefore(app, request.requestId)) !== null) {
    const result = await publish({});
    // Somebody went back and changed the words: that is another notice, and must not be given the first one's answer.
    if (result.kind === 'mistake') return page(parts, c, { ...typed, key: formKey(parts) }, result);
    return answerOnce(c, async () => noticeFor(result, c));
  }
  if (isSending && c.get('session').answers.has(typed.key))
    return answerOnce(c, async () => noticeFor(await publish({}), c));
  const proposal = await examineUrgent(app, request);
  if (!isSending) {
    const isTaken = (await madeBefore(app, request.requestId)) !== null;
    return page(parts, c, isTaken ? { ...typed, key: formKey(parts) } : typed, proposal);
  }
  if (proposal.kind === 'mistake') await noteRefusedProposal(app, request, [proposal.message]);
  // A mistake makes no post: it is shown beside the fields instead of being remembered as the answer.
  if (
    proposal.kind === 'mistake' ||
    proposal.text !== confirmed.text ||
    field(c, 'account') !== confirmed.account
  )
    return page(parts, c, typed, proposal);
  if (step === 'post') return answerOnce(c, async () => noticeFor(await publish({}), c));
  try {
    return await answerOnce(c, async () => {
      const result = await publish({ breakGlass: true, password: field(c, 'password') });
      if (result.kind === 'refused' && result.entryId === null)
        throw new NotTaken(joined(result.messages, c.get('lang')));
      const notice = noticeFor(result, c);
      const more = notice.tone === 'done' ? [say(breakGlassMessages.done, c.get('lang'))] : [];
      return { ...notice, text: joined([notice.text, ...more], c.get('lang')) };
    });
  } catch (error) {
    if (error instanceof NotTaken) return page(parts, c, typed, proposal, error.message);
    throw error;
  }
}

/** POST /urgent/check: the post so far, counted by the same code that posts it; for the page to show while somebody types. */
export async function checkUrgent(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const typed = typedOf(c);
  const app = speaking(parts.app, c.get('lang'));
  const proposal = await examineUrgent(app, requestOf(c, typed, '—'));
  const shown = await shownOf(parts, c, typed, proposal);
  return c.html(
    html`<body>
      ${proposalPart(c, typed, shown)}
    </body>`,
  );
}

/** What the page says beside the proposal: who may post it alone, and what would keep it back. */
async function shownOf(
  parts: ConsoleParts,
  c: Visitor,
  typed: Typed,
  proposal: Examined | Mistake | null,
): Promise<Shown> {
  const { app } = parts;
  const stops = await publishingStops(app, app.clock.now());
  const stop = stops.account ?? (typed.overridePause ? null : pauseOf(stops, 'urgent'));
  return {
    proposal,
    name: await accountName(app),
    breakable: proposal?.kind === 'proposal' && isBreakable(parts, c, proposal),
    stop: stop === null ? null : describeXDetail(stop.reason, c.get('lang')),
    approvalsNeeded: approvalsNeeded('urgent', true, app.config.policy),
  };
}

function typedOf(c: Visitor): Typed {
  const fields = Object.entries(c.get('fields')).filter(([name]) => name.startsWith('f-'));
  return {
    template: field(c, 'template'),
    fields: Object.fromEntries(fields.map(([name, value]) => [name.slice(2), value])),
    text: field(c, 'text'),
    url: field(c, 'url').trim(),
    lang: field(c, 'lang') === 'en' ? 'en' : 'ja',
    reason: field(c, 'reason'),
    overridePause: field(c, 'override') === 'on',
    key: field(c, 'key'),
  };
}

function requestOf(c: Visitor, typed: Typed, reason: string): UrgentRequest {
  const { template, text, url, lang, fields, overridePause, key } = typed;
  const session = c.get('session');
  return {
    // Neither the person nor the browser's session is part of it. A form that was sent before the program was started anew is still the
    // same notice, and what another one submitted is refused by who made it. A name in here would outlive its erasure.
    requestId: `console-${key}`,
    ...(template === FREE ? { text } : { template }),
    ...(url === '' ? {} : { url }),
    fields: template === FREE ? {} : fields,
    lang,
    reason,
    overridePause,
    ...who(session),
  };
}

function noticeFor(result: UrgentResult, c: Visitor): Notice {
  const lang = c.get('lang');
  const said = (code: keyof typeof urgentPageMessages, more: readonly string[]): string =>
    joined([say(urgentPageMessages[code], lang), ...more], lang);
  switch (result.kind) {
    case 'published':
      return { tone: 'done', text: said('published', []), to: `/posts/${result.entryId}` };
    case 'held':
      return { tone: 'warning', text: said('held', result.messages), to: placeOf(result.entryId) };
    case 'refused':
      return { tone: 'warning', text: said('not-sent', result.messages), to: placeOf(result.entryId) };
    case 'refused-by-x':
    case 'unknown':
    case 'waiting':
      return { tone: 'warning', text: result.message, to: placeOf(result.entryId) };
    case 'mistake':
      return { tone: 'warning', text: said('not-sent', [result.message]), to: '/' };
  }
}

function placeOf(entryId: string | null): string {
  return entryId === null || entryId === '' ? '/' : `/posts/${entryId}`;
}

async function page(
  parts: ConsoleParts,
  c: Visitor,
  typed: Typed,
  proposal: Examined | Mistake | null,
  warning: string | null = null,
): Promise<Response> {
  const title = say(urgentPageMessages.title, c.get('lang'));
  const status = warning !== null ? 403 : proposal?.kind === 'mistake' ? 422 : 200;
  const body = html`<h1>${title}</h1>
    ${warning === null ? '' : html`<div class="panel alarm" role="alert"><p>${warning}</p></div>`}
    ${urgentForm(parts, c, typed, await shownOf(parts, c, typed, proposal))}`;
  return c.html(layout(parts, c, { title, body, otherLanguage: otherLanguage(c) }), status);
}
