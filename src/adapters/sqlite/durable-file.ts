import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { toStoreError } from './errors.ts';

/**
 * Makes the file with these bytes: it appears under its name when it is whole and on the disk. Throws StoreError (`full`, `read-only`,
 * `io`) and leaves nothing where it can't be made.
 */
export function makeDurably(file: string, bytes: Buffer): void {
  const partial = `${file}.partial`;
  try {
    writeWhole(partial, bytes);
    renameSync(partial, file);
    flush(dirname(file));
  } catch (error) {
    // Half a file must not keep the little room that is left.
    rmSync(partial, { force: true, recursive: true });
    throw toStoreError(error);
  }
}

/**
 * Makes an empty file that its owner alone may read, where there is none: SQLite would make it readable by everybody on the machine, and
 * records hold names and password hashes. What it adds beside a database has the database's mode.
 */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch {
    // It is there already, or can't be made: whoever opens it next says why.
  }
}

/** What was written to a file, or done to the names in a folder, is on the disk when this returns. */
export function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeWhole(file: string, bytes: Buffer): void {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    // Some file systems find out only here that there is no room.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
