import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toStoreError } from './errors.ts';

/** What the store keeps in the data folder. SQLite adds `-wal` and `-shm` beside the database: never move or delete those alone. */
export type StoreFiles = { database: string; workerLock: string; ballast: string; outcomes: string };

export function storeFiles(dataDir: string): StoreFiles {
  return {
    database: join(dataDir, 'kosatsu.db'),
    workerLock: join(dataDir, 'worker.lock'),
    ballast: join(dataDir, 'ballast'),
    outcomes: join(dataDir, 'outcomes'),
  };
}

/**
 * Whether the file is there and may be read. Throws what the file system says where it does not tell or may not be read: a folder that
 * is closed to this user must never pass for an empty one.
 */
export function isReadable(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return false;
  accessSync(file, constants.R_OK);
  return true;
}

/** Not `recursive`: where a parent exists but takes no folders (as under /proc), Node would try for ever. */
function makeOneByOne(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory())
      throw Object.assign(new Error(`${folder} is no folder`), { code: 'ENOTDIR', syscall: 'mkdir' });
    return;
  }
  const parent = dirname(folder);
  if (parent !== folder) makeOneByOne(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/** Makes the folder, readable by its owner alone. Throws StoreError where it can't be made or written. */
export function makeDataDir(dataDir: string): void {
  try {
    makeOneByOne(dataDir);
    // SQLite would only say that it can't open the file; the file system says why.
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw toStoreError(error);
  }
}
