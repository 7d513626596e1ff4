import PQueue from 'p-queue';

/** How one host is spared; durations in milliseconds. */
export type Manners = {
  /** Visits to one host at the same time. */
  atOnce: number;
  /** From the beginning of one visit to that of the next. */
  apartMs: number;
  /** A host's wish for a pause counts up to this. */
  pauseMaxMs: number;
};

type Host = { queue: PQueue; nextAt: number; pausedUntil: number };

/**
 * Takes visits in turn, host by host: several feeds of one site are one visitor to it, whatever their own intervals are, and
 * what the site asks of one of them holds for all. `monotonicMs` never jumps.
 */
export class HostTurns {
  readonly #manners: Manners;
  readonly #monotonicMs: () => number;
  readonly #hosts = new Map<string, Host>();

  constructor(manners: Manners, monotonicMs: () => number) {
    this.#manners = manners;
    this.#monotonicMs = monotonicMs;
  }

  /** Runs the visit when it is its turn; `spared` hosts (not machines of one's own) are visited at a distance. */
  async visit<T>(name: string, spared: boolean, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    this.#forgetIdle();
    const host = this.#host(name);
    return host.queue.add(async () => {
      if (spared) {
        const now = this.#monotonicMs();
        const at = Math.max(now, host.nextAt);
        host.nextAt = at + this.#manners.apartMs;
        await wait(at - now, signal);
      }
      return work();
    });
  }

  /** The host said that it wants no visits for so long. */
  pause(name: string, ms: number): void {
    const until = this.#monotonicMs() + Math.min(ms, this.#manners.pauseMaxMs);
    const host = this.#host(name);
    host.pausedUntil = Math.max(host.pausedUntil, until);
  }

  /** What is left of the pause that the host asked for, milliseconds; 0: none. */
  pauseLeftMs(name: string): number {
    const until = this.#hosts.get(name)?.pausedUntil ?? 0;
    return Math.max(0, Math.ceil(until - this.#monotonicMs()));
  }

  #host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = { queue: new PQueue({ concurrency: this.#manners.atOnce }), nextAt: 0, pausedUntil: 0 };
    this.#hosts.set(name, host);
    return host;
  }

  /** Hosts that nobody waits for are forgotten, so that the memory of them is bounded by the visits under way. */
  #forgetIdle(): void {
    const now = this.#monotonicMs();
    for (const [name, { queue, nextAt, pausedUntil }] of this.#hosts) {
      if (queue.size + queue.pending === 0 && nextAt <= now && pausedUntil <= now) this.#hosts.delete(name);
    }
  }
}

/** Ends with the time or with the signal; what follows looks at the signal itself. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
