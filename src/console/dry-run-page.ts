import { html } from 'hono/html';
import { previewFeeds, type PreviewResult } from '../app/preview.ts';
import { DEFAULTS } from '../config.ts';
import type { FeedConfig } from '../feed/feed-config.ts';
import { consoleLimits } from '../limits/edges.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { previewSentences } from '../messages/preview.ts';
import { say } from '../messages/sentence.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { countDecisions } from './preview-decision.ts';
import { previewCard, previewPage, previewProblems } from './preview-html.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /dry-run: reads one feed and shows a card for each item. Writes nothing, and never speaks to X. */
export async function showDryRun(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const feed = feedOf(parts, c);
  const result = feed === null || feed === 'no-address' ? null : await read(parts, c, feed);
  const body = html`<h1>${t('dry-title')}</h1>
    <p class="lede">${t('dry-lede')}</p>
    <form method="get" action="/dry-run" class="search">
      <div>
        <label for="feed">${t('dry-feed')}</label>
        <select id="feed" name="feed">
          <option value="">${t('dry-none')}</option>
          ${parts.app.config.feeds.map(
            ({ name }) =>
              html`<option value="${name}" ${name === c.req.query('feed') ? 'selected' : ''}>
                ${name}
              </option>`,
          )}
        </select>
      </div>
      <div>
        <label for="address">${t('dry-address')}</label>
        <input
          id="address"
          name="address"
          inputmode="url"
          maxlength="2000"
          value="${c.req.query('address') ?? ''}"
        />
      </div>
      <div><button class="primary">${t('dry-start')}</button></div>
    </form>
    ${feed === 'no-address' ? html`<div class="panel warning"><p>${t('dry-address-form')}</p></div>` : ''}
    ${result === null ? '' : cards(parts, c, result)}`;
  return c.html(layout(parts, c, { title: t('dry-title'), body }));
}

/** GET /dry-run/download: the same cards as one file that needs nothing beside itself. */
export async function downloadDryRun(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const feed = feedOf(parts, c);
  if (feed === null || feed === 'no-address') return c.redirect('/dry-run', 303);
  const { app } = parts;
  const heading = { account: app.scope.account, mode: app.scope.mode, at: app.clock.now() };
  const file = await previewPage(await read(parts, c, feed), heading, c.get('lang'));
  return c.body(file, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': 'attachment; filename="kosatsu-preview.html"',
  });
}

function cards({ app }: ConsoleParts, c: Visitor, result: PreviewResult): Markup {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const shown = result.lines.slice(0, consoleLimits.dryRunCards);
  const heading = { account: app.scope.account, mode: app.scope.mode, at: app.clock.now() };
  const asked = new URLSearchParams({
    feed: c.req.query('feed') ?? '',
    address: c.req.query('address') ?? '',
  });
  return html`<p>${say(previewSentences.summary, lang, countDecisions(result.lines))}</p>
    ${
      shown.length < result.lines.length
        ? html`<p>${t('dry-cut', { shown: shown.length, all: result.lines.length })}</p>`
        : ''
    }
    <p><a href="/dry-run/download?${asked.toString()}">${t('dry-download')}</a></p>
    <div class="cards">
      ${previewProblems(result, lang)} ${shown.map((line) => previewCard(line, heading, lang))}
    </div>`;
}

function read({ app, signal }: ConsoleParts, c: Visitor, feed: FeedConfig): Promise<PreviewResult> {
  const spoken = speaking(app, c.get('lang'));
  const config = { ...spoken.config, feeds: [{ ...feed, enabled: true }] };
  const over = AbortSignal.any([signal, c.req.raw.signal, AbortSignal.timeout(consoleLimits.dryRunMs)]);
  return previewFeeds({ ...spoken, config }, over);
}

/** The feed that was chosen, or one made of the address that was typed: that one may not lead into the office's own network. */
function feedOf({ app }: ConsoleParts, c: Visitor): FeedConfig | null | 'no-address' {
  const address = (c.req.query('address') ?? '').trim();
  if (address === '') return app.config.feeds.find(({ name }) => name === c.req.query('feed')) ?? null;
  if (!/^https?:\/\//iu.test(address) || !URL.canParse(address)) return 'no-address';
  const { pollIntervalMs, longestSilenceMs, burst } = DEFAULTS.feed;
  return {
    name: new URL(address).hostname,
    kind: 'feed',
    location: { kind: 'url', url: address },
    enabled: true,
    lang: null,
    pollIntervalMs,
    longestSilenceMs,
    titleIncludes: [],
    selectors: null,
    allowPrivateAddress: false,
    burst,
  };
}
