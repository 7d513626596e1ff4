import { setTimeout as sleep } from 'node:timers/promises';
import type { EpochMs } from '../../feed/item.ts';
import { storeLimits } from '../../limits/storage.ts';
import type { Lease, LeasePort, LeaseRequest } from '../../outbox/lease.ts';
import type { Connection } from './connection.ts';
import { makeDataDir, storeFiles } from './files.ts';
import type { StoreFiles } from './files.ts';
import { openDatabase, openForReading } from './open-database.ts';
import { leaseHolder, takeEpoch } from './scope-rows.ts';
import { WorkerLock } from './worker-lock.ts';

/**
 * The lease of a data folder: the operating system holds it for us while we live, so it has no age and no end. Each holder begins a
 * new epoch in the database, so that even if the lock's file was deleted under a holder, its claims are refused from then on.
 */
export class SqliteLease implements LeasePort {
  readonly #dataDir: string;
  readonly #files: StoreFiles;
  readonly #now: () => EpochMs;

  constructor(options: { dataDir: string; now: () => EpochMs }) {
    this.#dataDir = options.dataDir;
    this.#files = storeFiles(options.dataDir);
    this.#now = options.now;
  }

  async acquire(holder: string, waitMs: number): Promise<LeaseRequest> {
    makeDataDir(this.#dataDir);
    let waitedMs = 0;
    let lock = WorkerLock.tryTake(this.#files.workerLock);
    while (lock === null && waitedMs < waitMs) {
      const pauseMs = Math.min(storeLimits.leaseRetryMs, waitMs - waitedMs);
      await sleep(pauseMs);
      waitedMs += pauseMs;
      lock = WorkerLock.tryTake(this.#files.workerLock);
    }
    if (lock === null) return { kind: 'busy', holder: this.#lastHolder() };
    try {
      return { kind: 'held', lease: leaseOf(lock, this.#beginEpoch(holder)) };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  holder(): Promise<string | null> {
    return new Promise((resolve) => {
      resolve(WorkerLock.isHeld(this.#files.workerLock) ? this.#lastHolder() : null);
    });
  }

  #beginEpoch(holder: string): number {
    const db = openDatabase(this.#files, false);
    return closing(db, () => db.transaction(() => takeEpoch(db, holder, this.#now())));
  }

  #lastHolder(): string {
    const db = openForReading(this.#files);
    return db === null ? '' : closing(db, () => leaseHolder(db) ?? '');
  }
}

function leaseOf(lock: WorkerLock, epoch: number): Lease {
  return {
    epoch,
    ttlMs: Number.POSITIVE_INFINITY,
    ageMs: () => 0,
    release: () =>
      new Promise((resolve) => {
        resolve(lock.release());
      }),
  };
}

function closing<T>(db: Connection, work: () => T): T {
  try {
    return work();
  } finally {
    db.close();
  }
}
