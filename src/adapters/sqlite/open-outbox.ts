import { FileBallast } from './ballast.ts';
import type { Connection } from './connection.ts';
import { FilePlace } from './file-place.ts';
import { makeDataDir, storeFiles } from './files.ts';
import { openDatabase, openEmpty, openForReading } from './open-database.ts';
import { SqliteOutbox } from './outbox.ts';
import { FileOutcomeSlots } from './outcome-slots.ts';

/**
 * The store of a data folder, for the worker and for commands that change something. Makes folder and database where there are
 * none. `checkIntegrity` reads the whole file; only a command that must be quick leaves it out, because the worker has done it.
 * Throws StoreError where the storage can't be used.
 */
export function openSqliteOutbox(options: { dataDir: string; checkIntegrity?: boolean }): SqliteOutbox {
  makeDataDir(options.dataDir);
  const files = storeFiles(options.dataDir);
  const db = openDatabase(files, options.checkIntegrity ?? true);
  const slots = new FileOutcomeSlots(files.outcomes);
  return new SqliteOutbox(db, new FileBallast(files.ballast), slots, new FilePlace(files.database));
}

/**
 * The store of a data folder for commands that only look. Creates nothing: where there is no database, it is an empty one in memory.
 * Every change rejects with StoreError `read-only`.
 */
export function openSqliteReader(options: { dataDir: string }): SqliteOutbox {
  return new SqliteOutbox(openForReading(storeFiles(options.dataDir)) ?? emptyReader(), null);
}

function emptyReader(): Connection {
  const db = openEmpty();
  db.exec('PRAGMA query_only = ON');
  return db;
}
