import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReader } from '../../src/adapters/sqlite/open-outbox.ts';
import type { PreviewLine } from '../../src/app/preview.ts';
import type { postLine } from '../../src/app/post-line.ts';
import type { State } from '../../src/outbox/entry.ts';
import { StoreError } from '../../src/outbox/outbox-store.ts';
import type { LoggedRequest } from '../../src/sandbox/request-log.ts';
import type { SandboxPost } from '../../src/sandbox/post-book.ts';
import { CONFIG, start, type Spawned } from '../smoke/kosatsu.ts';
import type { Ended, Options } from '../smoke/running.ts';
import type { Chance } from './chance.ts';
import { Releases } from './releases.ts';
import { Tap } from './tap.ts';

type PostLine = ReturnType<typeof postLine>;
type States = Partial<Record<State, number>>;

/** Waits that a test can sit out; the twenty seconds of a claim and the fifteen of a POST before them stay as they are. */
const CHANNELS = `handle: kosatsu_sandbox
pace: 0s
reconcile: { quarantine: 3s, missSpacing: 1s, missesNeeded: 2, readsMax: 100 }
operatorLanguage: en
`;
const POLICY = `version: kills
allowedHosts: [jpo.go.jp]
dailyBudget: { posts: 2400, reservedForUrgent: 100 }
`;

/** The sandbox in a process of its own, the wire to it, and one data folder that many short lives of the worker share. */
export class KillWorld {
  readonly dir = mkdtempSync(join(tmpdir(), 'kosatsu-k-'));
  readonly releases = new Releases();
  readonly data: string;
  #tap: Tap | null = null;
  #sandboxUrl = '';
  #lives = 0;
  readonly #started: Spawned[] = [];

  private constructor(data: string | null) {
    this.data = data ?? join(this.dir, 'data');
    const config = join(this.dir, 'config');
    mkdirSync(config);
    for (const name of ['rules.yaml', 'templates.yaml']) cpSync(join(CONFIG, name), join(config, name));
    writeFileSync(join(config, 'channels.yaml'), CHANNELS);
    writeFileSync(join(config, 'policy.yaml'), POLICY);
  }

  /** `data` is a folder to use in place of a fresh one. */
  static async open(data: string | null = null): Promise<KillWorld> {
    const world = new KillWorld(data);
    const sandbox = start(['sandbox', '--port', '0', '--data', join(world.dir, 'sandbox')]);
    world.#started.push(sandbox);
    const [, url] = await sandbox.shows(/API \(X_API_URL\): (\S+)/u);
    world.#sandboxUrl = url ?? '';
    world.#tap = await Tap.open(Number(new URL(world.#sandboxUrl).port));
    await world.showFeed();
    await world.fault({ fault: 'limit', on: 'any', limit: 1_000_000 });
    return world;
  }

  get tap(): Tap {
    if (this.#tap === null) throw new Error('the world is not open');
    return this.#tap;
  }

  /**
   * Starts a process of the program. Each reads the feed under a name of its own as well, so that it polls at once instead of
   * when the last process planned to.
   */
  start(words: readonly string[], options: Options = {}): Spawned {
    this.#lives += 1;
    const feed = (name: string): string =>
      `  - { name: ${name}, url: '${this.tap.url}/feed.xml', allowPrivateAddress: true, pollEvery: 1s, burst: 1000 }\n`;
    writeFileSync(
      join(this.dir, 'config', 'feeds.yaml'),
      `feeds:\n${feed('steady')}${feed(`life-${this.#lives}`)}`,
    );
    this.tap.forget();
    const folders = ['--config', join(this.dir, 'config'), '--data', this.data];
    const env = { X_API_URL: this.tap.url, ...options.env };
    const running = start([...words, ...folders], { cwd: this.dir, ...options, env });
    this.#started.push(running);
    return running;
  }

  /** The worker, which posts whatever it has not seen before. */
  worker(options: Options = {}): Spawned {
    return this.start(['run', '--port', '0', '--first-run', 'publish'], options);
  }

  /** Announces so many more. */
  async release(count: number, chance: Chance): Promise<void> {
    for (let n = 0; n < count; n += 1) this.releases.add(chance);
    await this.showFeed();
  }

  /** Puts every announcement so far into the sandbox's feed. */
  async showFeed(): Promise<void> {
    await fetch(`${this.#sandboxUrl}/sandbox/feed`, {
      method: 'PUT',
      body: this.releases.document(),
      headers: { 'content-type': 'application/rss+xml' },
    });
  }

  async fault(fault: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await fetch(`${this.#sandboxUrl}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
      headers: { 'content-type': 'application/json' },
    });
    if (answer.status !== 201) throw new Error(await answer.text());
  }

  /** Everything that was ever posted, oldest first; nothing here is ever deleted. */
  async timeline(): Promise<readonly SandboxPost[]> {
    const posts: SandboxPost[] = JSON.parse(await (await fetch(`${this.#sandboxUrl}/sandbox/posts`)).text());
    return posts.toReversed();
  }

  /** Requests to post that reached the sandbox, with what they said and when, whatever was made of them. */
  async postRequests(): Promise<readonly { text: string; at: number }[]> {
    const all: LoggedRequest[] = JSON.parse(
      await (await fetch(`${this.#sandboxUrl}/sandbox/requests`)).text(),
    );
    return all
      .filter(({ method, path }) => method === 'POST' && path === '/2/tweets')
      .map(({ body, at }) => {
        const { text }: { text: string } = JSON.parse(body ?? '{}');
        return { text, at: Date.parse(at) };
      });
  }

  posts(): Promise<readonly PostLine[]> {
    return this.#lines<PostLine>(['posts', '--json']);
  }

  /** What each announcement is to be posted as, by its link. */
  async promised(): Promise<ReadonlyMap<string, string>> {
    const lines = await this.#lines<PreviewLine>([
      'preview',
      '--json',
      '--feed',
      `${this.#sandboxUrl}/feed.xml`,
    ]);
    return new Map(lines.map(({ item, post }) => [item.url ?? '', post?.text ?? '']));
  }

  /** States in the store as a dead process left it, counted on a copy: looking must not mend anything. */
  async statesLeft(): Promise<States> {
    const copy = mkdtempSync(join(tmpdir(), 'kosatsu-c-'));
    try {
      for (const name of ['kosatsu.db', 'kosatsu.db-wal']) {
        if (existsSync(join(this.data, name))) cpSync(join(this.data, name), join(copy, name));
      }
      return await countStates(copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  /** States in the store beside a process that lives. */
  states(): Promise<States> {
    return countStates(this.data);
  }

  async close(): Promise<void> {
    for (const { child, ended } of this.#started) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    }
    await this.#tap?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #lines<T>(words: readonly string[]): Promise<readonly T[]> {
    const { code, out, err }: Ended = await this.start(words).ended;
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}: ${err}`);
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line): T => {
        const value: T = JSON.parse(line);
        return value;
      });
  }
}

/** Nothing where the database is not there yet, or only half made. */
async function countStates(dataDir: string): Promise<States> {
  try {
    const store = openSqliteReader({ dataDir });
    try {
      return await store.countByState({ mode: 'sandbox', account: 'kosatsu_sandbox' });
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreError) return {};
    throw error;
  }
}
