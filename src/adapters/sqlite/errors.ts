import { StoreError } from '../../outbox/outbox-store.ts';
import type { StoreErrorCode } from '../../outbox/outbox-store.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html); extended codes carry them in their low byte. */
const CODES: Readonly<Record<number, StoreErrorCode>> = {
  3: 'read-only', // PERM
  5: 'locked', // BUSY
  6: 'locked', // LOCKED
  8: 'read-only', // READONLY
  10: 'io', // IOERR
  11: 'corrupt', // CORRUPT
  13: 'full', // FULL
  14: 'io', // CANTOPEN
  15: 'locked', // PROTOCOL: the lock of the log could not be had
  23: 'read-only', // AUTH
  26: 'corrupt', // NOTADB
};

/** UNIQUE and PRIMARY KEY violations: another process was first. Every other constraint is a defect of ours. */
const CONFLICTS: readonly number[] = [2067, 1555];

/** What the file system says while a folder or a file is made. */
const SYSTEM_CODES: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
};

/** Turns what the driver or the file system threw into a StoreError, by its code, never by its text. Anything else is a defect and is returned as it is. */
export function toStoreError(error: unknown, commitUnknown = false): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    if (CONFLICTS.includes(error.errcode)) return new StoreError('conflict', error.message, { cause: error });
    const code = CODES[error.errcode & 0xff];
    return code === undefined ? error : new StoreError(code, error.message, { cause: error, commitUnknown });
  }
  if ('code' in error && typeof error.code === 'string' && 'syscall' in error) {
    return new StoreError(SYSTEM_CODES[error.code] ?? 'io', error.message, { cause: error });
  }
  return error;
}
