import { setTimeout } from 'node:timers/promises';
import { runWorker } from '../../../src/app/run-worker.ts';
import { serveConsole } from '../../../src/console/serve-console.ts';
import type { Config } from '../../../src/config.ts';
import type { Item } from '../../../src/feed/item.ts';
import type { Entry, Mode } from '../../../src/outbox/entry.ts';
import { aFakeApp, aRealEntry, publishedEntry, type FakeApp } from '../../app/fake-app.ts';
import { feedConfig } from '../../fixtures/feed/feed-config.ts';
import { item } from '../../fixtures/feed/item.ts';
import { TestConsole } from '../visitor.ts';

/** Where the pages say that the account's posts stand; no test goes there. */
const X = new URL('http://127.0.0.1:9/');
const ITEMS = [
  item({ title: '令和8年度知的財産権制度説明会の開催について', url: 'https://www.jpo.go.jp/news/1.html' }),
  item({
    title: '令和8年能登沖地震により影響を受けた手続の取扱いについて',
    url: 'https://www.jpo.go.jp/news/2.html',
  }),
  item({ title: '被災した中小企業への補助金による支援について', url: 'https://www.jpo.go.jp/news/3.html' }),
];

/** A console that is served, with the worker behind it, in this process: a store in memory, a scripted X, and a clock that goes. */
export class Office {
  readonly console: TestConsole;
  readonly app: FakeApp;
  readonly url: string;
  readonly #end: () => Promise<void>;

  private constructor(console: TestConsole, url: string, end: () => Promise<void>) {
    this.console = console;
    this.app = console.app;
    this.url = url;
    this.#end = end;
  }

  /** `config` is put over the shipped settings; every feed brings `items`. */
  static async open(config: Partial<Config> = {}, items: readonly Item[] = ITEMS): Promise<Office> {
    const app = anOfficeApp(config, items);
    const console = new TestConsole(app);
    const over = new AbortController();
    const ready = Promise.withResolvers<void>();
    const work = runWorker(app, {
      signal: over.signal,
      onReady: (worker) => {
        console.onKnock = () => worker.wakeAll();
        ready.resolve();
      },
    });
    await Promise.race([ready.promise, work]);
    const served = await serveConsole(console.pages, { port: 0, wasAsked: true });
    if (served.kind !== 'serving') throw new Error('no port is free');
    return new Office(console, served.url, async () => {
      over.abort();
      await served.close();
      await work;
    });
  }

  /** The same where two people must agree to a notice that is forced by hand. */
  static ofFourEyes(): Promise<Office> {
    const { policy } = aFakeApp().config;
    return Office.open({ policy: { ...policy, approval: { ...policy.approval, forced: 'two' } } });
  }

  /** Only to be looked at, in another mode: no worker runs, and the account is nobody's. */
  static async inMode(mode: Mode): Promise<Office> {
    const base = anOfficeApp({}, []);
    const console = new TestConsole({ ...base, scope: { ...base.scope, mode } });
    const served = await serveConsole(console.pages, { port: 0, wasAsked: true });
    if (served.kind !== 'serving') throw new Error('no port is free');
    return new Office(console, served.url, () => served.close());
  }

  /** Puts a post on record, with words of its own. */
  async record(of: Partial<Entry> & { id: string }): Promise<Entry> {
    if (of.state === 'published') return publishedEntry(this.app, of);
    const entry = aRealEntry(of);
    await this.app.store.recordEntry(entry);
    return entry;
  }

  async stateOf(id: string): Promise<string | undefined> {
    return (await this.app.store.find(id))?.state;
  }

  /** What stands on the account's timeline. */
  timeline(): string {
    const { posts, deleted } = this.app.publisher;
    return posts
      .filter(({ remoteId }) => !deleted.includes(remoteId))
      .map(({ text }) => text)
      .join('\n');
  }

  close(): Promise<void> {
    return this.#end();
  }
}

/** The fake app with time that passes by itself, because a browser waits in real time. */
function anOfficeApp(config: Partial<Config>, items: readonly Item[]): FakeApp {
  const base = aFakeApp();
  const { clock } = base;
  const began = performance.now();
  clock.bootMs = () => clock.boot + performance.now() - began;
  clock.now = () => Math.round(clock.bootMs() + clock.wallAhead);
  clock.sleep = async (ms: number, signal?: AbortSignal) => {
    await setTimeout(ms, undefined, { signal }).catch(() => {});
  };
  const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
  return {
    ...base,
    config: {
      ...base.config,
      channel: { ...base.config.channel, paceMs: 0 },
      x: { ...base.config.x, apiUrl: X },
      feeds: [feedConfig({ name: 'jpo' })],
      ...config,
    },
    reader: {
      read: async () => ({ kind: 'items', items, problems: [], doubledGuids: false, state }),
      close: async () => {},
    },
  };
}
