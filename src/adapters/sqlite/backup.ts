import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BackupResult } from '../../outbox/backups.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import { integer } from './columns.ts';
import { Connection } from './connection.ts';
import { flush, makePrivate } from './durable-file.ts';
import { toStoreError } from './errors.ts';
import { storeFiles } from './files.ts';
import { openForReading, requireOwn, requireSound, schemaVersion } from './open-database.ts';

/**
 * Writes a copy of the data folder's database to `file`, while a worker may go on. The copy appears under its name only when it is
 * whole, proved and on the disk; an existing file is never overwritten. Throws StoreError (`corrupt`, …) where the store itself
 * can't be read.
 */
export function backupDatabase(options: { dataDir: string; file: string }): BackupResult {
  const { file } = options;
  if (existsSync(file)) return { kind: 'exists' };
  const source = openForReading(storeFiles(options.dataDir), true);
  if (source === null) return { kind: 'nothing-to-back-up' };
  try {
    return { kind: 'backed-up', bytes: writeCopy(source, file) };
  } catch (error) {
    // What the target refuses says nothing about the store.
    if (error instanceof StoreError && ['full', 'read-only', 'io'].includes(error.code))
      return { kind: 'not-written', detail: error.message };
    throw error;
  } finally {
    source.close();
  }
}

/** Writes a proved copy of the database under the name, or throws StoreError and leaves nothing. Returns its size in bytes. */
export function writeCopy(source: Connection, file: string): number {
  const partial = `${file}.partial`;
  try {
    rmSync(partial, { force: true, recursive: true });
    makePrivate(partial);
    // One statement, one consistent moment: writers wait for nothing.
    source.run('VACUUM INTO :partial', { partial });
    const bytes = proveCopy(partial);
    flush(partial);
    renameSync(partial, file);
    flush(dirname(file));
    return bytes;
  } catch (error) {
    rmSync(partial, { force: true, recursive: true });
    throw toStoreError(error);
  }
}

/** Returns the file's size in bytes; throws StoreError where it is damaged, another program's, or newer than this program. */
export function proveCopy(file: string): number {
  const db = new Connection(file, 'read');
  try {
    requireOwn(db);
    if (schemaVersion(db) === 0) throw new StoreError('corrupt', 'the file holds no outbox');
    requireSound(db);
    const broken = db.all('PRAGMA foreign_key_check');
    if (broken.length > 0) throw new StoreError('corrupt', 'history without its entry');
    const size = db.one(
      'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
    );
    return size === null ? 0 : integer(size, 'bytes');
  } finally {
    db.close();
  }
}
