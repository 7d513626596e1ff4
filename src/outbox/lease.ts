/**
 * The right to publish for a store: at most one process has it. `epoch` rises with every take-over and is part of every claim.
 * A holder that dies loses it at once (SQLite: a lock of the operating system) or after its time to live (PostgreSQL).
 */
export interface Lease {
  readonly epoch: number;
  /** Milliseconds since the lease was last known to be ours, on a clock that counts suspend; 0 where the system holds it for us. */
  ageMs(): number;
  readonly ttlMs: number;
  release(): Promise<void>;
}

export type LeaseRequest = { kind: 'held'; lease: Lease } | { kind: 'busy'; holder: string };

export interface LeasePort {
  /** Waits up to `waitMs` for another holder to let go. */
  acquire(holder: string, waitMs: number): Promise<LeaseRequest>;
  /** Who has it now, for people to read; null: nobody. Never takes it. */
  holder(): Promise<string | null>;
}
