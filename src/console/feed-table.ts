import { html } from 'hono/html';
import type { FeedStatus } from '../app/read-status.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import { lengthOfTime, tokyoTime } from '../messages/tokyo-time.ts';
import { stackedTable } from './data-table.ts';
import { speaker, type Markup } from './layout.ts';

/** Every feed with when it was read, how old its newest item is, and what is wrong with it. */
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
  const rows = feeds.map((feed) => [
    html`${feed.name}${feed.enabled ? '' : html` (${t('disabled')})`}`,
    at(feed.lastPollAt, lang),
    at(feed.nextPollAt, lang),
    html`${at(feed.lastNewItemAt, lang)} ${age(feed.lastNewItemAt, now, lang)}`,
    feed.itemCount ?? '—',
    problemCell(feed, lang),
  ]);
  return stackedTable(
    columns.map((column) => t(column)),
    rows,
  );
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
