import { html } from 'hono/html';
import { approvalsNow } from '../app/approvals-now.ts';
import { listBatches, type Batch } from '../app/quarantine.ts';
import { openReviews, type OpenReview } from '../app/review-post.ts';
import { turnOf, turnOfBatch, turnOfReview, type Turn } from '../app/whose-turn.ts';
import { consoleLimits } from '../limits/edges.ts';
import { boardMessages } from '../messages/console-board.ts';
import { breakGlassMessages } from '../messages/console-break-glass.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry } from '../outbox/entry.ts';
import { entryCard } from './entry-card.ts';
import { speaker, type Markup } from './layout.ts';
import { forcedBy } from './review-form.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

type Card = { turn: Turn; markup: Markup };

/** What waits for the reader, and below it what waits for somebody else: by the reader's rights and by what they have said already. */
export async function waitsSections({ app }: ConsoleParts, c: Visitor): Promise<Markup> {
  const t = speaker(boardMessages, c.get('lang'));
  const session = c.get('session');
  const [waiting, batches, reviews] = await Promise.all([
    // All of them: those of a flood stand in one card, and must not take the place of a notice that was held after them.
    app.store.list({ scope: app.scope, states: ['held', 'uncertain'] }),
    listBatches(app),
    openReviews(app),
  ]);
  const single = waiting.filter(({ batchId }) => batchId === null).toSorted(urgentFirst);
  const shown = single.slice(0, consoleLimits.foundMax);
  const cards: readonly Card[] = [
    ...reviews.map((one) => reviewCard(one, turnOfReview(one, session), c)),
    ...batches.map((one) => {
      const turn = turnOfBatch(app, one, session);
      return { turn, markup: batchCard(one, turn, c) };
    }),
    ...shown.map((entry) => postWaits(approvalsNow(app, entry), turnOf(app, entry, session), c)),
  ];
  const mine = cards.filter(({ turn }) => turn === 'mine');
  const others = cards.filter(({ turn }) => turn !== 'mine');
  return html`<section aria-labelledby="waits">
      <h2 id="waits">${t('heading-waits')}</h2>
      ${mine.length > 0 ? listOf(mine) : html`<p>${t(others.length > 0 ? 'nothing-for-you' : 'nothing-waits')}</p>`}
    </section>
    ${
      others.length === 0
        ? ''
        : html`<section aria-labelledby="others">
            <h2 id="others">${t('heading-others')}</h2>
            ${listOf(others)}
          </section>`
    }
    ${moreOf('waits-more', single.length - shown.length, c)}`;
}

/** A list that is cut says how much more there is, and where. */
export function moreOf(code: 'waits-more' | 'next-more', count: number, c: Visitor): Markup | string {
  if (count <= 0) return '';
  const state = code === 'waits-more' ? 'held' : 'queued';
  return html`<p>
    <a href="/history?state=${state}">${say(boardMessages[code], c.get('lang'), { count })}</a>
  </p>`;
}

/** An order for lists of which people may see the beginning only. */
export function urgentFirst(a: Entry, b: Entry): number {
  return Number(b.topic === 'urgent') - Number(a.topic === 'urgent');
}

function listOf(cards: readonly Card[]): Markup {
  return html`<ul class="plain">
    ${cards.map(({ markup }) => markup)}
  </ul>`;
}

function postWaits(entry: Entry, turn: Turn, c: Visitor): Card {
  const lang = c.get('lang');
  const asked = turn === 'mine' ? {} : { asked: say(boardMessages[`turn-${turn}`], lang) };
  const tone = entry.state === 'uncertain' ? 'alarm' : 'warning';
  return { turn, markup: entryCard(entry, lang, { tone, isAsked: turn === 'mine', ...asked }) };
}

function batchCard(batch: Batch, turn: Turn, c: Visitor): Markup {
  const lang = c.get('lang');
  const t = speaker(boardMessages, lang);
  const { id, feed, held, since } = batch;
  return html`<li class="panel warning">
    <p>${t('batch', { feed, count: held.length })} <span class="facts">${tokyoTime(since, lang)}</span></p>
    ${turn === 'mine' ? '' : html`<p>${t(`turn-${turn}`)}</p>`}
    <p class="actions">
      <a class="button ${turn === 'mine' ? 'primary' : ''}" href="/batches/${encodeURIComponent(id)}"
        >${t(turn === 'mine' ? 'decide' : 'look')}<span class="unseen"> ${feed}</span></a
      >
    </p>
  </li>`;
}

function reviewCard(review: OpenReview, turn: Turn, c: Visitor): Card {
  const t = speaker(breakGlassMessages, c.get('lang'));
  const why = turn === 'agreed' ? t('own') : turn === 'mine' ? null : t('no-right');
  const markup = html`<li class="panel alarm">
    <p><strong>${t('heading-reviews')}</strong></p>
    <p>${forcedBy(review, c)}</p>
    ${why === null ? '' : html`<p>${why}</p>`}
    <p class="actions">
      <a class="button ${turn === 'mine' ? 'primary' : ''}" href="/posts/${review.id}"
        >${turn === 'mine' ? t('open') : say(boardMessages.look, c.get('lang'))}<span class="unseen">
          ${review.id}</span
        ></a
      >
    </p>
  </li>`;
  return { turn, markup };
}
