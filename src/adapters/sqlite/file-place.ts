import { statSync } from 'node:fs';
import { StoreError } from '../../outbox/outbox-store.ts';
import { toStoreError } from './errors.ts';

/**
 * Whether the file that was opened still lies where it was. A system lets one go on writing into a file that somebody has deleted or
 * moved away: all of it would be gone with the process, and the next one would know nothing of what stands at X.
 */
export class FilePlace {
  readonly #file: string;
  readonly #opened: string | null;

  /** To be made once the file is open. */
  constructor(file: string) {
    this.#file = file;
    this.#opened = identityOf(file);
  }

  /** Throws StoreError `io` where another file lies there, or none. */
  ensure(): void {
    if (identityOf(this.#file) !== this.#opened)
      throw new StoreError('io', `${this.#file} was deleted or moved while it was in use`);
  }
}

function identityOf(file: string): string | null {
  try {
    const found = statSync(file, { throwIfNoEntry: false, bigint: true });
    return found === undefined ? null : `${String(found.dev)} ${String(found.ino)}`;
  } catch (error) {
    throw toStoreError(error);
  }
}
