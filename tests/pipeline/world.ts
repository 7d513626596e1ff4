import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import type { PreviewLine } from '../../src/app/preview.ts';
import type { Status } from '../../src/app/read-status.ts';
import type { postLine } from '../../src/app/post-line.ts';
import type { LoggedRequest } from '../../src/sandbox/request-log.ts';
import type { SandboxPost } from '../../src/sandbox/post-book.ts';
import { begin, type Begun } from '../smoke/in-process.ts';
import { CONFIG, feedOf, start, type Spawned } from '../smoke/kosatsu.ts';
import type { Ended, Options } from '../smoke/running.ts';

export type PostLine = ReturnType<typeof postLine>;
export type Item = { title: string; url: string };

/** The shipped rules, templates and policy, with a pace and waits that a test can sit out. */
const QUICK_CHANNELS = `handle: kosatsu_sandbox
pace: 0s
reconcile: { quarantine: 1s, missSpacing: 1s, missesNeeded: 2, readsMax: 50 }
operatorLanguage: auto
`;

/** One sandbox, one settings folder and one data folder: everything a scenario touches, gone when its test ends. */
export class World {
  readonly dir: string;
  readonly data: string;
  readonly config: string;
  #url = '';
  readonly #started: Spawned[] = [];
  readonly #begun: Begun[] = [];

