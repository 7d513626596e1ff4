import { consoleLimits } from '../limits/edges.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import { postAddress } from '../publish/post-address.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /feed.xml: what was announced, as RSS 2.0, so that the notices live on where X does not. */
export async function rssFeed(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const { account } = parts.app.scope;
  const title = say(pageMessages['feed-title'], c.get('lang'), { account });
  const base = baseOf(parts, c);
  const home = new URL('/policy', base).href;
  const items = (await announced(parts)).map((entry) => {
    const link = linkOf(parts, entry);
    return [
      '<item>',
      `<title>${xml(titleOf(entry))}</title>`,
      ...(link === null ? [] : [`<link>${xml(link)}</link>`]),
      `<guid isPermaLink="false">${xml(guidOf(entry))}</guid>`,
      `<pubDate>${new Date(entry.publishedAt ?? entry.createdAt).toUTCString()}</pubDate>`,
      `<description>${xml(entry.text)}</description>`,
      '</item>',
    ].join('');
  });
  // Readers that were handed the document alone find its address in it (RSS Advisory Board's best practices).
  const self = `<atom:link href="${xml(new URL('/feed.xml', base).href)}" rel="self" type="application/rss+xml"/>`;
  const head = `<title>${xml(title)}</title><link>${xml(home)}</link><description>${xml(title)}</description>${self}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>${head}${items.join('')}</channel></rss>\n`;
  return c.body(body, 200, { 'content-type': 'application/rss+xml; charset=utf-8' });
}

/** GET /feed.json: the same as JSON Feed 1.1. */
export async function jsonFeed(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const { account } = parts.app.scope;
  const base = baseOf(parts, c);
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: say(pageMessages['feed-title'], c.get('lang'), { account }),
    home_page_url: new URL('/policy', base).href,
    feed_url: new URL('/feed.json', base).href,
    items: (await announced(parts)).map((entry) => {
      const link = linkOf(parts, entry);
      return {
        id: guidOf(entry),
        ...(link === null ? {} : { url: link }),
        ...(entry.url === null ? {} : { external_url: entry.url }),
        content_text: entry.text,
        date_published: new Date(entry.publishedAt ?? entry.createdAt).toISOString(),
        language: entry.lang,
        tags: [entry.topic],
      };
    }),
  };
  return c.body(JSON.stringify(feed), 200, { 'content-type': 'application/feed+json; charset=utf-8' });
}

/** Where everybody reads the feeds: behind a proxy not where they are served, and over https. */
function baseOf({ app }: ConsoleParts, c: Visitor): string {
  return app.config.console.origin ?? c.req.url;
}

/** What stands on X now, newest first; what was withdrawn is no longer announced here either. */
function announced({ app }: ConsoleParts): Promise<readonly Entry[]> {
  return app.store.list({
    scope: app.scope,
    states: ['published'],
    limit: consoleLimits.feedItems,
    newestFirst: true,
  });
}

function guidOf({ mode, account, id }: Entry): string {
  return `kosatsu:${mode}:${account}:${id}`;
}

function titleOf(entry: Entry): string {
  return entry.source?.title ?? entry.text.split('\n')[0] ?? entry.id;
}

function linkOf({ app }: ConsoleParts, entry: Entry): string | null {
  const address = postAddress(entry, app.config.x.apiUrl);
  return /^https?:/u.test(address) ? address : entry.url;
}

/** Characters that XML 1.0 forbids are dropped, because one of them would make the whole feed unreadable. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
