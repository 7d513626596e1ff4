import { changedFact, recordedFact } from '../../governance/audit-facts.ts';
import { reviewAlert } from '../../governance/review.ts';
import { storeLimits } from '../../limits/storage.ts';
import type { EpochMs } from '../../feed/item.ts';
import type { DueRequest } from '../../outbox/due.ts';
import type { Entry, HistoryLine, Scope, State } from '../../outbox/entry.ts';
import type { EntryEvent } from '../../outbox/event.ts';
import { historyLine, recordLine } from '../../outbox/history-line.ts';
import { assertSound } from '../../outbox/invariants.ts';
import type { Applied, EntryFilter, Slot } from '../../outbox/outbox-store.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import {
  REPLACED_STATE,
  REPLACING_STATES,
  hasComeBack,
  replacerAfter,
  supersededBy,
} from '../../outbox/supersede.ts';
import { transition } from '../../outbox/transition.ts';
import { appendFact } from './audit.ts';
import type { Connection, Params } from './connection.ts';
import { integer, text, word } from './columns.ts';
import { TOPICS, changingParams, entryParams, scopeParams, toEntry, toHistoryLine } from './rows.ts';
import { saveAlert } from './scope-rows.ts';
import { findReplaceable, findReplacement } from './succession.ts';

/** The statements on `entry` and its history. Those that write expect to run inside a transaction. */

const INSERT = `
  INSERT INTO entry (
    id, mode, account, kind, topic, state, lang, text, weight, url, text_hash, text_key, origin_key, rule, reasons,
    policy_version, source, template, predecessor_id, corrects_id, batch_id, approvals, approvals_needed, created_at, due_at,
    held_since, needs_person, attempts, attempt_at, attempt_nonce, attempt_epoch, attempt_deadline, attempt_since_id,
    first_attempt_at, search, remote_id, published_at, note, by, override_pause, revision
  ) VALUES (
    :id, :mode, :account, :kind, :topic, :state, :lang, :text, :weight, :url, :text_hash, :text_key, :origin_key, :rule, :reasons,
    :policy_version, :source, :template, :predecessor_id, :corrects_id, :batch_id, :approvals, :approvals_needed, :created_at, :due_at,
    :held_since, :needs_person, :attempts, :attempt_at, :attempt_nonce, :attempt_epoch, :attempt_deadline, :attempt_since_id,
    :first_attempt_at, :search, :remote_id, :published_at, :note, :by, :override_pause, :revision
  )`;

export function insertEntry(db: Connection, entry: Entry): void {
  assertSound(entry);
  db.run(INSERT, entryParams(entry));
  insertHistory(db, recordLine(entry));
  appendFact(db, recordedFact(entry));
  const review = reviewAlert(entry);
  if (review !== null) saveAlert(db, entry, review);
}

const UPDATE = `
  UPDATE entry SET
    state = :state, source = :source, reasons = :reasons, policy_version = :policy_version, approvals = :approvals,
    due_at = :due_at, held_since = :held_since,
    needs_person = :needs_person, attempts = :attempts, attempt_at = :attempt_at, attempt_nonce = :attempt_nonce,
    attempt_epoch = :attempt_epoch, attempt_deadline = :attempt_deadline, attempt_since_id = :attempt_since_id,
    first_attempt_at = :first_attempt_at, search = :search, remote_id = :remote_id, published_at = :published_at,
    note = :note, by = :by, revision = :revision
  WHERE id = :id AND state = :state_read AND revision = :revision_read`;

/** One change of one entry: read, transition, write where nothing has changed since the read, and the line that tells of it. */
export function applyEvent(db: Connection, id: string, event: EntryEvent): Applied {
  const before = findEntry(db, id);
  if (before === null) return { kind: 'missing' };
  const moved = transition(before, event);
  if (moved.kind === 'illegal' || isTaken(db, moved.entry)) return { kind: 'illegal', entry: before };
  const entry = moved.entry;
  assertSound(entry);
  const changed = db.run(UPDATE, {
    ...changingParams(entry),
    id,
    state_read: before.state,
    revision_read: before.revision,
  });
  // The write lock was taken before the read, so this cannot happen; if it does, nothing may be written.
  if (changed !== 1) throw new StoreError('conflict', `entry ${id} changed under its transaction`);
  insertHistory(db, historyLine(before, event, entry));
  appendFact(db, changedFact(before, event, entry));
  replaceEarlier(db, entry, replacerAfter(before, entry, event), event);
  const successorId = hasComeBack(before, entry) ? findReplacement(db, id) : null;
  return successorId === null
    ? { kind: 'applied', entry }
    : applyEvent(db, id, supersededBy(successorId, event));
}

/** What followed a post follows the version that took its place. */
export function followVersion(db: Connection, id: string, version: Entry): void {
  const sql = 'UPDATE entry SET predecessor_id = :version WHERE predecessor_id = :id';
  db.run(sql, { id, version: version.id });
}

