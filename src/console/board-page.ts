import { html } from 'hono/html';
import { readStatus, type Status } from '../app/read-status.ts';
import { consoleLimits } from '../limits/edges.ts';
import { consoleMessages } from '../messages/console.ts';
import { boardMessages } from '../messages/console-board.ts';
import { monthCost } from '../messages/cost.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { STATES, type Entry } from '../outbox/entry.ts';
import { startOfTokyoDay } from '../policy/tokyo-day.ts';
import { postAddress } from '../publish/post-address.ts';
import type { Lang } from '../feed/item.ts';
import { listBatches, type Batch } from '../app/quarantine.ts';
import { noticeOf } from './answer-once.ts';
import { armedSection, runningCorrections } from './correct-form.ts';
import { feedTable } from './feed-table.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { pauseForms } from './pause-form.ts';
import { reviewSection } from './review-form.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

type Board = {
  status: Status;
  waiting: readonly Entry[];
  next: readonly Entry[];
  last: readonly Entry[];
  batches: readonly Batch[];
  sent: { main: number; urgent: number };
  lang: Lang;
};

/** GET /: what waits for a person, what goes out next, what went out, and whether all is well. */
export async function showBoard(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  const { store, scope } = app;
  const [status, waiting, queued, published, batches, sent] = await Promise.all([
    readStatus(app),
    store.list({ scope, states: ['held', 'uncertain'], limit: consoleLimits.foundMax }),
    store.list({ scope, states: ['queued', 'attempting'], limit: consoleLimits.foundMax }),
    store.list({
      scope,
      states: ['published', 'withdrawing'],
      limit: consoleLimits.lastShown,
      newestFirst: true,
    }),
    listBatches(app),
    store.countSent(scope, startOfTokyoDay(app.clock.now())),
  ]);
  const next = queued.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, consoleLimits.postsShown);
  const loose = waiting.filter((entry) => entry.batchId === null);
  const board: Board = { status, waiting: loose, next, last: published, batches, sent, lang };
  const t = speaker(boardMessages, lang);
  const body = html`<h1>${say(consoleMessages.title, lang)}</h1>
    <p class="lede">${say(consoleMessages['shown-at'], lang, { at: tokyoTime(app.clock.now(), lang) })}</p>
    ${await runningCorrections(parts, c)} ${nowSection(board, parts, c)} ${await reviewSection(parts, c)}
    <section aria-labelledby="waits">
      <h2 id="waits">${t('heading-waits')}</h2>
      ${batches.map((batch) => batchCard(batch, lang))}
      ${loose.length === 0 && batches.length === 0 ? html`<p>${t('nothing-waits')}</p>` : entryList(loose, board, 'warning')}
    </section>
    ${await armedSection(parts, c)}
    <section aria-labelledby="next">
      <h2 id="next">${t('heading-next')}</h2>
      ${next.length === 0 ? html`<p>${t('nothing-next')}</p>` : entryList(next, board, 'calm')}
    </section>
    <section aria-labelledby="last">
      <h2 id="last">${t('heading-last')}</h2>
      ${
        published.length === 0
          ? html`<p>${t('nothing-last')}</p>`
          : entryList(published, board, 'good', app.config.x.apiUrl)
      }
      <p><a href="/history">${t('all-posts')}</a></p>
    </section>
    <h2>${say(consoleMessages['heading-feeds'], lang)}</h2>
    ${feedTable(status.feeds, lang)} ${counts(board)}`;
  const page = { title: say(consoleMessages.title, lang), body, notice: await noticeOf(c), live: true };
  return c.html(layout(parts, c, page));
}

