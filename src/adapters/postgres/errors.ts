import { StoreError } from '../../outbox/outbox-store.ts';
import type { StoreErrorCode } from '../../outbox/outbox-store.ts';

/** PostgreSQL's codes (Appendix A of its manual) that have a meaning of their own; the rest goes by class. */
const CODES: Readonly<Record<string, StoreErrorCode>> = {
  '23505': 'conflict', // unique_violation: another process was first
  '25006': 'read-only', // read_only_sql_transaction: a standby
  '25P03': 'io', // idle_in_transaction_session_timeout: the session was ended, what it had begun is undone
  '25P04': 'io', // transaction_timeout: as well
  '42501': 'read-only', // insufficient_privilege
  '40001': 'locked', // serialization_failure
  '40P01': 'locked', // deadlock_detected
  '55P03': 'locked', // lock_not_available: lock_timeout
  '57014': 'locked', // query_canceled: statement_timeout
  '53100': 'full', // disk_full
};
const CLASSES: Readonly<Record<string, StoreErrorCode>> = {
  '08': 'io', // connection
  '28': 'io', // authorization
  '53': 'io', // resources
  '57': 'io', // shutdown
  '58': 'io', // the server's own disk
  XX: 'corrupt',
};

/**
 * Turns what the driver threw into a StoreError, by SQLSTATE, never by its text. Without one the connection failed: the server
 * never said what became of the statement. To be given errors of the driver alone. A broken constraint or a wrong statement is a defect and is returned as it is.
 */
export function toStoreError(error: unknown, commitUnknown = false): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const state = sqlState(error);
  const code = state === null ? 'io' : (CODES[state] ?? CLASSES[state.slice(0, 2)]);
  return code === undefined ? error : new StoreError(code, error.message, { cause: error, commitUnknown });
}

/** Null where the server did not answer at all. */
function sqlState(error: Error): string | null {
  if (!('code' in error)) return null;
  const { code } = error;
  // The driver's own codes (ECONNRESET, …) are longer than SQL's five signs.
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : null;
}
