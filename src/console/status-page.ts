import { html } from 'hono/html';
import type { FeedStatus, Status } from '../app/read-status.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import { consoleLimits, publishLimits } from '../limits.ts';
import { consoleMessages } from '../messages/console.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say, type SentenceParams } from '../messages/sentence.ts';
import { stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { STATES, type Entry } from '../outbox/entry.ts';
import { STYLE_PATH } from './style-sheet.ts';

type Page = { status: Status; posts: readonly Entry[]; lang: Lang; now: EpochMs };
type Code = keyof typeof consoleMessages;
type Speak = (code: Code, params?: SentenceParams) => string;
type Markup = ReturnType<typeof html>;

/** The status page: mode and account first, then what needs a person, then posts and feeds. Works without script. */
export function statusPage(page: Page): Markup {
  const { status, lang, now } = page;
  const t: Speak = (code, params) => say(consoleMessages[code], lang, params ?? {});
  const other: Lang = lang === 'ja' ? 'en' : 'ja';
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="${consoleLimits.reloadSeconds}" />
        <title>${t('title')} — ${status.mode}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <header class="band ${status.mode}">
          <p>${t(`band-${status.mode}`, { account: status.account })}</p>
        </header>
        <main>
          <nav><a href="/?lang=${other}" lang="${other}" hreflang="${other}">${t('other-language')}</a></nav>
          <h1>${t('title')}</h1>
          <p class="lede">${t('shown-at', { at: tokyoTime(now, lang) })}</p>
          <h2>${t('heading-now')}</h2>
          ${nowSection(status, lang, t)}
          <h2>${t('heading-alerts')}</h2>
          ${alertSection(status, lang, t)}
          <h2>${t('heading-posts')}</h2>
          ${postSection(page, t)}
          <h2>${t('heading-feeds')}</h2>
          ${feedTable(status.feeds, lang, t)}
          <h2>${t('heading-queue')}</h2>
          ${queueTable(status, lang, t)}
        </main>
      </body>
    </html>`;
}

function nowSection(status: Status, lang: Lang, t: Speak): Markup {
  const running = status.worker.running;
  return html`<ul class="plain">
    <li class="card ${running ? 'good' : 'alarm'}">${t(running ? 'worker-running' : 'worker-stopped')}</li>
    ${status.stops.length === 0 ? html`<li class="card good">${t('publishing')}</li>` : ''}
    ${status.stops.map((stop) => {
      const params = {
        by: stop.by,
        reason: stop.reason,
        topic: stop.topic ?? '',
        feed: stop.feed ?? '',
        since: at(stop.since, lang),
        until: at(stop.until, lang),
      };
      return html`<li class="card warning">
        ${t(stop.kind === 'pause' ? 'paused' : 'account-stopped', params)}
      </li>`;
    })}
  </ul>`;
}

function alertSection(status: Status, lang: Lang, t: Speak): Markup {
  if (status.alerts.length === 0) return html`<p>${t('no-alerts')}</p>`;
  return html`<ul class="plain">
    ${status.alerts.map(
      (alert) =>
        html`<li class="card alarm">
          <p>${alert.message}</p>
          <p class="facts">${t('since', { since: at(alert.since, lang) })}</p>
        </li>`,
    )}
  </ul>`;
}

function postSection({ posts, lang }: Page, t: Speak): Markup {
  if (posts.length === 0) return html`<p>${t('no-posts')}</p>`;
  return html`<ul class="plain">
    ${posts.map((entry) => postCard(entry, lang, t))}
  </ul>`;
}

function postCard(entry: Entry, lang: Lang, t: Speak): Markup {
  const when =
    entry.publishedAt === null
      ? t('recorded', { at: tokyoTime(entry.createdAt, lang) })
      : t('published', { at: tokyoTime(entry.publishedAt, lang) });
  return html`<li class="card ${entry.state === 'published' ? 'good' : 'warning'}">
    <p>
      <span class="state">${say(stateNames[entry.state], lang)}</span> · ${say(topicNames[entry.topic], lang)}
      ·
      <code>${entry.id}</code>
    </p>
    <p class="post-text" lang="${entry.lang}">${entry.text}</p>
    ${sentencesOf(entry.reasons, lang).map((reason) => html`<p>${reason}</p>`)}
    ${entry.note === null || entry.state === 'published' ? '' : html`<p class="facts">${entry.note}</p>`}
    <p class="facts">${when} · ${t('weight', { weight: entry.weight, max: publishLimits.weightMax })}</p>
  </li>`;
}

function feedTable(feeds: readonly FeedStatus[], lang: Lang, t: Speak): Markup {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${t('heading-feeds')}">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('column-feed')}</th>
          <th scope="col">${t('column-checked')}</th>
          <th scope="col">${t('column-next')}</th>
          <th scope="col">${t('column-newest')}</th>
          <th scope="col">${t('column-items')}</th>
          <th scope="col">${t('column-problem')}</th>
        </tr>
      </thead>
      <tbody>
        ${feeds.map(
          (feed) =>
            html`<tr>
              <th scope="row">${feed.name}${feed.enabled ? '' : html` (${t('disabled')})`}</th>
              <td>${at(feed.lastPollAt, lang)}</td>
              <td>${at(feed.nextPollAt, lang)}</td>
              <td>${at(feed.lastNewItemAt, lang)}</td>
              <td>${feed.itemCount ?? '—'}</td>
              <td>${problemCell(feed, lang, t)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function problemCell(feed: FeedStatus, lang: Lang, t: Speak): Markup | string {
  if (feed.problems.length === 0) return t('none');
  return html`${feed.problems.map(
    (problem) =>
      html`<p>
        ${problem.message} <span class="facts">${t('since', { since: at(problem.since, lang) })}</span>
      </p>`,
  )}`;
}

function queueTable(status: Status, lang: Lang, t: Speak): Markup {
  return html`<table>
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
  </table>`;
}

function at(iso: string | null, lang: Lang): string {
  return iso === null ? '—' : tokyoTime(Date.parse(iso), lang);
}
