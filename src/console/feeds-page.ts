import { html } from 'hono/html';
import { lastItems, type Became } from '../app/last-decisions.ts';
import { readStatus } from '../app/read-status.ts';
import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedOutage } from '../feed/feed-state.ts';
import type { Lang } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import { feedsMessages } from '../messages/console-feeds.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { describeFeedAnswer } from '../messages/feed-problems.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { exactLength, tokyoTime } from '../messages/tokyo-time.ts';
import { dataTable, factsList, stackedTable } from './data-table.ts';
import { feedTable } from './feed-table.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { tokyoDate } from './tokyo-day.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /feeds: every feed as configured, how it was read, and what became of the items that it brought last. */
export async function showFeeds(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const { feeds } = await readStatus(speaking(parts.app, lang));
  const sections: Markup[] = [];
  for (const feed of parts.app.config.feeds) sections.push(await feedSection(parts, feed, lang));
  const body = html`<h1>${t('feeds-title')}</h1>
    ${feedTable(feeds, parts.app.clock.now(), lang)} ${sections}`;
  return c.html(layout(parts, c, { title: t('feeds-title'), body, live: true }));
}

async function feedSection({ app }: ConsoleParts, feed: FeedConfig, lang: Lang): Promise<Markup> {
  const t = speaker(feedsMessages, lang);
  const [state, kept, items] = await Promise.all([
    app.store.feedState(app.scope, feed.name),
    app.documents.list(app.scope, feed.name),
    lastItems(app, feed.name),
  ]);
  const days = (state?.pollDays ?? []).slice(-consoleLimits.pollDaysShown).toReversed();
  const heads = [t('day'), t('read'), t('unchanged'), t('failed')];
  const name = html`<span class="unseen">${feed.name}: </span>`;
  return html`<h2>${feed.name}</h2>
    ${feed.enabled ? '' : html`<p>${t('off')}</p>`} ${settings(feed, lang)}
    <h3>${name}${t('polls-last')}</h3>
    ${
      days.length === 0
        ? html`<p>${t('polls-none')}</p>`
        : dataTable(
            heads,
            days.map(({ from, read, unchanged, failed }) => [tokyoDate(from), read, unchanged, failed]),
          )
    }
    <h3>${name}${t('outages-last')}</h3>
    ${outagesTable(state?.outages ?? [], lang)}
    ${
      kept.length === 0
        ? ''
        : html`<p>${t('kept')}</p>
            <ul>
              ${kept.slice(0, consoleLimits.keptShown).map(({ readAt }) => html`<li>${replayLink(feed, readAt, lang)}</li>`)}
            </ul>`
    }
    <h3>${name}${t('items-last')}</h3>
    ${
      items.length === 0
        ? html`<p>${t('items-none')}</p>`
        : stackedTable(
            [t('item'), t('became'), t('met')],
            items.map(({ item, became }) => [
              html`<span lang="${item.lang}">${item.title}</span>`,
              becameCell(became, lang),
              tokyoTime(item.firstSeenAt, lang),
            ]),
          )
    }`;
}

/** When it could not be read, and what the answer was; newest first. */
function outagesTable(outages: readonly FeedOutage[], lang: Lang): Markup {
  const t = speaker(feedsMessages, lang);
  if (outages.length === 0) return html`<p>${t('outages-none')}</p>`;
  const rows = outages.toReversed().map((outage) => {
    const [from, to] = [tokyoTime(outage.from, lang), tokyoTime(outage.to, lang)];
    const when = from === to ? from : t('span', { from, to });
    return [when, describeFeedAnswer(outage, lang), outage.polls];
  });
  return stackedTable([t('when'), t('answer'), t('times')], rows);
}

/** The feed as the configuration has it. */
function settings(feed: FeedConfig, lang: Lang): Markup {
  const t = speaker(feedsMessages, lang);
  const { location, selectors, titleIncludes } = feed;
  const places = Object.entries(selectors ?? {}).filter(([, one]) => one !== null);
  const rows: readonly (readonly [string, Markup | string])[] = [
    [
      t('address'),
      html`${location.kind === 'url' ? html`<a href="${location.url}" rel="noreferrer">${location.url}</a>` : location.path}<br />
        <a href="/dry-run?feed=${encodeURIComponent(feed.name)}"
          >${say(pageMessages['dry-title'], lang)}<span class="unseen"> ${feed.name}</span></a
        >`,
    ],
    [t('kind'), t(`kind-${feed.kind}`)],
    [t('language'), t(`lang-${feed.lang ?? 'auto'}`)],
    [t('every'), exactLength(feed.pollIntervalMs, lang)],
    [t('silence'), exactLength(feed.longestSilenceMs, lang)],
    [t('burst'), t('burst-count', { count: feed.burst })],
    [
      t('words'),
      titleIncludes.length === 0 ? t('words-all') : titleIncludes.join(lang === 'ja' ? '、' : ', '),
    ],
    ...(places.length === 0
      ? []
      : [
          [
            t('selectors'),
            html`${places.map(([part, css]) => html`<code>${part}: ${css}</code><br />`)}`,
          ] as const,
        ]),
  ];
  return factsList(rows);
}

function replayLink({ name }: FeedConfig, readAt: number, lang: Lang): Markup {
  const stored = encodeURIComponent(`${name}@${String(readAt)}`);
  return html`<a href="/dry-run?stored=${stored}">${tokyoTime(readAt, lang)}</a>`;
}

function becameCell(became: Became, lang: Lang): Markup | string {
  const t = speaker(feedsMessages, lang);
  switch (became.kind) {
    case 'known-at-first':
      return t('known-at-first');
    case 'ignored':
      return became.rule === null ? t('ignored') : t('ignored-by', { rule: became.rule });
    case 'post': {
      const { entry } = became;
      if (entry === null) return t('post-gone');
      return html`<a href="/posts/${entry.id}"
        >${say(stateNames[entry.state], lang)}<span class="unseen"> ${entry.id}</span></a
      >`;
    }
  }
}
