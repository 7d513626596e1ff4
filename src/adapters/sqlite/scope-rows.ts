import type { FeedState } from '../../feed/feed-state.ts';
import type { EpochMs } from '../../feed/item.ts';
import { stopClearedFact, stopSetFact } from '../../governance/audit-facts.ts';
import type { Scope } from '../../outbox/entry.ts';
import type { Alert, Stop } from '../../outbox/outbox-store.ts';
import { compareStops, stopName } from '../../outbox/stops.ts';
import type { StopKey } from '../../outbox/stops.ts';
import { appendFact } from './audit.ts';
import type { Connection } from './connection.ts';
import { integer, json, text } from './columns.ts';
import { scopeParams, stopParams, toAlert, toStop } from './rows.ts';

/** The statements on what a scope has beside entries and items: feeds' states, stops, alerts, facts; and the lease's epoch. */

const SAVE_FEED = `
  INSERT INTO feed_state (mode, account, feed, state) VALUES (:mode, :account, :feed, :state)
  ON CONFLICT (mode, account, feed) DO UPDATE SET state = excluded.state`;

export function saveFeedState(db: Connection, scope: Scope, state: FeedState): void {
  db.run(SAVE_FEED, { ...scopeParams(scope), feed: state.feed, state: JSON.stringify(state) });
}

const FEED = 'SELECT state FROM feed_state WHERE mode = :mode AND account = :account AND feed = :feed';

export function feedState(db: Connection, scope: Scope, feed: string): FeedState | null {
  const row = db.one(FEED, { ...scopeParams(scope), feed });
  return row === null ? null : json<FeedState>(row, 'state');
}

export function stops(db: Connection, scope: Scope): Stop[] {
  const sql = 'SELECT * FROM stop WHERE mode = :mode AND account = :account';
  return db.all(sql, scopeParams(scope)).map(toStop).toSorted(compareStops);
}

const SET_STOP = `
  INSERT INTO stop (mode, account, kind, topic, feed, reason, by, since, until)
  VALUES (:mode, :account, :kind, :topic, :feed, :reason, :by, :since, :until)
  ON CONFLICT (mode, account, kind, topic, feed) DO UPDATE SET
    reason = excluded.reason, by = excluded.by, since = excluded.since, until = excluded.until`;
const STOP_HISTORY = `
  INSERT INTO stop_history (mode, account, kind, topic, feed, event, at, by, reason)
  VALUES (:mode, :account, :kind, :topic, :feed, :event, :at, :by, :reason)`;

const DELETE_STOP = `
  DELETE FROM stop WHERE mode = :mode AND account = :account AND kind = :kind AND topic = :topic AND feed = :feed`;

export function setStop(db: Connection, scope: Scope, stop: Stop): void {
  const { reason, by, since, until } = stop;
  const own = { ...scopeParams(scope), ...stopParams(stop) };
  appendFact(db, stopSetFact(scope, stop, presentStop(db, scope, stop)));
  db.run(SET_STOP, { ...own, reason, by, since, until });
  db.run(STOP_HISTORY, { ...own, event: 'set', at: since, by, reason });
}

export function clearStop(
  db: Connection,
  scope: Scope,
  stop: StopKey,
  cleared: { by: string; reason: string; at: EpochMs },
): boolean {
  const own = { ...scopeParams(scope), ...stopParams(stop) };
  const before = presentStop(db, scope, stop);
  if (before === null || db.run(DELETE_STOP, own) === 0) return false;
  appendFact(db, stopClearedFact(scope, before, cleared));
  db.run(STOP_HISTORY, { ...own, event: 'cleared', ...cleared });
  return true;
}

function presentStop(db: Connection, scope: Scope, stop: StopKey): Stop | null {
  return stops(db, scope).find((one) => stopName(one) === stopName(stop)) ?? null;
}

export function alerts(db: Connection, scope: Scope): Alert[] {
  const sql = 'SELECT * FROM alert WHERE mode = :mode AND account = :account ORDER BY since, key';
  return db.all(sql, scopeParams(scope)).map(toAlert);
}

const SAVE_ALERT = `
  INSERT INTO alert (mode, account, key, code, params, since, last_told_at)
  VALUES (:mode, :account, :key, :code, :params, :since, :last_told_at)
  ON CONFLICT (mode, account, key) DO UPDATE SET
    code = excluded.code, params = excluded.params, since = excluded.since, last_told_at = excluded.last_told_at`;

export function saveAlert(db: Connection, scope: Scope, alert: Alert): void {
  db.run(SAVE_ALERT, {
    ...scopeParams(scope),
    key: alert.key,
    code: alert.code,
    params: JSON.stringify(alert.params),
    since: alert.since,
    last_told_at: alert.lastToldAt,
  });
}

export function clearAlert(db: Connection, scope: Scope, key: string): boolean {
  const sql = 'DELETE FROM alert WHERE mode = :mode AND account = :account AND key = :key';
  return db.run(sql, { ...scopeParams(scope), key }) > 0;
}

export function fact(db: Connection, scope: Scope, name: string): string | null {
  const sql = 'SELECT value FROM fact WHERE mode = :mode AND account = :account AND name = :name';
  const row = db.one(sql, { ...scopeParams(scope), name });
  return row === null ? null : text(row, 'value');
}

const SET_FACT = `
  INSERT INTO fact (mode, account, name, value) VALUES (:mode, :account, :name, :value)
  ON CONFLICT (mode, account, name) DO UPDATE SET value = excluded.value`;
const DELETE_FACT = 'DELETE FROM fact WHERE mode = :mode AND account = :account AND name = :name';

export function setFact(db: Connection, scope: Scope, name: string, value: string | null): void {
  const key = { ...scopeParams(scope), name };
  if (value === null) db.run(DELETE_FACT, key);
  else db.run(SET_FACT, { ...key, value });
}

/** The epoch of the newest take-over; 0 before the first. */
export function leaseEpoch(db: Connection): number {
  const row = db.one('SELECT epoch FROM lease WHERE id = 1');
  return row === null ? 0 : integer(row, 'epoch');
}

/** Who took the lease last; whether it still holds it, only the lock tells. */
export function leaseHolder(db: Connection): string | null {
  const row = db.one('SELECT holder FROM lease WHERE id = 1');
  return row === null ? null : text(row, 'holder');
}

/** Begins a new epoch: from its commit on, claims of every earlier one are refused. */
export function takeEpoch(db: Connection, holder: string, now: EpochMs): number {
  const sql =
    'UPDATE lease SET epoch = epoch + 1, holder = :holder, since = :since WHERE id = 1 RETURNING epoch';
  const row = db.one(sql, { holder, since: now });
  if (row === null) throw new Error('the lease row is missing');
  return integer(row, 'epoch');
}
