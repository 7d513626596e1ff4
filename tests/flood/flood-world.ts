import { SqliteOutbox } from '../../src/adapters/sqlite/outbox.ts';
import { openEmpty } from '../../src/adapters/sqlite/open-database.ts';
import { pollFeed, type PollReport } from '../../src/app/poll-feed.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { createFeedReader } from '../../src/app/read-feed.ts';
import type { FeedConfig } from '../../src/feed/feed-config.ts';
import type { Fetched, Fetcher, ReadDocumentFile } from '../../src/feed/fetched.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { FeedParser } from '../../src/feed/parsed-feed.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { aFakeApp, SCOPE, type FakeApp } from '../app/fake-app.ts';

const signal = new AbortController().signal;

/** The whole way from a feed's bytes to the account: the real reader and parser, the real app, a store, and an X that counts. */
export class FloodWorld {
  app: FakeApp;
  readonly feeds: readonly FeedConfig[];
  readonly #documents = new Map<string, Uint8Array>();

  constructor(
    options: { store?: 'memory' | 'sqlite'; feeds?: readonly FeedConfig[]; parser?: FeedParser } = {},
  ) {
    const { feeds = [feedConfig({ burst: 20 })], parser = { parse: parseDocument, close: async () => {} } } =
      options;
    this.feeds = feeds;
    const base = aFakeApp();
    const store: OutboxStore = options.store === 'sqlite' ? new SqliteOutbox(openEmpty(), null) : base.store;
    const fetcher: Fetcher = { get: async ({ url }) => this.#answer(url) };
    const readFile: ReadDocumentFile = async (path) => {
      throw new Error(`${path} is asked for in a world without files`);
    };
    this.app = {
      ...base,
      config: { ...base.config, feeds },
      store: store as FakeApp['store'],
      reader: createFeedReader({ fetcher, parser, readFile, contact: '' }),
    };
  }

  /** Puts the document in the place of the feed's and polls it, five minutes later. */
  async poll(
    document: string | Uint8Array,
    feed: FeedConfig | undefined = this.feeds[0],
  ): Promise<PollReport> {
    if (feed === undefined) throw new Error('a world without feeds');
    this.#documents.set(
      feed.name,
      typeof document === 'string' ? new TextEncoder().encode(document) : document,
    );
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

  /** What the site of the address answers: the document that was put there, without validators. */
  #answer(url: string): Fetched {
    const feed = this.feeds.find(({ location }) => location.kind === 'url' && location.url === url);
    const bytes = this.#documents.get(feed?.name ?? '') ?? new Uint8Array();
    const hints = { freshForMs: null, certificateExpiresAt: null };
    const contentType = 'application/xml';
    return {
      kind: 'document',
      status: 200,
      finalUrl: url,
      bytes,
      contentType,
      etag: null,
      lastModified: null,
      hints,
    };
  }
}
