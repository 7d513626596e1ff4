import { createHash } from 'node:crypto';
import type { Entry, Scope } from '../../outbox/entry.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import type { Row } from './connection.ts';
import type { Params } from './sql.ts';

/** The value that a row holds in its `body`. This program wrote it; its shape is trusted. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names what the table holds
export function bodyOf<T>(row: Row): T {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said above
    return JSON.parse(String(row['body'])) as T;
  } catch (error) {
    throw new StoreError('corrupt', 'unreadable body', { cause: error });
  }
}

/** A BIGINT or a count: the driver gives them as text. All of ours are within 2^53. */
export function integer(row: Row, column: string): number {
  const value = Number(row[column]);
  if (row[column] === null || !Number.isSafeInteger(value))
    throw new StoreError('corrupt', `unreadable value in ${column}`);
  return value;
}

/** A text to be found by. PostgreSQL's text holds no U+0000; the body keeps what was said exactly. */
export function key(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

export function scopeParams(scope: Scope): { mode: string; account: string } {
  return { mode: scope.mode, account: key(scope.account) };
}

export function entryParams(entry: Entry): Params {
  return {
    ...scopeParams(entry),
    id: key(entry.id),
    topic: entry.topic,
    state: entry.state,
    text_key: key(entry.textKey),
    origin_key: entry.originKey === null ? null : key(entry.originKey),
    predecessor_id: entry.predecessorId === null ? null : key(entry.predecessorId),
    created_at: entry.createdAt,
    due_at: entry.dueAt,
    attempt_at: entry.attempt?.at ?? null,
    remote_id: entry.remoteId === null ? null : key(entry.remoteId),
    published_at: entry.publishedAt,
    override_pause: entry.overridePause,
    revision: entry.revision,
    feed: entry.source === null ? null : key(entry.source.feed),
    body: JSON.stringify(entry),
  };
}

/** As in the other store: 16 bytes that cover the scope too. */
export function seenKeyHash(scope: Scope, seenKey: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([scope.mode, scope.account, seenKey]))
    .digest()
    .subarray(0, 16);
}
