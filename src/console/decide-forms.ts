import { html } from 'hono/html';
import { approvalsExpiredAt } from '../app/approvals-now.ts';
import { pauseAbove, publishingStops } from '../app/publishing-stops.ts';
import { mayDo } from '../governance/permissions.ts';
import { boardMessages } from '../messages/console-board.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { describeXDetail } from '../messages/x-details.ts';
import { addsApproval, countPeople, validApprovals } from '../outbox/approvals.ts';
import type { Entry, State } from '../outbox/entry.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import { formKey } from './answer-once.ts';
import { evidencePart } from './evidence.ts';
import { speaker, type Markup } from './layout.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

export const DECISIONS = ['approve', 'hold', 'cancel', 'known', 'retry'] as const;
type Decision = (typeof DECISIONS)[number];

/** Which buttons stand on the page of a post. The app layer decides whether an act is legal; this only spares vain ones. */
const OFFERED: Partial<Record<State, readonly Decision[]>> = {
  held: ['approve', 'known', 'cancel'],
  queued: ['hold', 'cancel'],
  rejected: ['retry'],
  expired: ['retry'],
};

/** What this person can decide about the post now; each button with what it will do. */
export async function decideForms(parts: ConsoleParts, c: Visitor, entry: Entry): Promise<Markup> {
  const t = speaker(postMessages, c.get('lang'));
  const { name, roles } = c.get('session');
  const offered = OFFERED[entry.state] ?? [];
  // Whoever has said yes already can't say it for the person who must say it too.
  const hasAgreed =
    entry.state === 'held' &&
    mayDo(roles, 'approve') &&
    !addsApproval(entry, name, approvalsExpiredAt(parts.app));
  const allowed = offered.filter((one) => mayDo(roles, one) && !(one === 'approve' && hasAgreed));
  if (entry.state === 'uncertain' && mayDo(roles, 'resolve')) return resolveForm(parts, c, entry);
  if (entry.state === 'published' && mayDo(roles, 'withdraw')) return withdrawForm(parts, c, entry);
  const isOpen = offered.length > 0 || entry.state === 'uncertain' || entry.state === 'published';
  if (allowed.length === 0) return html`<p>${t(isOpen ? 'no-right' : 'nothing-to-do')}</p>`;
  const stops = await publishingStops(parts.app, parts.app.clock.now());
  const isStopped = !entry.overridePause && pauseAbove(stops, entry) !== null;
  const waits = stops.account !== null || isStopped;
  return html`${hasAgreed ? html`<p>${say(boardMessages['turn-agreed'], c.get('lang'))}</p>` : ''}
    <form method="post" action="/posts/${entry.id}/decide">
      ${hiddenFields(parts, c, entry)}
      <label for="reason">${t('reason')}</label>
      <input id="reason" name="reason" required maxlength="500" />
      ${allowed.map(
        (one) =>
          html`<div class="choice">
            <button
              class="${one === offered[0] ? 'primary' : ''}"
              name="act"
              value="${one}"
              ${one === 'approve' ? '' : html`aria-describedby="does-${one}"`}
            >
              ${one === 'approve' ? approveLabel(parts, entry, waits, c) : t(one)}
            </button>
            ${one === 'approve' ? '' : html`<span id="does-${one}">${t(`${one}-does`)}</span>`}
          </div>`,
      )}
    </form>`;
}

/** Token, key, and the revision that the person looked at. */
export function hiddenFields(parts: ConsoleParts, c: Visitor, entry: Entry): Markup {
  return html`<input type="hidden" name="csrf" value="${c.get('session').csrf}" />
    <input type="hidden" name="key" value="${formKey(parts)}" />
    <input type="hidden" name="revision" value="${entry.revision}" />`;
}

/** The button itself says what it sends where, and with how many of the approvals; or that it sends nothing yet. */
function approveLabel({ app }: ConsoleParts, entry: Entry, waits: boolean, c: Visitor): string {
  const t = speaker(postMessages, c.get('lang'));
  const needed = Math.max(entry.approvalsNeeded, 1);
  const others = validApprovals(entry, approvalsExpiredAt(app)).filter(
    ({ by }) => !isSamePerson(by, c.get('session').name),
  );
  const given = Math.min(countPeople(others) + 1, needed);
  const code = given < needed ? 'approve-more' : waits ? 'approve-waits' : 'approve-last';
  return t(code, { account: entry.account, given, needed });
}

async function resolveForm(parts: ConsoleParts, c: Visitor, entry: Entry): Promise<Markup> {
  const lang = c.get('lang');
  const t = speaker(postMessages, lang);
  const { search, attempt } = entry;
  const evidence = {
    at: attempt === null ? '—' : tokyoTime(attempt.at, lang),
    reads: search?.reads ?? 0,
    misses: search?.misses ?? 0,
  };
  const looks = {
    last:
      search === null || search.lastReadAt === null ? t('no-look-yet') : tokyoTime(search.lastReadAt, lang),
    next: search === null || entry.needsPerson ? t('no-more-looks') : tokyoTime(search.nextReadAt, lang),
    tries: entry.attempts,
  };
  const { apiUrl } = parts.app.config.x;
  const account =
    entry.mode === 'live'
      ? `https://x.com/${entry.account}`
      : apiUrl === null
        ? null
        : new URL('/', apiUrl).href;
  return html`<form method="post" action="/posts/${entry.id}/resolve">
    ${hiddenFields(parts, c, entry)}
    <h3>${t('resolve-title')}</h3>
    <p>${t('resolve-evidence', evidence)}</p>
    <p>${t('resolve-looks', looks)}</p>
    ${search?.duplicateRefused === true ? html`<p class="why">${t('duplicate-refused')}</p>` : ''}
    ${entry.note === null ? '' : html`<p class="facts">${describeXDetail(entry.note, lang)}</p>`}
    ${account === null ? '' : html`<p><a href="${account}" rel="noreferrer">${t('open-account')}</a></p>`}
    ${await evidencePart(parts, c, entry)}
    <label for="reason">${t('reason')}</label>
    <input id="reason" name="reason" required maxlength="500" />
    <label for="remote">${t('remote-id')}</label>
    <input id="remote" name="remote" maxlength="200" inputmode="url" />
    <div class="actions">
      <button class="primary" name="outcome" value="published">${t('resolve-published')}</button>
      <button name="outcome" value="not-published">${t('resolve-not-published')}</button>
    </div>
  </form>`;
}

function withdrawForm(parts: ConsoleParts, c: Visitor, entry: Entry): Markup {
  const t = speaker(postMessages, c.get('lang'));
  return html`<form method="post" action="/posts/${entry.id}/withdraw">
    ${hiddenFields(parts, c, entry)}
    <h3>${t('withdraw-title')}</h3>
    <p>${t('withdraw-does')}</p>
    <label for="correction">${t('correction')}</label>
    <textarea id="correction" name="correction" rows="4" maxlength="2000" lang="${entry.lang}"></textarea>
    <label for="reason">${t('reason')}</label>
    <input id="reason" name="reason" required maxlength="500" />
    <div class="actions"><button class="primary" name="step" value="look">${t('withdraw-look')}</button></div>
  </form>`;
}
