import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toStoreError } from './errors.ts';

/** What the store keeps in the data folder. SQLite adds `-wal` and `-shm` beside the database: never move or delete those alone. */
export type StoreFiles = { database: string; workerLock: string; ballast: string };

export function storeFiles(dataDir: string): StoreFiles {
  return {
    database: join(dataDir, 'kosatsu.db'),
    workerLock: join(dataDir, 'worker.lock'),
    ballast: join(dataDir, 'ballast'),
  };
}

/** Makes the folder, readable by its owner alone. Throws StoreError where it can't be made or written. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // SQLite would only say that it can't open the file; the file system says why.
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw toStoreError(error);
  }
}