function nowSection({ status, sent, lang }: Board, parts: ConsoleParts, c: Visitor): Markup {
  const t = speaker(consoleMessages, lang);
  const b = speaker(boardMessages, lang);
  const { running } = status.worker;
  const { posts, reservedForUrgent } = parts.app.config.policy.dailyBudget;
  return html`<section aria-label="${t('heading-now')}">
    ${status.alerts.map(
      (alert) =>
        html`<div class="panel alarm">
          <p>${alert.message}</p>
          <p class="facts">${t('since', { since: at(alert.since, lang) })}</p>
        </div>`,
    )}
    <div class="panel ${running ? 'good' : 'alarm'}">
      <p>
        ${t(running ? 'worker-running' : 'worker-stopped')}
        ${status.stops.length === 0 ? t('publishing') : ''}
      </p>
      <p class="facts">
        ${b('budget', { sent: sent.main + sent.urgent, posts, urgent: sent.urgent, reserved: reservedForUrgent })}
      </p>
      ${
        status.cost === undefined
          ? ''
          : html`<p class="facts">${monthCost(status.cost.month, status.cost.currency, lang)}</p>`
      }
    </div>
    ${status.stops.map((stop) => {
      const { by, reason, topic, feed, since, until } = stop;
      const params = {
        by,
        reason,
        topic: topic ?? '',
        feed: feed ?? '',
        since: at(since, lang),
        until: at(until, lang),
      };
      return html`<div class="panel warning">
        <p>${t(stop.kind === 'pause' ? 'paused' : 'account-stopped', params)}</p>
      </div>`;
    })}
    ${pauseForms(parts, c, status.paused)}
  </section>`;
}

function batchCard(batch: Batch, lang: Lang): Markup {
  const t = speaker(boardMessages, lang);
  return html`<div class="panel warning">
    <p>
      <a href="/batches/${encodeURIComponent(batch.id)}">
        ${t('batch', { feed: batch.feed, count: batch.held.length })}
      </a>
    </p>
    <p class="facts">${tokyoTime(batch.since, lang)}</p>
  </div>`;
}

function entryList(entries: readonly Entry[], { lang }: Board, tone: string, apiUrl?: URL | null): Markup {
  return html`<ul class="plain">
    ${entries.map((entry) => entryCard(entry, lang, tone, apiUrl))}
  </ul>`;
}

/** One post in a list: what it is, its words, why it stands there; the whole of it is one click away. */
export function entryCard(entry: Entry, lang: Lang, tone: string, apiUrl?: URL | null): Markup {
  const t = speaker(boardMessages, lang);
  const when =
    entry.publishedAt !== null
      ? t('posted-at', { at: tokyoTime(entry.publishedAt, lang) })
      : entry.state === 'queued'
        ? t('due-at', { at: tokyoTime(entry.dueAt, lang) })
        : t('recorded-at', { at: tokyoTime(entry.createdAt, lang) });
  const reasons = entry.state === 'held' || entry.state === 'queued' ? sentencesOf(entry.reasons, lang) : [];
  return html`<li class="panel ${tone}">
    <p>
      <strong class="state ${entry.state}">${say(stateNames[entry.state], lang)}</strong>
      <span class="tag ${entry.topic}">${say(topicNames[entry.topic], lang)}</span>
      <span class="facts">${when}</span>
    </p>
    <p class="post-text" lang="${entry.lang}">${entry.text}</p>
    ${reasons.map((reason) => html`<p class="why">${reason}</p>`)}
    <p class="actions">
      <a
        class="button ${entry.state === 'held' || entry.state === 'uncertain' ? 'primary' : ''}"
        href="/posts/${entry.id}"
        >${t(entry.state === 'held' || entry.state === 'uncertain' ? 'decide' : 'look')}<span class="unseen">
          ${entry.id}</span
        ></a
      >
      ${
        apiUrl === undefined || entry.remoteId === null
          ? ''
          : html`<a href="${postAddress(entry, apiUrl)}" rel="noreferrer"
              >${t('open-post')}<span class="unseen"> ${entry.id}</span></a
            >`
      }
    </p>
  </li>`;
}

function counts({ status, lang }: Board): Markup {
  const t = speaker(consoleMessages, lang);
  return html`<details>
    <summary>${t('heading-queue')}</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('column-state')}</th>
          <th scope="col">${t('column-count')}</th>
        </tr>
      </thead>
      <tbody>
        ${STATES.map(
          (state) =>
            html`<tr>
              <th scope="row">${say(stateNames[state], lang)}</th>
              <td>${status.queue[state]}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

function at(iso: string | null, lang: Lang): string {
  return iso === null ? '—' : tokyoTime(Date.parse(iso), lang);
}
