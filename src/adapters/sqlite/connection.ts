import { DatabaseSync, backup } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { storeLimits } from '../../limits/storage.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import { makePrivate } from './durable-file.ts';
import { toStoreError } from './errors.ts';

export type Row = Record<string, SQLOutputValue>;
/** Named parameters, without their colon. */
export type Params = Readonly<Record<string, SQLInputValue>>;

/** Before it, two connections to one file could corrupt it (sqlite.org/wal.html, the WAL-reset bug); we have worker and CLI. */
const OLDEST_SAFE: readonly [number, number, number] = [3, 51, 3];

/** One connection. Synchronous: a transaction is a function, so nothing of ours can run in the middle of it. */
export class Connection {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** `file` may be a `file:` URL with SQLite's parameters. Refuses a library that is not safe before it opens anything. */
  constructor(file: string | URL, mode: 'write' | 'read', busyMs: number = storeLimits.busyMs) {
    requireSafeLibrary(libraryVersion());
    if (mode === 'write' && typeof file === 'string' && file !== ':memory:') makePrivate(file);
    this.#db = mapped(() => {
      return new DatabaseSync(file, {
        readOnly: mode === 'read',
        timeout: busyMs,
        enableForeignKeyConstraints: true,
        enableDoubleQuotedStringLiterals: false,
      });
    });
  }

  exec(sql: string): void {
    mapped(() => this.#db.exec(sql));
  }

  all(sql: string, params: Params = {}): Row[] {
    return mapped(() => this.#prepare(sql).all(bound(params)));
  }

  one(sql: string, params: Params = {}): Row | null {
    return mapped(() => this.#prepare(sql).get(bound(params)) ?? null);
  }

  /** Returns how many rows changed. */
  run(sql: string, params: Params = {}): number {
    return mapped(() => Number(this.#prepare(sql).run(bound(params)).changes));
  }

  /**
   * Runs `work` as one transaction that takes the write lock first, so that what it reads is what it changes. What it throws rolls
   * everything back. A commit that fails for an I/O error may nevertheless be on the disk after a power loss: `commitUnknown`.
   */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    let result: T;
    try {
      result = work();
    } catch (error) {
      this.#rollback();
      throw error;
    }
    try {
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#rollback();
      const failure = toStoreError(error);
      throw failure instanceof StoreError && failure.code === 'io' ? toStoreError(error, true) : failure;
    }
    return result;
  }

  /** Replaces the whole content of the database in `file` by this one's, in one transaction there; makes it where there is none. */
  async copyInto(file: string): Promise<void> {
    makePrivate(file);
    try {
      await backup(this.#db, file);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) mapped(() => this.#db.close());
  }

  #rollback(): void {
    // SQLite has rolled back by itself after some failures; a second one would hide the first.
    if (this.#db.isTransaction) mapped(() => this.#db.exec('ROLLBACK'));
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Asked of an empty database in memory, because even a harmless question to a file needs its lock. */
function libraryVersion(): unknown {
  const db = new DatabaseSync(':memory:');
  try {
    return db.prepare('SELECT sqlite_version() AS version').get()?.['version'];
  } finally {
    db.close();
  }
}

/** Throws StoreError `too-old` for a SQLite library below 3.51.3, or one whose version nobody can tell. */
export function requireSafeLibrary(version: unknown): void {
  const parts = String(version).split('.').map(Number);
  const at = OLDEST_SAFE.findIndex((needed, index) => parts[index] !== needed);
  const isSafe = at === -1 || (parts[at] ?? Number.NaN) > (OLDEST_SAFE[at] ?? 0);
  if (!isSafe) throw new StoreError('too-old', `SQLite ${String(version)} is older than 3.51.3`);
}

function mapped<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error);
  }
}

/** The driver would bind a missing value as NULL without a word. */
function bound(params: Params): Record<string, SQLInputValue> {
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) throw new Error(`no value for :${name}`);
  }
  return params;
}
