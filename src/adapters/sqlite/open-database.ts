import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { storeLimits } from '../../limits/storage.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import { integer, text } from './columns.ts';
import { Connection } from './connection.ts';
import { isReadable, type StoreFiles } from './files.ts';
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts';
import { WorkerLock } from './worker-lock.ts';

/**
 * Opens the database for writing, makes it where there is none, and brings its schema up to date. With `check`, its integrity is
 * proved first (all of it is read). Throws StoreError: `corrupt`, `too-old`, `locked` (an older version is at work), …
 */
export function openDatabase(files: StoreFiles, check: boolean): Connection {
  const db = new Connection(files.database, 'write');
  try {
    requireOwn(db);
    const mode = db.one('PRAGMA journal_mode = WAL');
    if (mode === null || text(mode, 'journal_mode') !== 'wal') {
      throw new StoreError('io', 'this file system can not hold a write-ahead log');
    }
    // FULL: a commit is on the disk when it returns. No mmap: it was part of the only known corruption in the field. What is deleted or
    // replaced is overwritten: a name that was erased, or a password's old hash, must not lie in the file's free space.
    db.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA mmap_size = 0;
      PRAGMA secure_delete = ON;
      PRAGMA journal_size_limit = ${String(storeLimits.walMaxBytes)};
    `);
    if (check) requireSound(db);
    requireNoOlderWorker(db, files);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens an existing database for reading only; null where there is none. Throws what the file system says where it may not be read.
 * Where no write-ahead log lies beside it, nobody has it open, so it is read as a file that does not change: SQLite then makes no files
 * of its own beside it. `shared` makes them, where it may, and so sees one moment of the database also where a worker starts meanwhile.
 */
export function openForReading(files: StoreFiles, shared = false): Connection | null {
  if (!isReadable(files.database)) return null;
  const url = pathToFileURL(files.database);
  const isShared = existsSync(`${files.database}-wal`) || (shared && isWritable(dirname(files.database)));
  if (!isShared) url.searchParams.set('immutable', '1');
  const db = new Connection(url, 'read');
  try {
    requireOwn(db);
    const version = schemaVersion(db);
    if (version === 0) {
      db.close();
      return null;
    }
    if (version < MIGRATIONS.length) {
      throw new StoreError('outdated', 'the database is of an older version');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** An empty database in memory with the present schema. */
export function openEmpty(): Connection {
  const db = new Connection(':memory:', 'write');
  migrate(db);
  return db;
}

export function schemaVersion(db: Connection): number {
  const row = db.one('PRAGMA user_version');
  return row === null ? 0 : integer(row, 'user_version');
}

/**
 * Throws StoreError `corrupt` with SQLite's first findings. The indexes are held against their tables too, which quick_check leaves out:
 * one that has lost a line no longer keeps a second entry of one announcement out. 0.3 s for 20,000 entries in 75 MB, 0.2 s without.
 */
export function requireSound(db: Connection): void {
  const findings = db.all('PRAGMA integrity_check(3)').map((row) => text(row, 'integrity_check'));
  if (findings.length !== 1 || findings[0] !== 'ok') throw new StoreError('corrupt', findings.join('; '));
}

/** Refuses another program's file, and one that a newer version made. */
export function requireOwn(db: Connection): void {
  const id = db.one('PRAGMA application_id');
  const tables = db.one('SELECT count(*) AS count FROM sqlite_schema');
  const isEmpty = tables !== null && integer(tables, 'count') === 0;
  if (!isEmpty && (id === null || integer(id, 'application_id') !== APPLICATION_ID)) {
    throw new StoreError('corrupt', 'the file is a database of another program');
  }
  if (schemaVersion(db) > MIGRATIONS.length) {
    throw new StoreError('too-old', 'the database was made by a newer version of the program');
  }
}

/** Runs what is missing, each migration in a transaction of its own; killed half way, the next start goes on from there. */
export function migrate(db: Connection, migrations: readonly string[] = MIGRATIONS): void {
  for (const [index, migration] of migrations.entries()) {
    if (schemaVersion(db) > index) continue;
    db.transaction(() => {
      // Read again inside the transaction: another process may have just done it.
      if (schemaVersion(db) > index) return;
      db.exec(migration);
      db.exec(`PRAGMA user_version = ${String(index + 1)}`);
      db.exec(`PRAGMA application_id = ${String(APPLICATION_ID)}`);
    });
  }
}

/** Throws StoreError `locked`: the worker of an older version would go on with statements that a new schema no longer understands. */
export function requireNoOlderWorker(
  db: Connection,
  files: StoreFiles,
  newest: number = MIGRATIONS.length,
): void {
  const version = schemaVersion(db);
  if (version > 0 && version < newest && WorkerLock.isHeld(files.workerLock)) {
    throw new StoreError('locked', 'a worker of an older version has the database open; stop it first');
  }
}
