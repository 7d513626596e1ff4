import { storeLimits } from '../../limits/storage.ts';
import type { EpochMs } from '../../feed/item.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import type { Scope } from '../../outbox/entry.ts';
import type { Connection, Params, Row } from './connection.ts';
import { integer, json } from './columns.ts';
import { scopeParams, seenKeyHash, toSeenItem } from './rows.ts';

/** The statements on remembered items. Those that write expect to run inside a transaction. */

const UPSERT = `
  INSERT INTO seen (mode, account, seen_id, feed, keys, title, url, lang, published_at, first_seen_at, last_seen_at, disposition, entry_id)
  VALUES (:mode, :account, :seen_id, :feed, :keys, :title, :url, :lang, :published_at, :first_seen_at, :last_seen_at, :disposition, :entry_id)
  ON CONFLICT (mode, account, seen_id) DO UPDATE SET
    feed = excluded.feed, keys = excluded.keys, title = excluded.title, url = excluded.url, lang = excluded.lang,
    published_at = excluded.published_at, first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at,
    disposition = excluded.disposition, entry_id = excluded.entry_id
  RETURNING no`;
const BY_ID = 'SELECT no, keys FROM seen WHERE mode = :mode AND account = :account AND seen_id = :seen_id';
const INSERT_KEY = 'INSERT OR IGNORE INTO seen_key (hash, seen_no) VALUES (:hash, :no)';
const DELETE_KEY = 'DELETE FROM seen_key WHERE hash = :hash AND seen_no = :no';

/** Writes the item and the keys under which it is found. */
export function rememberItem(db: Connection, scope: Scope, item: SeenItem): void {
  const before = db.one(BY_ID, { ...scopeParams(scope), seen_id: item.seenId });
  if (before !== null) dropKeys(db, scope, before);
  const row = db.one(UPSERT, {
    ...scopeParams(scope),
    seen_id: item.seenId,
    feed: item.feed,
    keys: JSON.stringify(item.keys),
    title: item.title,
    url: item.url,
    lang: item.lang,
    published_at: item.publishedAt,
    first_seen_at: item.firstSeenAt,
    last_seen_at: item.lastSeenAt,
    disposition: item.disposition,
    entry_id: item.entryId,
  });
  if (row === null) throw new Error(`seen item ${item.seenId} was not written`);
  for (const key of item.keys) db.run(INSERT_KEY, { hash: seenKeyHash(scope, key), no: integer(row, 'no') });
}

function dropKeys(db: Connection, scope: Scope, row: Row): void {
  for (const key of json<string[]>(row, 'keys')) {
    db.run(DELETE_KEY, { hash: seenKeyHash(scope, key), no: integer(row, 'no') });
  }
}

// An id sorts by the time at which the item was first met, and has an index.
const LAST = `
  SELECT * FROM seen WHERE mode = :mode AND account = :account AND (:feed IS NULL OR feed = :feed)
  ORDER BY seen_id DESC LIMIT :limit`;

/** Those met last first; of one feed, or of all. */
export function lastSeen(db: Connection, scope: Scope, feed: string | null, limit: number): SeenItem[] {
  return db.all(LAST, { ...scopeParams(scope), feed, limit }).map(toSeenItem);
}

const BY_KEY =
  'SELECT seen.* FROM seen_key JOIN seen ON seen.no = seen_key.seen_no WHERE seen_key.hash = :hash';

/** Ordered by seenId. A key's hash covers its scope; the keys themselves are compared again, so that no hash is trusted alone. */
export function findSeen(db: Connection, scope: Scope, keys: readonly string[]): SeenItem[] {
  const found = new Map<string, SeenItem>();
  for (const key of keys) {
    const items = db.all(BY_KEY, { hash: seenKeyHash(scope, key) }).map(toSeenItem);
    for (const item of items) if (item.keys.includes(key)) found.set(item.seenId, item);
  }
  return [...found.values()].toSorted((a, b) => (a.seenId < b.seenId ? -1 : 1));
}

const OLD = `
  SELECT no, keys FROM seen WHERE mode = :mode AND account = :account AND last_seen_at < :before
  ORDER BY last_seen_at LIMIT :limit`;

/** Removes one batch of items last seen before the instant; returns how many. */
export function forgetBatch(db: Connection, scope: Scope, before: EpochMs): number {
  const params: Params = { ...scopeParams(scope), before, limit: storeLimits.forgetBatch };
  const rows = db.all(OLD, params);
  for (const row of rows) {
    dropKeys(db, scope, row);
    db.run('DELETE FROM seen WHERE no = :no', { no: integer(row, 'no') });
  }
  return rows.length;
}