/** What the entry followed is replaced where it waits to be sent and the replacer goes out itself. */
function replaceEarlier(
  db: Connection,
  { predecessorId }: Entry,
  replacerId: string | null,
  event: EntryEvent,
): void {
  if (predecessorId === null || replacerId === null) return;
  const replacer = findEntry(db, replacerId);
  if (replacer === null || !REPLACING_STATES.includes(replacer.state)) return;
  const earlierId = findReplaceable(db, predecessorId, replacerId);
  if (earlierId !== null) applyEvent(db, earlierId, supersededBy(replacerId, event));
}

/** Whether another entry of the scope already has this entry's post. */
function isTaken(db: Connection, entry: Entry): boolean {
  const holder = entry.remoteId === null ? null : findByRemoteId(db, entry, entry.remoteId);
  return holder !== null && holder.id !== entry.id;
}

const INSERT_HISTORY = `
  INSERT INTO history (entry_id, at, event, from_state, to_state, by, reason)
  VALUES (:entry_id, :at, :event, :from_state, :to_state, :by, :reason)`;

function insertHistory(db: Connection, line: HistoryLine): void {
  db.run(INSERT_HISTORY, {
    entry_id: line.entryId,
    at: line.at,
    event: line.event,
    from_state: line.from,
    to_state: line.to,
    by: line.by,
    reason: line.reason,
  });
}

/** What stands in a slot's queue. A successor waits while its predecessor may be at X without our knowing. */
const WAITING = `
  mode = :mode AND account = :account AND topic = :slot AND state = 'queued'
  AND (:override_only = 0 OR override_pause = 1) AND (:only_id IS NULL OR id = :only_id)
  AND (override_pause = 1 OR source IS NULL
    OR json_extract(source, '$.feed') NOT IN (SELECT value FROM json_each(:paused_feeds)))`;

const NEXT_DUE = `
  SELECT * FROM entry AS next
  WHERE ${WAITING} AND due_at <= :now AND (predecessor_id IS NULL OR NOT EXISTS (
    WITH RECURSIVE earlier (state, predecessor_id) AS (
      SELECT state, predecessor_id FROM entry WHERE id = next.predecessor_id
      UNION
      SELECT entry.state, entry.predecessor_id FROM earlier JOIN entry ON entry.id = earlier.predecessor_id
      WHERE earlier.state = '${REPLACED_STATE}'
    )
    SELECT 1 FROM earlier WHERE state IN ('attempting', 'uncertain')
  ))
  ORDER BY due_at, created_at, id LIMIT 1`;

export function nextDue(db: Connection, request: DueRequest): Entry | null {
  const row = db.one(NEXT_DUE, { ...dueParams(request), now: request.now });
  return row === null ? null : toEntry(row);
}

const NEXT_DUE_AT = `SELECT due_at FROM entry WHERE ${WAITING} AND due_at > :now ORDER BY due_at LIMIT 1`;

export function nextDueAt(db: Connection, request: DueRequest): EpochMs | null {
  const row = db.one(NEXT_DUE_AT, { ...dueParams(request), now: request.now });
  return row === null ? null : integer(row, 'due_at');
}

function dueParams(request: DueRequest): Params {
  return {
    ...scopeParams(request.scope),
    slot: request.slot,
    override_only: Number(request.overridePauseOnly),
    only_id: request.onlyId ?? null,
    paused_feeds: JSON.stringify(request.pausedFeeds ?? []),
  };
}

const COUNT_DUE = `
  SELECT count(*) AS count FROM entry
  WHERE mode = :mode AND account = :account AND topic = :slot AND state = 'queued' AND due_at <= :now`;

export function countDue(db: Connection, scope: Scope, slot: Slot, now: EpochMs): number {
  const row = db.one(COUNT_DUE, { ...scopeParams(scope), slot, now });
  return row === null ? 0 : integer(row, 'count');
}

export function findEntry(db: Connection, id: string): Entry | null {
  const row = db.one('SELECT * FROM entry WHERE id = :id', { id });
  return row === null ? null : toEntry(row);
}

const SENT = "state IN ('attempting', 'uncertain', 'published', 'withdrawing', 'withdrawn')";

/** Only the conditions that are asked for, because with optional ones the database would read every entry to answer. */
function listSql(filter: EntryFilter): string {
  const isGiven = (part: keyof EntryFilter, condition: string): string =>
    filter[part] === undefined ? '' : ` AND ${condition}`;
  const isNewestFirst = filter.newestFirst === true;
  const conditions = [
    isGiven('scope', 'mode = :mode AND account = :account'),
    isGiven('states', 'state IN (SELECT value FROM json_each(:states))'),
    isGiven('madeFrom', 'created_at >= :made_from'),
    isGiven('madeBefore', 'created_at < :made_before'),
    isGiven('after', `(created_at, id) ${isNewestFirst ? '<' : '>'} (:after_at, :after_id)`),
    isGiven('sentFrom', `coalesce(published_at, attempt_at) >= :sent_from AND ${SENT}`),
  ];
  // With `+` the index of the states is used, and its few rows sorted, rather than every entry read in the right order.
  const by = filter.states === undefined && filter.sentFrom === undefined ? '' : '+';
  const direction = isNewestFirst ? 'DESC' : 'ASC';
  const order = `${by}created_at ${direction}, ${by}id ${direction}`;
  return `SELECT * FROM entry WHERE true${conditions.join('')} ORDER BY ${order} LIMIT :limit`;
}

