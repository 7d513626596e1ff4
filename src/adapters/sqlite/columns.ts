import { StoreError } from '../../outbox/outbox-store.ts';
import type { Row } from './connection.ts';

/** Typed reading of columns. A value that this program would not have written means a damaged file: StoreError `corrupt`. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw damaged(column);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw damaged(column);
  return value;
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

/** A word of a closed list. */
export function word<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = text(row, column);
  const known = words.find((one) => one === value);
  if (known === undefined) throw damaged(column);
  return known;
}

/** JSON that this program wrote itself; its shape is trusted as far as the file's integrity is. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the type, as with the other columns
export function json<T>(row: Row, column: string): T {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said above
    return JSON.parse(text(row, column)) as T;
  } catch (error) {
    throw damaged(column, error);
  }
}

function damaged(column: string, cause?: unknown): StoreError {
  return new StoreError('corrupt', `unreadable value in column ${column}`, { cause });
}
