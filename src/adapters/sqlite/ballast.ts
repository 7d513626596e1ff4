import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { storeLimits } from '../../limits/storage.ts';
import { makeDurably } from './durable-file.ts';

/** Space kept back for the one commit that must not fail: the outcome of a POST that has left. */
export interface Ballast {
  /** Makes sure that the space is kept. Throws StoreError (`full`, `read-only`, `io`) where it can't be. */
  ensure(): void;
  /** Gives the space up. False where there was none to give, or it cannot be given. Never throws. */
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
    makeDurably(this.#file, randomBytes(storeLimits.ballastBytes));
  }

  giveUp(): boolean {
    try {
      if (statSync(this.#file, { throwIfNoEntry: false }) === undefined) return false;
      rmSync(this.#file, { force: true });
      return true;
    } catch {
      // What the caller must hear of is that the store is full, and that may be tried again.
      return false;
    }
  }
}
