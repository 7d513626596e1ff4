import { html } from 'hono/html';
import { approvalsNow } from '../app/approvals-now.ts';
import { readStatus, type Status } from '../app/read-status.ts';
import { consoleLimits } from '../limits/edges.ts';
import { consoleMessages } from '../messages/console.ts';
import { boardMessages } from '../messages/console-board.ts';
import { monthCost } from '../messages/cost.ts';
import { joined, say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { STATES, type Entry } from '../outbox/entry.ts';
import { startOfTokyoDay } from '../policy/tokyo-day.ts';
import type { Lang } from '../feed/item.ts';
import { noticeOf } from './answer-once.ts';
import { moreOf, urgentFirst, waitsSections } from './board-waits.ts';
import { armedSection, runningCorrections } from './correct-form.ts';
import { entryCard } from './entry-card.ts';
import { feedTable } from './feed-table.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { pauseForms } from './pause-form.ts';
import { progressSection } from './progress-section.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

type Board = {
  status: Status;
  sent: { main: number; urgent: number };
  lang: Lang;
};

/** GET /: what waits for a person, what goes out next, what went out, and whether all is well. */
export async function showBoard(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  const { store, scope } = app;
  const [status, queued, published, sent] = await Promise.all([
    readStatus(app),
    store.list({ scope, states: ['queued', 'attempting'] }),
    store.list({
      scope,
      states: ['published', 'withdrawing'],
      limit: consoleLimits.lastShown,
      newestFirst: true,
    }),
    store.countSent(scope, startOfTokyoDay(app.clock.now())),
  ]);
  const next = queued
    .toSorted((a, b) => urgentFirst(a, b) || a.dueAt - b.dueAt)
    .slice(0, consoleLimits.postsShown);
  const board: Board = { status, sent, lang };
  const t = speaker(boardMessages, lang);
  const body = html`<h1>${say(consoleMessages.title, lang)}</h1>
    <p class="lede">${say(consoleMessages['shown-at'], lang, { at: tokyoTime(app.clock.now(), lang) })}</p>
    ${await runningCorrections(parts, c)} ${nowSection(board, parts, c)} ${await waitsSections(parts, c)}
    ${progressSection(parts, c)} ${await armedSection(parts, c)}
    <section aria-labelledby="next">
      <h2 id="next">${t('heading-next')}</h2>
      ${
        next.length === 0
          ? html`<p>${t('nothing-next')}</p>`
          : entryList(
              next.map((entry) => approvalsNow(app, entry)),
              board,
              'calm',
            )
      }
      ${moreOf('next-more', queued.length - next.length, c)}
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
    ${feedTable(status.feeds, app.clock.now(), lang)} ${counts(board)}`;
  const page = { title: say(consoleMessages.title, lang), body, notice: await noticeOf(c), live: true };
  return c.html(layout(parts, c, page));
}

function nowSection({ status, sent, lang }: Board, parts: ConsoleParts, c: Visitor): Markup {
  const t = speaker(consoleMessages, lang);
  const b = speaker(boardMessages, lang);
  const { running } = status.worker;
  const goesOn = running && status.stops.length === 0 ? [t('publishing')] : [];
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
      <p>${joined([t(running ? 'worker-running' : 'worker-stopped'), ...goesOn], lang)}</p>
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
    ${pauseForms(parts, c, status.stops)}
  </section>`;
}

function entryList(entries: readonly Entry[], { lang }: Board, tone: string, apiUrl?: URL | null): Markup {
  const shown = apiUrl === undefined ? { tone } : { tone, apiUrl };
  return html`<ul class="plain">
    ${entries.map((entry) => entryCard(entry, lang, shown))}
  </ul>`;
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
