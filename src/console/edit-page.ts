import { html } from 'hono/html';
import { approvalsExpiredAt } from '../app/approvals-now.ts';
import { noteRefusal } from '../app/authorize.ts';
import { editPost, proposeEdit, type EditProposal } from '../app/edit-post.ts';
import { accountName } from '../app/know-account.ts';
import { consoleLimits } from '../limits/edges.ts';
import { postMessages } from '../messages/console-post.ts';
import { versionMessages } from '../messages/console-versions.ts';
import { editMessages } from '../messages/edit.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import { checkList } from './check-table.ts';
import { hiddenFields } from './decide-forms.ts';
import { onPost } from './decide-post.ts';
import { diffLegend, diffView } from './diff-view.ts';
import { errorPage } from './error-page.ts';
import { otherLanguage } from './kept-form.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { postCard } from './post-card.ts';
import { postFacts } from './post-facts.ts';
import { who } from './sign-in.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

type Shown = { entry: Entry; text: string; reason: string; proposal: EditProposal | null };

/** GET /posts/ID/edit: the words of a post that has not gone out, to be put differently. */
export async function showEdit(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const entry = await entryOf(parts, c);
  if (entry === null) return missing(parts, c);
  return page(parts, c, { entry, text: entry.text, reason: '', proposal: null });
}

/** POST /posts/ID/edit: `look` shows the new version, `save` records it, once, if the post is still as the person saw it. */
export async function takeEdit(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  const entry = await entryOf(parts, c);
  if (entry === null) return missing(parts, c);
  const proposal = await proposed(parts, c);
  const isDone = c.get('session').answers.has(field(c, 'key'));
  // What cannot be recorded stays in the form, so that it can be mended there.
  const isOpen = String(entry.revision) === field(c, 'revision');
  const isGood = proposal.kind === 'proposal' && proposal.verdict !== 'deny';
  const isSaving = field(c, 'step') === 'save';
  if (!isSaving || (!isDone && isOpen && !isGood)) {
    if (isSaving) await noteRefusedEdit(app, c, entry, proposal);
    const [text, reason] = [field(c, 'text'), field(c, 'reason')];
    return page(parts, c, { entry, text, reason, proposal });
  }
  return onPost(parts, c, async (id, reason) => {
    const result = await editPost(app, { id, reason, text: field(c, 'text'), ...who(c.get('session')) });
    parts.knock();
    switch (result.kind) {
      case 'edited': {
        const params = { id, version: result.entry.id, needed: result.entry.approvalsNeeded };
        return { tone: 'done', text: say(editMessages.done, lang, params), to: `/posts/${result.entry.id}` };
      }
      case 'refused':
        return { tone: 'warning', text: result.message, to: `/posts/${id}` };
      case 'missing':
        return { tone: 'warning', text: say(postMessages.missing, lang), to: '/' };
    }
  });
}

/** A save that was refused is on the record; what was only looked at is not. */
async function noteRefusedEdit(
  app: ConsoleParts['app'],
  c: Visitor,
  { id: subject }: Entry,
  proposal: EditProposal,
): Promise<void> {
  const why = proposal.kind === 'refused' ? proposal.why : 'denied';
  if (why !== undefined) await noteRefusal(app, { act: 'edit', subject, ...who(c.get('session')) }, why);
}

/** POST /posts/ID/edit/check: the post so far, counted and judged by what records it; for the page to show while somebody types. */
export async function checkEdit(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const entry = await entryOf(parts, c);
  if (entry === null) return missing(parts, c);
  const name = await accountName(parts.app);
  const part = versionPart(c, entry, await proposed(parts, c), name);
  return c.html(
    html`<body>
      ${part}
    </body>`,
  );
}

function proposed(parts: ConsoleParts, c: Visitor): Promise<EditProposal> {
  const request = { id: c.req.param('id') ?? '', text: field(c, 'text'), reason: field(c, 'reason') };
  return proposeEdit(speaking(parts.app, c.get('lang')), { ...request, ...who(c.get('session')) });
}

async function entryOf({ app }: ConsoleParts, c: Visitor): Promise<Entry | null> {
  const entry = await app.store.find(c.req.param('id') ?? '');
  const isOurs = entry?.mode === app.scope.mode && entry.account === app.scope.account;
  return isOurs ? entry : null;
}

function missing(parts: ConsoleParts, c: Visitor): Response | Promise<Response> {
  return c.html(errorPage(parts, c, say(postMessages.missing, c.get('lang'))), 404);
}

async function page(parts: ConsoleParts, c: Visitor, shown: Shown): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(versionMessages, lang);
  const { entry, text, reason, proposal } = shown;
  const [name, history] = await Promise.all([accountName(parts.app), parts.app.store.history(entry.id)]);
  const here = `/posts/${entry.id}/edit`;
  const body = html`<h1>${t('title')}</h1>
    <p class="lede">${t('lede')}</p>
    <form method="post" action="${here}" data-check="${here}/check" data-shows="proposal">
      ${hiddenFields(parts, c, entry)}
      <label for="text">${t('text')}</label>
      <textarea
        id="text"
        name="text"
        rows="6"
        maxlength="${consoleLimits.textMax}"
        required
        lang="${entry.lang}"
      >
${text}</textarea>
      <label for="reason">${say(postMessages.reason, lang)}</label>
      <input id="reason" name="reason" required maxlength="500" value="${reason}" />
      <button name="step" value="look">${t('look')}</button>
      <section id="proposal" aria-live="polite">${versionPart(c, entry, proposal, name)}</section>
    </form>
    <h2>${say(postMessages['heading-source'], lang)}</h2>
    ${postFacts(entry, history[0]?.by ?? entry.by, approvalsExpiredAt(parts.app), lang)}
    <p><a href="/posts/${entry.id}">${say(postMessages.back, lang)}</a></p>`;
  const status =
    proposal?.kind === 'refused' || (proposal?.kind === 'proposal' && proposal.verdict === 'deny')
      ? 422
      : 200;
  return c.html(layout(parts, c, { title: t('title'), body, otherLanguage: otherLanguage(c) }), status);
}

/** The new version as X will show it, what changes, what policy says, and the button that records exactly that. */
function versionPart(c: Visitor, entry: Entry, proposal: EditProposal | null, name: string | null): Markup {
  const lang = c.get('lang');
  const t = speaker(versionMessages, lang);
  if (proposal === null) return postCard({ ...entry, name }, lang);
  if (proposal.kind === 'missing') return html`<p>${say(postMessages.missing, lang)}</p>`;
  if (proposal.kind === 'refused')
    return html`${postCard({ ...entry, name }, lang)}
      <div class="panel warning"><p>${proposal.message}</p></div>`;
  const denied = proposal.verdict === 'deny';
  return html`${postCard({ ...proposal, lang: entry.lang, name }, lang)}
    <h2>${t('heading-change')}</h2>
    ${diffView(entry, { text: proposal.text, lang: entry.lang }, lang)} ${diffLegend(lang)}
    <div class="panel ${denied ? 'alarm' : 'warning'}">
      ${proposal.messages.map((one) => html`<p>${one}</p>`)}
    </div>
    ${checkList(proposal.checks, lang)}
    ${denied ? '' : html`<button class="primary" name="step" value="save">${t('save')}</button>`}`;
}
