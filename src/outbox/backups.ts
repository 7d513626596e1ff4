import type { EpochMs } from '../feed/item.ts';

export type BackupResult =
  | { kind: 'backed-up'; bytes: number }
  /** There is no store in the data folder yet. */
  | { kind: 'nothing-to-back-up' }
  /** A file of that name is there already; it is never overwritten. */
  | { kind: 'exists' }
  /** The file cannot be written there; the store itself is sound. */
  | { kind: 'not-written'; detail: string };

export type RestoreResult =
  /** `kept` is the name under which what was replaced now lies; null where there was nothing. */
  | { kind: 'restored'; entries: number; kept: string | null }
  | { kind: 'missing' }
  /** The file cannot be read, is damaged, or another program's. */
  | { kind: 'unusable'; detail: string }
  /** A worker or a command holds the lease: it would go on with what it read before. */
  | { kind: 'busy' };

/** Who has the records set back, and why. */
export type RestoreOrder = { by: string; reason: string | null };

/**
 * Copies of the whole memory of the program. Both reject with StoreError where the store itself fails (`full`, `read-only`, `corrupt`)
 * or the copy was made by a newer version (`too-old`); then nothing was changed, and no half-made file is left under the name given.
 */
export interface Backups {
  /** What lies in the data folder now; only read. `damaged`: it cannot be asked who may do what. */
  present(): Promise<'sound' | 'missing' | 'damaged'>;
  /** A copy of one moment, also while a worker goes on; whole and on the disk before it has its name. */
  backup(file: string): Promise<BackupResult>;
  /**
   * Puts a copy in the place of the store and notes when (`RESTORED_AT`), so that the account's timeline is compared before the
   * first announcement. What it replaces is kept beside. The record of the restored store says who did it, why, and where the
   * record that was replaced had ended.
   */
  restore(file: string, order: RestoreOrder, now: EpochMs): Promise<RestoreResult>;
}

/** Fact of every scope in a restored store: the instant (epoch milliseconds) at which its memory was set back. */
export const RESTORED_AT = 'restored-at';
