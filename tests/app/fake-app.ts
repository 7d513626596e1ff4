import { CHEAP } from '../governance/cheap-passwords.ts';
import { noShelf } from '../../src/adapters/file/document-shelf.ts';
import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import type { App } from '../../src/app/app.ts';
import { Progress } from '../../src/app/progress.ts';
import type { Clock, Notice } from '../../src/app/ports.ts';
import { textHash } from '../../src/compose/text-hash.ts';
import { textKey } from '../../src/compose/text-key.ts';
import { loadConfig, type Config } from '../../src/config.ts';
import type { Entry, Scope } from '../../src/outbox/entry.ts';
import type {
  Deletion,
  Identity,
  Outcome,
  OwnPost,
  OwnTimeline,
  Publisher,
} from '../../src/publish/publisher.ts';
import { snowflakeAt } from '../../src/publish/snowflake.ts';
import { anEntry } from '../outbox/sample-entries.ts';

export const SCOPE: Scope = { mode: 'sandbox', account: 'jpo_test' };
/** 2026-10-01 12:00 in Tokyo, a Thursday. */
export const START = Date.UTC(2026, 9, 1, 3);

/** A clock that stands still but in sleep; wall and boot time can be moved apart. */
class FakeClock implements Clock {
  boot = 1_000_000;
  wallAhead = START - 1_000_000;
  now = (): number => this.boot + this.wallAhead;
  bootMs = (): number => this.boot;
  sleep = async (ms: number): Promise<void> => {
    this.boot += Math.max(1, ms);
    // Lets the other loops of the program have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  };
}

/** X as a test scripts it: what it answers in turn, and what stands on its timeline. The last answer of a script stays. */
class FakeX implements Publisher {
  readonly scope = SCOPE;
  readonly clock: FakeClock;
  readonly posts: OwnPost[] = [];
  readonly sent: Entry[] = [];
  readonly deleted: string[] = [];
  reads = 0;
  outcomes: (Outcome | 'accept' | 'accept-and-lose')[] = ['accept'];
  deletions: Deletion[] = [{ kind: 'deleted' }];
  connections: ('ready' | 'refused')[] = ['ready'];
  identities: Identity[] = [
    { kind: 'known', accountId: '1', handle: SCOPE.account, name: 'JPO', serverTime: null },
  ];
  timelines: ('true' | OwnTimeline)[] = ['true'];

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  async prepare(): ReturnType<Publisher['prepare']> {
    if (next(this.connections) === 'refused') return { kind: 'not-sent', detail: 'ECONNREFUSED' };
    return { kind: 'ready', connection: { close: () => {} } };
  }

  async publish(...[, entry, fence]: Parameters<Publisher['publish']>): Promise<Outcome> {
    const checked = fence();
    if (checked.kind === 'stop') return { kind: 'not-sent', cause: 'fence', detail: checked.detail };
    this.sent.push(entry);
    const outcome = next(this.outcomes);
    if (outcome !== 'accept' && outcome !== 'accept-and-lose') return outcome;
    const { remoteId } = this.put(entry.text);
    return outcome === 'accept'
      ? { kind: 'published', remoteId }
      : { kind: 'uncertain', detail: 'ECONNRESET' };
  }

  /** Puts a post on the timeline, as the program or a person would. */
  put(text: string, createdAt = this.clock.now()): OwnPost {
    const remoteId = String(BigInt(snowflakeAt(createdAt)) + BigInt(this.posts.length));
    const post = { remoteId, text, links: text.match(/https:\S+/gu) ?? [], createdAt };
    this.posts.push(post);
    return post;
  }

  async identity(): Promise<Identity> {
    return next(this.identities);
  }

