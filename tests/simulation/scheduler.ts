/** Whose event it is: a killed owner's events never run, a frozen one's run when it thaws. */
export type Owner = { alive: boolean; frozenUntil: number };

type Event = { at: number; order: number; run: () => void; owner: Owner | null };

/** Events between two turns of Node's loop, in which what the program left to it (a rest between two pages of the log) goes on. */
const LET_NODE_BREATHE = 64;

/**
 * Virtual time: one event after another, by time and then by order of making, with all microtasks drained in between.
 * Nothing else moves the clock, so a run depends on its seed alone.
 */
export class Scheduler {
  /** Milliseconds since the run began; also the machine's boot clock. */
  now = 0;
  events = 0;
  readonly #heap: Event[] = [];
  #order = 0;

  at(time: number, run: () => void, owner: Owner | null = null): void {
    this.#push({ at: Math.max(time, this.now), order: (this.#order += 1), run, owner });
  }

  after(delay: number, run: () => void, owner: Owner | null = null): void {
    this.at(this.now + delay, run, owner);
  }

  /** Runs events until the time is reached, none is left, or `done` says so. */
  async run(until: number, done: () => boolean): Promise<void> {
    for (;;) {
      const event = this.#heap[0];
      if (event === undefined || event.at > until || done()) return;
      this.#pop();
      const { owner } = event;
      if (owner !== null && !owner.alive) continue;
      if (owner !== null && owner.frozenUntil > event.at) {
        this.at(owner.frozenUntil, event.run, owner);
        continue;
      }
      this.now = event.at;
      this.events += 1;
      event.run();
      await (this.events % LET_NODE_BREATHE === 0 ? new Promise(setImmediate) : drained());
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (before(heap[parent] as Event, event)) break;
      heap[index] = heap[parent] as Event;
      index = parent;
    }
    heap[index] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Event;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Event, heap[child] as Event)) child += 1;
      if (before(last, heap[child] as Event)) break;
      heap[index] = heap[child] as Event;
      index = child;
    }
    heap[index] = last;
  }
}

/** A tick has its turn when all microtasks are done, and costs a tenth of a turn of Node's own loop. */
function drained(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
