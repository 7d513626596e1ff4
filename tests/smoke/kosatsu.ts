import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import { begin, type Begun } from './in-process.ts';
import { BARE_ENV, watch, type Ended, type Options, type Running } from './running.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const ENTRY = join(ROOT, 'bin', 'kosatsu.js');
export const CONFIG = join(ROOT, 'config');

/** A running process of the program. */
export type Spawned = Running & { child: ChildProcess };

/** Starts the real entry point as a person would, in a process of its own. */
export function start(words: readonly string[], options: Options = {}): Spawned {
  const child = spawn(options.node ?? process.execPath, [options.entry ?? ENTRY, ...words], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...BARE_ENV, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const seen = watch((tell) => {
    child.stdout.setEncoding('utf8').on('data', tell.out);
    child.stderr.setEncoding('utf8').on('data', tell.err);
    return new Promise((done) => {
      child.on('close', (code, signal) => done({ code, signal }));
    });
  });
  return { ...seen, child };
}

/** Runs the real entry point to its end. */
export function spawned(words: readonly string[], options: Options = {}): Promise<Ended> {
  return start(words, options).ended;
}

/** A fresh folder that is removed afterwards, and what a test started in it. */
export class Workplace {
  readonly dir = mkdtempSync(join(tmpdir(), 'kosatsu-smoke-'));
  readonly data = join(this.dir, 'data');
  readonly #started: Spawned[] = [];
  readonly #begun: Begun[] = [];

  /** Starts a process of the program that `close` ends. */
  start(words: readonly string[], options: Options = {}): Spawned {
    const running = start(words, { cwd: this.dir, ...options });
    this.#started.push(running);
    return running;
  }

  /** Begins a command in this process that `close` ends. */
  begin(words: readonly string[], options: Options = {}): Begun {
    const running = begin(words, { cwd: this.dir, ...options });
    this.#begun.push(running);
    return running;
  }

  /** A sandbox in this process; gives the address at which it plays X. */
  async sandbox(): Promise<string> {
    const sandbox = this.begin(['sandbox', '--port', '0', '--data', join(this.dir, 'x')]);
    const [, api = ''] = await sandbox.shows(/X_API_URL\): (\S+)/u);
    return api;
  }

  /** Writes a file into the folder and gives its path. */
  write(name: string, text: string): string {
    const path = join(this.dir, name);
    writeFileSync(path, text);
    return path;
  }

  async close(): Promise<void> {
    for (const running of this.#started) {
      if (running.child.exitCode === null) running.child.kill('SIGKILL');
      await running.ended;
    }
    // The last begun first: a worker ends before the sandbox that it speaks to.
    for (const running of this.#begun.toReversed()) {
      running.stop();
      await running.ended;
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** An RSS feed with one item a title, dated now. */
export function feedOf(items: readonly { title: string; url: string }[], date = new Date()): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const rows = items.map(
    ({ title, url }) =>
      `<item><title>${escaped(title)}</title><link>${escaped(url)}</link><guid>${escaped(url)}</guid><pubDate>${date.toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title><link>https://www.jpo.go.jp/</link><description>d</description>${rows.join('')}</channel></rss>`;
}

/** The environment in which the program posts to the sandbox at this address. */
export function sandboxEnv(api: string): Record<string, string> {
  const { apiKey, apiSecret, accessToken, accessSecret } = SANDBOX_CREDENTIALS;
  return {
    X_API_URL: api,
    X_API_KEY: apiKey,
    X_API_SECRET: apiSecret,
    X_ACCESS_TOKEN: accessToken,
    X_ACCESS_SECRET: accessSecret,
  };
}

const post = z.object({
  id: z.string(),
  state: z.string(),
  text: z.string(),
  reasons: z.array(z.object({ rule: z.string(), message: z.string() })),
});
const previewed = z.object({
  item: z.object({ title: z.string() }),
  post: z.object({ text: z.string() }),
  wouldPublish: z.boolean(),
});

/** The lines of `posts --json` and `run --once --json`. */
export const postLines = (out: string): z.infer<typeof post>[] =>
  jsonLines(out).map((line) => post.parse(line));
/** The lines of `preview --json`, of items that became posts. */
export const previewLines = (out: string): z.infer<typeof previewed>[] =>
  jsonLines(out).map((line) => previewed.parse(line));

function jsonLines(out: string): unknown[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** What stands on the sandbox's timeline, oldest first. */
export async function timeline(api: string): Promise<string[]> {
  const found = z
    .array(z.object({ id: z.string(), text: z.string() }))
    .parse(await (await fetch(`${api}/sandbox/posts`)).json());
  return found.toSorted((a, b) => a.id.localeCompare(b.id)).map((each) => each.text);
}

/** Makes the sandbox misbehave. */
export async function fault(api: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${api}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers,
  });
  if (!answer.ok) throw new Error(await answer.text());
}
