import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { storeLimits } from '../../limits/storage.ts';
import { toStoreError } from './errors.ts';

/** Space kept back for the one commit that must not fail: the outcome of a POST that has left. */
export interface Ballast {
  /** Makes sure that the space is kept. Throws StoreError (`full`, `read-only`, `io`) where it can't be. */
  ensure(): void;
  /** Gives the space up. False where there was none to give. */
  giveUp(): boolean;
}

/** A file of random bytes, so that no file system stores it as a hole or compresses it away. */
export class FileBallast implements Ballast {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  ensure(): void {
    if (statSync(this.#file, { throwIfNoEntry: false })?.size === storeLimits.ballastBytes) return;
    const partial = `${this.#file}.partial`;
    try {
      writeDurably(partial);
      renameSync(partial, this.#file);
    } catch (error) {
      // Half a ballast must not keep the little room that is left.
      rmSync(partial, { force: true, recursive: true });
      throw toStoreError(error);
    }
  }

  giveUp(): boolean {
    if (statSync(this.#file, { throwIfNoEntry: false }) === undefined) return false;
    rmSync(this.#file, { force: true });
    return true;
  }
}

function writeDurably(file: string): void {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    const bytes = randomBytes(storeLimits.ballastBytes);
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    // Some file systems find out only here that there is no room.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
