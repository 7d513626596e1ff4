import { html } from 'hono/html';
import type { FeedStatus } from '../app/read-status.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import { lengthOfTime, tokyoTime } from '../messages/tokyo-time.ts';
import { speaker, type Markup } from './layout.ts';

/** Every feed with when it was read, how old its newest item is, and what is wrong with it. Scrolls sideways on a phone. */
export function feedTable(feeds: readonly FeedStatus[], now: EpochMs, lang: Lang): Markup {
  const t = speaker(consoleMessages, lang);
  const columns = [
    'column-feed',
    'column-checked',
    'column-next',
    'column-newest',
    'column-items',
    'column-problem',
  ] as const;
  return html`<div class="wide" role="region" tabindex="0" aria-label="${t('heading-feeds')}">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${t(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${feeds.map(
          (feed) =>
            html`<tr>
              <th scope="row">${feed.name}${feed.enabled ? '' : html` (${t('disabled')})`}</th>
              <td>${at(feed.lastPollAt, lang)}</td>
              <td>${at(feed.nextPollAt, lang)}</td>
              <td>${at(feed.lastNewItemAt, lang)} ${age(feed.lastNewItemAt, now, lang)}</td>
              <td>${feed.itemCount ?? '—'}</td>
              <td>${problemCell(feed, lang)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function problemCell(feed: FeedStatus, lang: Lang): Markup | string {
  const t = speaker(consoleMessages, lang);
  if (feed.problems.length === 0) return t('none');
  return html`${feed.problems.map(
    (problem) =>
      html`<p>
        ${problem.message}<br />${problem.notPosted}
        <span class="facts">${t('since', { since: at(problem.since, lang) })}</span>
      </p>`,
  )}`;
}

/** How long ago the newest item came. */
function age(iso: string | null, now: EpochMs, lang: Lang): string {
  if (iso === null) return '';
  const length = lengthOfTime(Math.max(0, now - Date.parse(iso)), lang);
  return say(consoleMessages.ago, lang, { length });
}

function at(iso: string | null, lang: Lang): string {
  return iso === null ? '—' : tokyoTime(Date.parse(iso), lang);
}