  async ownPosts({ sinceId }: Parameters<Publisher['ownPosts']>[0]): Promise<OwnTimeline> {
    this.reads += 1;
    const timeline = next(this.timelines);
    if (timeline !== 'true') return timeline;
    const posts = this.posts.filter(
      (post) => !this.deleted.includes(post.remoteId) && BigInt(post.remoteId) > BigInt(sinceId ?? '0'),
    );
    return { kind: 'read', posts, beganAt: this.clock.now(), complete: true };
  }

  async withdraw(remoteId: string): Promise<Deletion> {
    const deletion = next(this.deletions);
    if (deletion.kind === 'deleted') this.deleted.push(remoteId);
    return deletion;
  }
}

function next<T>(script: T[]): T {
  const [first] = script.length > 1 ? script.splice(0, 1) : script;
  if (first === undefined) throw new Error('an empty script');
  return first;
}

export type FakeApp = App & {
  readonly store: MemoryOutbox;
  readonly publisher: FakeX;
  readonly clock: FakeClock;
  readonly told: Notice[];
};

/** The app layer over a store in memory, a scripted X and a clock that moves only when somebody sleeps. */
export function aFakeApp(overrides: Partial<App> = {}): FakeApp {
  const clock = new FakeClock();
  const store = (overrides.store as MemoryOutbox | undefined) ?? new MemoryOutbox();
  const told: Notice[] = [];
  let ids = 0;
  const id = (prefix: string): string => `${prefix}${String((ids += 1)).padStart(4, '0')}`;
  return {
    config: shippedConfig(),
    scope: SCOPE,
    lease: new MemoryLease(store),
    credentialsId: 'test',
    reader: {
      read: async () => ({ kind: 'failed', problems: [], retryAfterMs: null, gone: false }),
      close: async () => {},
    },
    documents: noShelf,
    readKept: async () => ({ kind: 'failed', problems: [], retryAfterMs: null, gone: false }),
    random: {
      entryId: () => id('e'),
      nonce: () => id('n'),
      secret: () => id('').padEnd(64, '0'),
      fraction: () => 0.5,
    },
    passwordCost: CHEAP,
    notifier: {
      tell: async (notice) => {
        told.push(notice);
      },
    },
    outside: { post: async () => ({ kind: 'none' }), reach: async () => ({ kind: 'none' }) },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    progress: new Progress(),
    ...overrides,
    store,
    governance: overrides.governance ?? store.governance,
    publisher: new FakeX(clock),
    clock,
    told,
  };
}

/** An entry that the app itself could have made: its hash and key are those of its text. */
export function aRealEntry(overrides: Partial<Entry> = {}): Entry {
  const base = anEntry({ ...SCOPE, createdAt: START, dueAt: START, ...overrides });
  const source = base.source === null ? null : { ...base.source, publishedAt: START };
  const entry = { ...base, source };
  const { text, mode, account } = entry;
  return { ...entry, textHash: textHash({ text, mode, account }), textKey: textKey(text) };
}

/** The same, published. */
export async function publishedEntry(app: FakeApp, overrides: Partial<Entry> = {}): Promise<Entry> {
  const entry = aRealEntry(overrides);
  const post = app.publisher.put(entry.text);
  const attempt = {
    number: 1,
    at: START,
    nonce: 'n0',
    epoch: 0,
    deadlineAt: START + 15_000,
    sinceRemoteId: null,
  };
  const published = {
    ...entry,
    state: 'published' as const,
    remoteId: post.remoteId,
    publishedAt: START,
    attempts: 1,
    attempt,
    firstAttemptAt: START,
  };
  await app.store.recordEntry(published);
  return published;
}

let shipped: Config | null = null;

/** Read once: it is frozen, and reading it takes longer than most tests. */
function shippedConfig(): Config {
  shipped ??= readShipped();
  return shipped;
}

function readShipped(): Config {
  const cwd = new URL('../..', import.meta.url).pathname;
  const loaded = loadConfig({ overrides: {}, env: { LC_ALL: 'C' }, cwd });
  if (loaded.kind !== 'ok') throw new Error('the shipped configuration has mistakes');
  return loaded.config;
}
