import type { EpochMs } from '../feed/item.ts';
import { progressLimits } from '../limits/running.ts';

/** Work that takes so long that a person wonders how far it is. */
export type TaskKind = 'first-reading' | 'backlog' | 'export-posts' | 'export-audit';

/** How far a piece of long work is. `subject` is what it is done to, such as a feed; `total` null: nobody knows yet. */
export type Task = {
  id: string;
  kind: TaskKind;
  subject: string;
  done: number;
  total: number | null;
  since: EpochMs;
};

/** The same for whoever does the work. Leaving its scope ends it. */
export type Running = Disposable & {
  /** Aborts when a person stops the work. What was begun must then be left in a true state. */
  readonly signal: AbortSignal;
  step(done: number, total: number | null): void;
  /** The last moment to stop is over: false where somebody did, else nobody can any more. For work that ends in one commit. */
  close(): boolean;
};

type Kept = { task: Task; stop: AbortController; isClosed: boolean };

/**
 * The long work of this process: who does it tells here how far it is, the console and the terminal show it, and a person can stop it.
 * It lives in memory only, because what it tells of ends with the process.
 */
export class Progress {
  readonly #tasks = new Map<string, Kept>();
  readonly #listeners = new Set<() => void>();
  #count = 0;

  begin(kind: TaskKind, subject: string, total: number | null, now: EpochMs): Running {
    this.#count += 1;
    const id = `t${String(this.#count)}`;
    const stop = new AbortController();
    const kept: Kept = { task: { id, kind, subject, done: 0, total, since: now }, stop, isClosed: false };
    // Beyond the bound the work goes on, but is not shown: telling of it is never a reason to refuse it.
    if (this.#tasks.size < progressLimits.tasksMax) this.#tasks.set(id, kept);
    this.#tell();
    return {
      signal: stop.signal,
      step: (done, all) => {
        kept.task = { ...kept.task, done, total: all };
        this.#tell();
      },
      close: () => {
        kept.isClosed = !stop.signal.aborted;
        return kept.isClosed;
      },
      [Symbol.dispose]: () => {
        if (this.#tasks.delete(id)) this.#tell();
      },
    };
  }

  /** In the order in which they began. */
  list(): readonly Task[] {
    return [...this.#tasks.values()].map(({ task }) => task);
  }

  find(id: string): Task | null {
    return this.#tasks.get(id)?.task ?? null;
  }

  /** Asks the work to stop, and shows it no longer; null where it has ended, or can no longer be stopped. */
  stop(id: string): Task | null {
    const kept = this.#tasks.get(id);
    if (kept === undefined || kept.isClosed) return null;
    kept.stop.abort();
    this.#tasks.delete(id);
    this.#tell();
    return kept.task;
  }

  /** Is told at every change. Returns how to stop listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Lets the rest of the program have its turn in the middle of work that would keep the processor to itself. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
