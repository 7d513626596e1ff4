import { existsSync } from 'node:fs';
import { StoreError } from '../../outbox/outbox-store.ts';
import { Connection } from './connection.ts';

/**
 * A lock of the operating system, held through SQLite's own locking on a database that stays empty: the system frees it when the
 * holder dies, however it dies, and never while the holder is merely frozen. Nothing else may open and close this file in a process
 * that holds it, because POSIX drops all of a process's locks on a file with the first close.
 */
export class WorkerLock {
  readonly #db: Connection;

  private constructor(db: Connection) {
    this.#db = db;
  }

  /** The lock, or null where another has it. Returns at once. */
  static tryTake(file: string): WorkerLock | null {
    const db = new Connection(file, 'write', 0);
    try {
      // A rollback journal and one exclusive transaction that never ends: nothing is ever written.
      db.exec('PRAGMA journal_mode = DELETE');
      db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      db.close();
      if (error instanceof StoreError && error.code === 'locked') return null;
      throw error;
    }
    return new WorkerLock(db);
  }

  /** Whether somebody has it now. Takes it from nobody, and makes no file. */
  static isHeld(file: string): boolean {
    if (!existsSync(file)) return false;
    const db = new Connection(file, 'read', 0);
    try {
      db.one('SELECT count(*) AS count FROM sqlite_schema');
      return false;
    } catch (error) {
      if (error instanceof StoreError && error.code === 'locked') return true;
      throw error;
    } finally {
      db.close();
    }
  }

  release(): void {
    this.#db.close();
  }
}
