import { SqliteOutbox } from '../../src/adapters/sqlite/outbox.ts';
import { openEmpty } from '../../src/adapters/sqlite/open-database.ts';
import { pollFeed, type PollReport } from '../../src/app/poll-feed.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import type { FeedConfig } from '../../src/feed/feed-config.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { aFakeApp, SCOPE, type FakeApp } from '../app/fake-app.ts';

/** One announcement as a site would write it into its feed. `at` null: undated. */
export type Listed = { title: string; url: string; guid: string | null; at: number | null };

const signal = new AbortController().signal;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An RSS 2.0 document of the announcements, in the order given. */
export function rss(list: readonly Listed[]): string {
  const rows = list.map(({ title, url, guid, at }) => {
    const id = guid === null ? '' : `<guid isPermaLink="false">${escaped(guid)}</guid>`;
    const date = at === null ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`;
    return `<item><title>${escaped(title)}</title><link>${escaped(url)}</link>${id}${date}</item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>新着</title>${rows.join('')}</channel></rss>`;
}

/** The same as Atom. */
export function atom(list: readonly Listed[]): string {
  const rows = list.map(({ title, url, guid, at }) => {
    const date = at === null ? '' : `<updated>${new Date(at).toISOString()}</updated>`;
    return `<entry><title>${escaped(title)}</title><link href="${escaped(url)}"/><id>${escaped(guid ?? url)}</id>${date}</entry>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>新着</title>${rows.join('')}</feed>`;
}

/** The whole way from a feed's bytes to the account: the real parser, the real app, a store, and an X that counts. */
export class FloodWorld {
  app: FakeApp;
  readonly feeds: readonly FeedConfig[];
  readonly #documents = new Map<string, string>();

  constructor(options: { store?: 'memory' | 'sqlite'; feeds?: readonly FeedConfig[] } = {}) {
    const { feeds = [feedConfig({ burst: 20 })] } = options;
    this.feeds = feeds;
    const base = aFakeApp();
    const store: OutboxStore = options.store === 'sqlite' ? new SqliteOutbox(openEmpty(), null) : base.store;
    const read = (feed: FeedConfig): Promise<FeedReading> => this.#read(feed);
    this.app = {
      ...base,
      config: { ...base.config, feeds },
      store: store as FakeApp['store'],
      reader: { read, close: async () => {} },
    };
  }

  /** Puts the document in the place of the feed's and polls it, five minutes later. */
  async poll(document: string, feed: FeedConfig | undefined = this.feeds[0]): Promise<PollReport> {
    if (feed === undefined) throw new Error('a world without feeds');
    this.#documents.set(feed.name, document);
    this.app.clock.boot += 300_000;
    return pollFeed(this.app, feed, signal);
  }

  /** Publishes whatever may go out, as a worker that has just started; returns the texts that X got from it. */
  async publishAll(): Promise<readonly string[]> {
    const before = this.app.publisher.sent.length;
    const request = await this.app.lease.acquire('worker', 0);
    if (request.kind !== 'held') throw new Error('busy');
    const right = { lease: request.lease, guard: new TimelineGuard() };
    for (const slot of ['urgent', 'main'] as const) {
      for (;;) {
        const report = await publishNext(this.app, right, slot, signal);
        if (report.kind !== 'attempted' && report.kind !== 'set-aside') break;
      }
    }
    await request.lease.release();
    return this.app.publisher.sent.slice(before).map((entry) => entry.text);
  }

  /** How many posts wait for a person, by batch. */
  async held(): Promise<Readonly<Record<string, number>>> {
    const count: Record<string, number> = {};
    for (const entry of await this.app.store.list({ scope: SCOPE, states: ['held'] }))
      count[entry.batchId ?? 'none'] = (count[entry.batchId ?? 'none'] ?? 0) + 1;
    return count;
  }

  async #read(feed: FeedConfig): Promise<FeedReading> {
    const bytes = new TextEncoder().encode(this.#documents.get(feed.name) ?? '');
    const finalUrl = feed.location.kind === 'url' ? feed.location.url : null;
    const now = this.app.clock.now();
    const parsed = await parseDocument({ bytes, contentType: 'application/xml', finalUrl, feed, now });
    return {
      kind: 'items',
      items: parsed.items,
      problems: parsed.problems.map((problem) => ({ ...problem, since: now })),
      doubledGuids: parsed.doubledGuids,
      state: { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null },
    };
  }
}
