import type { EpochMs } from '../../feed/item.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import { storeLimits } from '../../limits/storage.ts';
import type { Scope } from '../../outbox/entry.ts';
import type { Statements } from './connection.ts';
import { bodyOf, integer, key, scopeParams, seenKeyHash } from './rows.ts';

/** The statements on what a scope has beside its entries: named values, remembered items, the lease's epoch. */

export type NamedKind = 'feed' | 'stop' | 'alert' | 'fact';

const SAVE = `
  INSERT INTO named (mode, account, kind, name, body) VALUES (:mode, :account, :kind, :name, :body)
  ON CONFLICT (mode, account, kind, name) DO UPDATE SET body = excluded.body`;

export async function saveNamed(
  db: Statements,
  scope: Scope,
  kind: NamedKind,
  name: string,
  value: unknown,
): Promise<void> {
  await db.run(SAVE, { ...scopeParams(scope), kind, name: key(name), body: JSON.stringify(value) });
}

const FIND =
  'SELECT body FROM named WHERE mode = :mode AND account = :account AND kind = :kind AND name = :name';

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the kind decides the type; the caller knows both
export async function findNamed<T>(
  db: Statements,
  scope: Scope,
  kind: NamedKind,
  name: string,
): Promise<T | null> {
  const [row] = await db.all(FIND, { ...scopeParams(scope), kind, name: key(name) });
  return row === undefined ? null : bodyOf<T>(row);
}

const ALL = 'SELECT body FROM named WHERE mode = :mode AND account = :account AND kind = :kind ORDER BY name';

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
export async function allNamed<T>(db: Statements, scope: Scope, kind: NamedKind): Promise<T[]> {
  return (await db.all(ALL, { ...scopeParams(scope), kind })).map((row) => bodyOf<T>(row));
}

const DELETE =
  'DELETE FROM named WHERE mode = :mode AND account = :account AND kind = :kind AND name = :name';

export async function deleteNamed(
  db: Statements,
  scope: Scope,
  kind: NamedKind,
  name: string,
): Promise<boolean> {
  return (await db.run(DELETE, { ...scopeParams(scope), kind, name: key(name) })) > 0;
}

export async function addStopLine(db: Statements, scope: Scope, line: object): Promise<void> {
  const sql = 'INSERT INTO stop_history (mode, account, body) VALUES (:mode, :account, :body)';
  await db.run(sql, { ...scopeParams(scope), body: JSON.stringify(line) });
}

const UPSERT_SEEN = `
  INSERT INTO seen (mode, account, seen_id, last_seen_at, body) VALUES (:mode, :account, :seen_id, :last_seen_at, :body)
  ON CONFLICT (mode, account, seen_id) DO UPDATE SET last_seen_at = excluded.last_seen_at, body = excluded.body
  RETURNING no`;
const INSERT_KEY = 'INSERT INTO seen_key (hash, seen_no) VALUES (:hash, :no) ON CONFLICT DO NOTHING';

/** Writes the item and the keys under which it is found. */
export async function rememberItem(db: Statements, scope: Scope, item: SeenItem): Promise<void> {
  const own = { ...scopeParams(scope), seen_id: key(item.seenId), last_seen_at: item.lastSeenAt };
  const [row] = await db.all(UPSERT_SEEN, { ...own, body: JSON.stringify(item) });
  if (row === undefined) throw new Error(`seen item ${item.seenId} was not written`);
  const no = integer(row, 'no');
  await db.run('DELETE FROM seen_key WHERE seen_no = :no', { no });
  for (const one of item.keys) await db.run(INSERT_KEY, { hash: seenKeyHash(scope, one), no });
}

const SEEN_BY_KEY =
  'SELECT seen.body FROM seen_key JOIN seen ON seen.no = seen_key.seen_no WHERE seen_key.hash = :hash';

/** Ordered by seenId. The keys themselves are compared again, so that no hash is trusted alone. */
export async function findSeen(db: Statements, scope: Scope, keys: readonly string[]): Promise<SeenItem[]> {
  const found = new Map<string, SeenItem>();
  for (const one of keys) {
    const rows = await db.all(SEEN_BY_KEY, { hash: seenKeyHash(scope, one) });
    const items = rows.map((row) => bodyOf<SeenItem>(row));
    for (const item of items) if (item.keys.includes(one)) found.set(item.seenId, item);
  }
  return [...found.values()].toSorted((a, b) => (a.seenId < b.seenId ? -1 : 1));
}

// An id sorts by the time at which the item was first met, and has an index.
const LAST_SEEN = `
  SELECT body FROM seen WHERE mode = :mode AND account = :account AND (:feed::text IS NULL OR body::json ->> 'feed' = :feed)
  ORDER BY seen_id DESC LIMIT :limit`;

/** Those met last first; of one feed, or of all. */
export async function lastSeen(
  db: Statements,
  scope: Scope,
  feed: string | null,
  limit: number,
): Promise<SeenItem[]> {
  const rows = await db.all(LAST_SEEN, { ...scopeParams(scope), feed, limit });
  return rows.map((row) => bodyOf<SeenItem>(row));
}

const FORGET = `
  DELETE FROM seen WHERE no IN (
    SELECT no FROM seen WHERE mode = :mode AND account = :account AND last_seen_at < :before ORDER BY last_seen_at LIMIT :limit
  )`;

/** Removes one batch of items last seen before the instant, with their keys; returns how many. */
export async function forgetBatch(db: Statements, scope: Scope, before: EpochMs): Promise<number> {
  return db.run(FORGET, { ...scopeParams(scope), before, limit: storeLimits.forgetBatch });
}

/** The epoch of the newest take-over; 0 before the first. */
export async function leaseEpoch(db: Statements): Promise<number> {
  const [row] = await db.all('SELECT epoch FROM lease WHERE id = 1');
  return row === undefined ? 0 : integer(row, 'epoch');
}
