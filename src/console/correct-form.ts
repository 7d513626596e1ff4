import { html } from 'hono/html';
import { armedPosts, correctionClocks, prepareCorrection, type CorrectionClock } from '../app/correction.ts';
import { accountName } from '../app/know-account.ts';
import { proposeWithdrawal } from '../app/withdraw-post.ts';
import type { Lang } from '../feed/item.ts';
import { mayDo } from '../governance/permissions.ts';
import { consoleLimits } from '../limits/edges.ts';
import { correctMessages } from '../messages/console-correction.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import type { Entry } from '../outbox/entry.ts';
import { clockSince } from './clock.ts';
import { hiddenFields } from './decide-forms.ts';
import { labelled, speaker, type Markup } from './layout.ts';
import { linked, postCard } from './post-card.ts';
import { who } from './sign-in.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** Every wrong post that is being corrected, with its clock; nothing where all is done. For one post, or for all of them. */
export async function runningCorrections(
  parts: ConsoleParts,
  c: Visitor,
  of?: Entry,
): Promise<Markup | string> {
  const clocks = await correctionClocks(parts.app);
  const shown = clocks.filter(
    ({ id, correction }) => of === undefined || id === of.id || correction?.id === of.id,
  );
  return shown.length === 0 ? '' : html`${shown.map((clock) => clockPanel(parts, c, clock))}`;
}

function clockPanel({ app }: ConsoleParts, c: Visitor, clock: CorrectionClock): Markup {
  const lang = c.get('lang');
  const t = speaker(correctMessages, lang);
  const now = app.clock.now();
  const { id, postedAt, reportedAt, deleted, correction } = clock;
  return html`<div class="panel alarm">
    <p>
      <a href="/posts/${id}">${t('running', { id })}</a>
    </p>
    ${postedAt === null ? '' : html`<p>${labelled(t('since-posted'), clockSince(postedAt, now, lang), lang)}</p>`}
    <p>${labelled(t('since-reported'), clockSince(reportedAt, now, lang), lang)}</p>
    <p>
      ${labelled(t('deletion'), t(deleted ? 'done' : 'open'), lang)} /
      ${labelled(t('correction'), correctionLink(correction, lang), lang)}
    </p>
  </div>`;
}

function correctionLink(correction: CorrectionClock['correction'], lang: Lang): Markup | string {
  if (correction === null) return say(correctMessages.none, lang);
  return html`<a href="/posts/${correction.id}">${say(stateNames[correction.state], lang)}</a>`;
}

/** How long a post stands, with the clock that goes on. */
export function sincePosted({ publishedAt }: Entry, { app }: ConsoleParts, lang: Lang): Markup {
  const clock = clockSince(publishedAt ?? 0, app.clock.now(), lang);
  return labelled(say(correctMessages['since-posted'], lang), clock, lang);
}

/** On the first page: the newest urgent posts that stand, each one tap from the page that names its withdrawal and correction. */
export async function armedSection(parts: ConsoleParts, c: Visitor): Promise<Markup | string> {
  if (!mayDo(c.get('session').roles, 'withdraw')) return '';
  const lang = c.get('lang');
  const t = speaker(correctMessages, lang);
  const armed = (await armedPosts(parts.app)).slice(0, consoleLimits.lastShown);
  if (armed.length === 0) return '';
  return html`<section aria-labelledby="armed">
    <h2 id="armed">${t('heading')}</h2>
    ${armed.map(
      ({ entry, correction }) =>
        html`<div class="panel good">
          <p class="post-text" lang="${entry.lang}">${linked(entry.text)}</p>
          <p>${sincePosted(entry, parts, lang)}</p>
          <form method="post" action="/posts/${entry.id}/withdraw">
            ${hiddenFields(parts, c, entry)}
            <input type="hidden" name="correction" value="${correction}" />
            <input type="hidden" name="reason" value="${t('usual-reason')}" />
            <button class="danger" name="step" value="look">
              ${t('title')}<span class="unseen"> ${entry.id}</span>
            </button>
          </form>
        </div>`,
    )}
  </section>`;
}

/** On the page of a published urgent post: its correction, ready, and one button. */
export async function correctForm(parts: ConsoleParts, c: Visitor, entry: Entry): Promise<Markup | string> {
  const isArmed = entry.state === 'published' && entry.topic === 'urgent' && entry.kind !== 'correction';
  if (!isArmed || !mayDo(c.get('session').roles, 'withdraw')) return '';
  const prepared = await prepareCorrection(parts.app, entry.id);
  if (prepared.kind === 'none') return '';
  const lang = c.get('lang');
  const t = speaker(correctMessages, lang);
  return html`<h3>${t('wrong')}</h3>
    <p>${sincePosted(entry, parts, lang)}</p>
    ${await oneStep(parts, c, entry, prepared.text)}`;
}

/** Both posts are recorded by one button: the correction that is shown, word for word, and the withdrawal. */
async function oneStep(parts: ConsoleParts, c: Visitor, entry: Entry, text: string): Promise<Markup> {
  const lang = c.get('lang');
  const t = speaker(correctMessages, lang);
  const reason = t('usual-reason');
  const request = { id: entry.id, reason, correction: text, ...who(c.get('session')) };
  const proposal = await proposeWithdrawal(speaking(parts.app, lang), request);
  if (proposal.kind === 'missing') return html`<p>${say(postMessages.missing, lang)}</p>`;
  if (proposal.kind === 'refused') return html`<p class="why">${proposal.message}</p>`;
  const { correction } = proposal;
  if (correction === null) return html`<p>${say(postMessages['no-correction'], lang)}</p>`;
  return html`<p>${t('does')}</p>
    ${postCard({ ...correction, lang: entry.lang, name: await accountName(parts.app) }, lang)}
    ${correction.messages.map((message) => html`<p class="why">${message}</p>`)}
    <form method="post" action="/posts/${entry.id}/withdraw">
      ${hiddenFields(parts, c, entry)}
      <input type="hidden" name="correction" value="${text}" />
      <label for="wrong-${entry.id}">${say(postMessages.reason, lang)}</label>
      <input id="wrong-${entry.id}" name="reason" required maxlength="500" value="${reason}" />
      <button class="danger" name="step" value="do">
        ${t(correction.verdict === 'hold' ? 'now-held' : 'now', { account: entry.account })}
      </button>
    </form>`;
}
