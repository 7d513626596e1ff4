import type { Lease, LeasePort, LeaseRequest } from '../../outbox/lease.ts';
import type { MemoryOutbox } from './outbox.ts';

type Held = { holder: string; epoch: number; renewedAtMs: number };

/**
 * The lease of a store in memory. Without a time to live it ends when it is released, or when `holderDied` says what the operating
 * system would notice. With one, it also ends by age on the boot clock given, as a lease in a shared database does.
 */
export class MemoryLease implements LeasePort {
  readonly #store: MemoryOutbox;
  readonly #ttlMs: number;
  readonly #bootMs: () => number;
  #held: Held | null = null;

  constructor(store: MemoryOutbox, options: { ttlMs: number; bootMs: () => number } | null = null) {
    this.#store = store;
    this.#ttlMs = options?.ttlMs ?? Number.POSITIVE_INFINITY;
    this.#bootMs = options?.bootMs ?? (() => 0);
  }

  /** Never waits: in a simulation nobody else runs while this does. Ask again later. */
  acquire(holder: string): Promise<LeaseRequest> {
    const present = this.#present();
    if (present !== null) return Promise.resolve({ kind: 'busy', holder: present.holder });
    const held: Held = { holder, epoch: this.#store.takeEpoch(holder), renewedAtMs: this.#bootMs() };
    this.#held = held;
    return Promise.resolve({ kind: 'held', lease: this.#leaseOf(held) });
  }

  holder(): Promise<string | null> {
    return Promise.resolve(this.#present()?.holder ?? null);
  }

  /** The holder was killed: its lock is free at once. */
  holderDied(): void {
    this.#held = null;
  }

  /** Extends the present holder's time, as its own timer would; nothing happens once somebody else holds it. */
  renew(epoch: number): void {
    if (this.#held?.epoch === epoch) this.#held.renewedAtMs = this.#bootMs();
  }

  #present(): Held | null {
    if (this.#held === null) return null;
    return this.#bootMs() - this.#held.renewedAtMs < this.#ttlMs ? this.#held : null;
  }

  #leaseOf(held: Held): Lease {
    return {
      epoch: held.epoch,
      ttlMs: this.#ttlMs,
      ageMs: () => (this.#ttlMs === Number.POSITIVE_INFINITY ? 0 : this.#bootMs() - held.renewedAtMs),
      release: () => {
        if (this.#held === held) this.#held = null;
        return Promise.resolve();
      },
    };
  }
}
