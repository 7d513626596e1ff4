import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const ENTRY = join(ROOT, 'bin', 'kosatsu.js');
export const CONFIG = join(ROOT, 'config');

/** Nothing of the tester's own environment reaches the program: no credentials, no settings, no locale. */
const BARE_ENV = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LC_ALL: 'C.UTF-8', LOGNAME: 'tester' };

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };
export type Options = {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Typed into standard input, which then ends. */
  input?: string;
  node?: string;
  entry?: string;
};

/** A running program of which the output so far can be looked at. */
export type Running = {
  child: ChildProcess;
  out(): string;
  err(): string;
  ended: Promise<Ended>;
  /** Resolves with the match once stdout shows it; rejects with all output when the program ends first. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
};

/** Starts the real entry point as a person would. */
export function start(words: readonly string[], options: Options = {}): Running {
  const child = spawn(options.node ?? process.execPath, [options.entry ?? ENTRY, ...words], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...BARE_ENV, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code, signal) => done({ code, signal, out, err }));
  });
  return {
    child,
    ended,
    out: () => out,
    err: () => err,
    shows: (pattern) =>
      new Promise((found, missed) => {
        const look = (): void => {
          const match = pattern.exec(out);
          if (match !== null) found(match);
        };
        child.stdout?.on('data', look);
        void ended.then((end) =>
          missed(new Error(`ended before it showed ${String(pattern)}: ${JSON.stringify(end)}`)),
        );
        look();
      }),
  };
}

/** Runs the program to its end. */
export function kosatsu(words: readonly string[], options: Options = {}): Promise<Ended> {
  return start(words, options).ended;
}

/** A fresh folder that is removed afterwards, and what a test started in it. */
export class Workplace {
  readonly dir = mkdtempSync(join(tmpdir(), 'kosatsu-smoke-'));
  readonly data = join(this.dir, 'data');
  readonly #started: Running[] = [];

  /** Starts a program that `close` ends. */
  start(words: readonly string[], options: Options = {}): Running {
    const running = start(words, { cwd: this.dir, ...options });
    this.#started.push(running);
    return running;
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
