import { Worker } from 'node:worker_threads';
import type { FeedParser, Parsed, ParseInput } from '../../feed/parsed-feed.ts';
import { parseLimits } from '../../limits/intake.ts';

/** How the thread is started and bounded; the defaults are those of limits/intake.ts, tests choose shorter ones. */
export type ParserOptions = {
  idleMs?: number;
  deadlineMs?: number;
  startMs?: number;
  heapMb?: number;
  /** The thread's program, which says 'ready' first; tests put a hanging one here. */
  program?: URL;
};

type Job = { input: ParseInput; resolve: (parsed: Parsed) => void };

/**
 * A parser behind a fence: a document can make any reader slow or large, and only another thread can be ended while it
 * runs. Documents are read one after another; the thread starts at the first and ends after a rest.
 */
export function createParser(options: ParserOptions = {}): FeedParser {
  const fence = new Fence({
    idleMs: parseLimits.workerIdleMs,
    deadlineMs: parseLimits.parseDeadlineMs,
    startMs: parseLimits.workerStartMs,
    heapMb: parseLimits.workerHeapMb,
    program: new URL('./parse-thread.ts', import.meta.url),
    ...options,
  });
  return { parse: (input) => fence.parse(input), close: () => fence.close() };
}

class Fence {
  readonly #options: Required<ParserOptions>;
  readonly #waiting: Job[] = [];
  #current: Job | null = null;
  #worker: Worker | null = null;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: Required<ParserOptions>) {
    this.#options = options;
  }

  parse(input: ParseInput): Promise<Parsed> {
    if (this.#closed) return Promise.resolve(failed('parse-failed', 'closed'));
    if (this.#waiting.length >= parseLimits.workerQueueMax) {
      return Promise.resolve(failed('parse-failed', `${this.#waiting.length} documents waiting`));
    }
    return new Promise((resolve) => {
      this.#waiting.push({ input, resolve });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const left = this.#waiting.splice(0);
    for (const job of left) job.resolve(failed('parse-failed', 'closed'));
    await this.#end(failed('parse-failed', 'closed'));
  }

  #next(): void {
    if (this.#current !== null) return;
    clearTimeout(this.#timer);
    const job = this.#waiting.shift();
    if (job === undefined) {
      // The rest before the end must not keep a program alive that has nothing else to do.
      this.#timer = setTimeout(() => void this.#end(null), this.#options.idleMs).unref();
      return;
    }
    this.#current = job;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#setDeadline();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a browser's window
    this.#worker.postMessage(job.input);
  }

  /** Until the thread can read, it has its own time to start; then the document's time begins. */
  #setDeadline(): void {
    const { startMs, deadlineMs } = this.#options;
    const waitMs = this.#ready ? deadlineMs : startMs;
    const answer = failed(this.#ready ? 'parse-timeout' : 'parse-failed', `${waitMs / 1_000} s`);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#end(answer), waitMs);
  }

  #start(): Worker {
    this.#ready = false;
    const worker = new Worker(this.#options.program, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMb },
    });
    const isCurrent = (): boolean => this.#worker === worker;
    worker.on('message', (said: 'ready' | Parsed) => {
      if (!isCurrent()) return;
      if (said !== 'ready') return this.#settle(said);
      this.#ready = true;
      if (this.#current !== null) this.#setDeadline();
    });
    // A thread that dies takes its document with it; the next document gets a new thread.
    const died = (detail: string): void => {
      if (!isCurrent()) return;
      this.#worker = null;
      this.#settle(failed('parse-failed', detail));
    };
    worker.on('error', (error) => died(String(error).slice(0, 200)));
    worker.on('messageerror', (error) => died(String(error).slice(0, 200)));
    worker.on('exit', (code) => died(`thread ended with ${code}`));
    return worker;
  }

  #settle(parsed: Parsed): void {
    const job = this.#current;
    this.#current = null;
    clearTimeout(this.#timer);
    this.#worker?.unref();
    job?.resolve(parsed);
    if (!this.#closed) this.#next();
  }

  /** Ends the thread first, so that nothing of it can answer for the next document. */
  async #end(answer: Parsed | null): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    clearTimeout(this.#timer);
    const ended = worker?.terminate();
    if (answer !== null) this.#settle(answer);
    await ended;
  }
}

function failed(code: 'parse-timeout' | 'parse-failed', detail: string): Parsed {
  return { items: [], problems: [{ code, detail }], lastBuildDate: null, ttlMs: null, doubledGuids: false };
}
