import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

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