export function listEntries(db: Connection, filter: EntryFilter): Entry[] {
  const { scope, states, madeFrom, madeBefore, after, sentFrom } = filter;
  const params = {
    ...(scope === undefined ? {} : scopeParams(scope)),
    ...(states === undefined ? {} : { states: JSON.stringify(states) }),
    ...(madeFrom === undefined ? {} : { made_from: madeFrom }),
    ...(madeBefore === undefined ? {} : { made_before: madeBefore }),
    ...(after === undefined ? {} : { after_at: after.createdAt, after_id: after.id }),
    ...(sentFrom === undefined ? {} : { sent_from: sentFrom }),
    limit: Math.min(filter.limit ?? storeLimits.listMax, storeLimits.listMax),
  };
  return db.all(listSql(filter), params).map(toEntry);
}

export function historyOf(db: Connection, entryId: string): HistoryLine[] {
  return db
    .all('SELECT * FROM history WHERE entry_id = :id ORDER BY seq', { id: entryId })
    .map(toHistoryLine);
}

const BY_TEXT_KEY = `
  SELECT * FROM entry
  WHERE mode = :mode AND account = :account AND text_key = :text_key AND created_at >= :since
    AND state NOT IN ('refused', 'cancelled', 'expired')
  ORDER BY created_at, id`;

export function findByTextKey(db: Connection, scope: Scope, textKey: string, since: EpochMs): Entry[] {
  return db.all(BY_TEXT_KEY, { ...scopeParams(scope), text_key: textKey, since }).map(toEntry);
}

const BY_ORIGIN_KEYS = `
  SELECT * FROM entry
  WHERE mode = :mode AND account = :account AND origin_key IS NOT NULL
    AND origin_key IN (SELECT value FROM json_each(:keys))
  ORDER BY created_at, id`;

export function findByOriginKeys(db: Connection, scope: Scope, keys: readonly string[]): Entry[] {
  return db.all(BY_ORIGIN_KEYS, { ...scopeParams(scope), keys: JSON.stringify(keys) }).map(toEntry);
}

const COUNT_SENT = `
  SELECT topic, count(*) AS count FROM entry
  WHERE mode = :mode AND account = :account AND coalesce(published_at, attempt_at) >= :since
    AND ${SENT}
  GROUP BY topic`;

export function countSent(db: Connection, scope: Scope, since: EpochMs): { main: number; urgent: number } {
  const count = { main: 0, urgent: 0 };
  for (const row of db.all(COUNT_SENT, { ...scopeParams(scope), since })) {
    count[word(row, 'topic', TOPICS)] = integer(row, 'count');
  }
  return count;
}

const COUNT_BY_STATE = `
  SELECT state, count(*) AS count FROM entry WHERE mode = :mode AND account = :account GROUP BY state`;

export function countByState(db: Connection, scope: Scope): Partial<Record<State, number>> {
  const rows = db.all(COUNT_BY_STATE, scopeParams(scope));
  return Object.fromEntries(rows.map((row) => [text(row, 'state'), integer(row, 'count')]));
}

const FIND_BY_REMOTE_ID = `
  SELECT * FROM entry
  WHERE mode = :mode AND account = :account AND length(remote_id) = length(:remote_id) AND remote_id = :remote_id`;

export function findByRemoteId(db: Connection, scope: Scope, remoteId: string): Entry | null {
  const row = db.one(FIND_BY_REMOTE_ID, { ...scopeParams(scope), remote_id: remoteId });
  return row === null ? null : toEntry(row);
}

const NEWEST_REMOTE_ID = `
  SELECT remote_id FROM entry WHERE mode = :mode AND account = :account AND remote_id IS NOT NULL
  ORDER BY length(remote_id) DESC, remote_id DESC LIMIT 1`;

export function newestRemoteId(db: Connection, scope: Scope): string | null {
  const row = db.one(NEWEST_REMOTE_ID, scopeParams(scope));
  return row === null ? null : text(row, 'remote_id');
}

const LAST_PUBLISHED = `
  SELECT * FROM entry WHERE mode = :mode AND account = :account AND state = 'published'
  ORDER BY published_at DESC, id DESC LIMIT 1`;

export function lastPublished(db: Connection, scope: Scope): Entry | null {
  const row = db.one(LAST_PUBLISHED, scopeParams(scope));
  return row === null ? null : toEntry(row);
}