  private constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'kosatsu-p-'));
    this.data = join(this.dir, 'data');
    this.config = join(this.dir, 'config');
    cpSync(CONFIG, this.config, { recursive: true });
    this.write('config/channels.yaml', QUICK_CHANNELS);
  }

  /** A world with a sandbox of its own; its feed holds nothing until `feed` says so. It ends with the test of that context. */
  static async open(context: TestContext): Promise<World> {
    const world = World.withoutSandbox(context);
    const sandbox = world.begin(['sandbox', '--port', '0', '--data', join(world.dir, 'sandbox')]);
    const [, url] = await sandbox.shows(/API \(X_API_URL\): (\S+)/u);
    world.#url = url ?? '';
    await world.feed([]);
    return world;
  }

  /** A world in which nothing plays X. */
  static withoutSandbox({ onTestFinished }: TestContext): World {
    const world = new World();
    onTestFinished(() => world.close(), 30_000);
    return world;
  }

  get url(): string {
    return this.#url;
  }

  get feedUrl(): string {
    return `${this.#url}/feed.xml`;
  }

  /** Starts a command in a process of its own, with this world's folders where the command takes them. */
  start(words: readonly string[], options: Options = {}): Spawned {
    const running = start(...this.#inHere(words, options));
    this.#started.push(running);
    return running;
  }

  /** Begins a command in this process. */
  begin(words: readonly string[], options: Options = {}): Begun {
    const running = begin(...this.#inHere(words, options));
    this.#begun.push(running);
    return running;
  }

  #inHere(words: readonly string[], options: Options): [string[], Options] {
    const folders = words.includes('--data') || words[0] === '--help' ? [] : ['--data', this.data];
    const config = words[0] === 'sandbox' ? [] : ['--config', this.config];
    const env: Record<string, string> = {
      ...(this.#url === '' ? {} : { X_API_URL: this.#url }),
      ...options.env,
    };
    return [[...words, ...config, ...folders], { cwd: this.dir, ...options, env }];
  }

  /** Runs a command to its end in this process. */
  run(words: readonly string[], options: Options = {}): Promise<Ended> {
    return this.begin(words, options).ended;
  }

  /** One round of the worker over the sandbox's feed; what stands in the feed is new unless `--first-run` says otherwise. */
  once(...words: readonly string[]): Promise<Ended> {
    return this.run(['run', '--once', '--feed', this.feedUrl, '--first-run', 'publish', ...words]);
  }

  /** The worker over the sandbox's feed, up and listening, in this process. */
  async worker(...words: readonly string[]): Promise<Begun> {
    const running = this.begin([...this.#workerWords(), ...words]);
    await running.shows(/Status page/u);
    return running;
  }

  /** The same in a process of its own, which signals reach and which can be killed. */
  async workerProcess(): Promise<Spawned> {
    const running = this.start(this.#workerWords());
    await running.shows(/Status page/u);
    return running;
  }

  #workerWords(): string[] {
    return ['run', '--port', '0', '--feed', this.feedUrl, '--first-run', 'publish'];
  }

  /** Puts these items, newest last, or this document, in the place of the sandbox's feed. */
  async feed(content: readonly Item[] | string | Buffer, contentType = 'application/rss+xml'): Promise<void> {
    const body =
      typeof content === 'string' || Buffer.isBuffer(content) ? content : feedOf(content.toReversed());
    await fetch(`${this.#url}/sandbox/feed`, {
      method: 'PUT',
      body: new Uint8Array(Buffer.from(body)),
      headers: { 'content-type': contentType },
    });
  }

  /** Makes the sandbox misbehave; throws where it does not understand. */
  async fault(fault: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await fetch(`${this.#url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
      headers: { 'content-type': 'application/json' },
    });
    if (answer.status !== 201) throw new Error(await answer.text());
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.#url}/sandbox/faults`, { method: 'DELETE' });
  }

  /** Every request that left the program for the sandbox, in order; the controls of the test are not among them. */
  async requests(): Promise<readonly LoggedRequest[]> {
    const all = await this.#ask<readonly LoggedRequest[]>('/sandbox/requests');
    return all.filter(({ path }) => !path.startsWith('/sandbox/'));
  }

  async #ask<T>(path: string): Promise<T> {
    const json: T = JSON.parse(await (await fetch(this.#url + path)).text());
    return json;
  }

  /** Requests to X's own paths as `METHOD path`, in order. */
  async calls(): Promise<readonly string[]> {
    const all = await this.requests();
    return all.filter(({ path }) => path.startsWith('/2/')).map(({ method, path }) => `${method} ${path}`);
  }

  /** How many POSTs reached the sandbox, whatever it made of them. */
  async postRequests(): Promise<number> {
    return (await this.calls()).filter((call) => call === 'POST /2/tweets').length;
  }

  /** The account's public posts, oldest first. */
  async timeline(): Promise<readonly SandboxPost[]> {
    const all = await this.#ask<readonly SandboxPost[]>('/sandbox/posts');
    return all.filter(({ deletedAt }) => deletedAt === null).toReversed();
  }

  /** The outbox as `posts --json` shows it, oldest first. */
  async posts(): Promise<readonly PostLine[]> {
    const ended = await this.run(['posts', '--json']);
    if (ended.code !== 0) throw new Error(`posts ended with ${String(ended.code)}: ${ended.err}`);
    return linesOf<PostLine>(ended).toReversed();
  }

  async status(): Promise<Status> {
    const [status] = linesOf<Status>(await this.run(['status', '--json']));
    if (status === undefined) throw new Error('status said nothing');
    return status;
  }

  async preview(...words: readonly string[]): Promise<readonly PreviewLine[]> {
    return linesOf<PreviewLine>(await this.run(['preview', '--json', '--feed', this.feedUrl, ...words]));
  }

  /** Writes a file below this world's folder and gives its path. */
  write(name: string, text: string): string {
    const path = join(this.dir, name);
    writeFileSync(path, text);
    return path;
  }

  /** A digest of every file of the data folder; null where there is no folder. */
  dataDigest(): string | null {
    if (!existsSync(this.data)) return null;
    const hash = createHash('sha256');
    for (const name of readdirSync(this.data, { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (statSync(join(this.data, name)).isDirectory()) continue;
      hash.update(name).update(name.endsWith('.sock') ? '' : readFileSync(join(this.data, name)));
    }
    return hash.digest('hex');
  }

  async close(): Promise<void> {
    for (const { child, ended } of this.#started) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    }
    for (const running of this.#begun.toReversed()) {
      running.stop();
      await running.ended;
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Every line of stdout as JSON; one that is none fails the test. */
export function linesOf<T>({ out, err }: Ended): T[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => {
      try {
        const value: T = JSON.parse(line);
        return value;
      } catch {
        throw new Error(`stdout holds more than JSON: ${line}\n${err}`);
      }
    });
}

/** Waits until the question is answered with something; fails after `seconds`. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | false> | T | null | false,
  seconds = 20,
): Promise<T> {
  const until = performance.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${seconds} s: ${what}`);
    // A look costs up to 50 ms of the CPU that the program under test needs.
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

let count = 0;
/** An ordinary announcement that no other test has. */
export function ordinary(title = '「意匠審査基準」を改訂しました'): Item {
  count += 1;
  return { title: `${title}(第${count}号)`, url: `https://www.jpo.go.jp/system/laws/notice_${count}.html` };
}

/** A disaster-relief notice that no other test has. */
export function relief(): Item {
  count += 1;
  return {
    title: `令和8年遠州地震により影響を受けた手続の取扱いについて(第${count}報)`,
    url: `https://www.jpo.go.jp/news/koho/saigai/report_${count}.html`,
  };
}
