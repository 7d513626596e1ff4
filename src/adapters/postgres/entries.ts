import type { EpochMs } from '../../feed/item.ts';
import { changedFact, recordedFact } from '../../governance/audit-facts.ts';
import { reviewAlert } from '../../governance/review.ts';
import { storeLimits } from '../../limits/storage.ts';
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
import type { Row, Statements } from './connection.ts';
import { bodyOf, entryParams, integer, key, scopeParams } from './rows.ts';
import { saveNamed } from './scope-rows.ts';
import type { Params } from './sql.ts';
import { findReplaceable, findReplacement } from './succession.ts';

/** The statements on `entry` and its history. Those that write expect to run inside a transaction. */

const INSERT = `
  INSERT INTO entry (
    id, mode, account, topic, state, text_key, origin_key, predecessor_id, created_at, due_at, attempt_at, remote_id,
    published_at, override_pause, revision, feed, body
  ) VALUES (
    :id, :mode, :account, :topic, :state, :text_key, :origin_key, :predecessor_id, :created_at, :due_at, :attempt_at, :remote_id,
    :published_at, :override_pause, :revision, :feed, :body
  )`;

export async function insertEntry(db: Statements, entry: Entry): Promise<void> {
  assertSound(entry);
  await db.run(INSERT, entryParams(entry));
  await insertHistory(db, recordLine(entry));
  await appendFact(db, recordedFact(entry));
  const review = reviewAlert(entry);
  if (review !== null) await saveNamed(db, entry, 'alert', review.key, review);
}

const UPDATE = `
  UPDATE entry SET
    state = :state, due_at = :due_at, attempt_at = :attempt_at, remote_id = :remote_id, published_at = :published_at,
    revision = :revision, predecessor_id = :predecessor_id, body = :body
  WHERE id = :id AND state = :state_read AND revision = :revision_read`;

/** One change of one entry: read, transition, write where nothing has changed since the read, and the line that tells of it. */
export async function applyEvent(db: Statements, id: string, event: EntryEvent): Promise<Applied> {
  const before = await findEntry(db, id);
  if (before === null) return { kind: 'missing' };
  const moved = transition(before, event);
  if (moved.kind === 'illegal' || (await isTaken(db, moved.entry))) return { kind: 'illegal', entry: before };
  const entry = moved.entry;
  assertSound(entry);
  const read = { state_read: before.state, revision_read: before.revision };
  const changed = await db.run(UPDATE, { ...entryParams(entry), ...read });
  // Writers take turns, so this cannot happen; if it does, nothing may be written.
  if (changed !== 1) throw new StoreError('conflict', `entry ${id} changed under its transaction`);
  await insertHistory(db, historyLine(before, event, entry));
  await appendFact(db, changedFact(before, event, entry));
  await replaceEarlier(db, entry, replacerAfter(before, entry, event), event);
  const successorId = hasComeBack(before, entry) ? await findReplacement(db, id) : null;
  return successorId === null
    ? { kind: 'applied', entry }
    : applyEvent(db, id, supersededBy(successorId, event));
}

/** What followed a post follows the version that took its place. */
export async function followVersion(db: Statements, id: string, version: Entry): Promise<void> {
  const rows = await db.all('SELECT body FROM entry WHERE predecessor_id = :id', { id: key(id) });
  for (const entry of rows.map((row) => bodyOf<Entry>(row))) {
    const read = { state_read: entry.state, revision_read: entry.revision };
    await db.run(UPDATE, { ...entryParams({ ...entry, predecessorId: version.id }), ...read });
  }
}

/** What the entry followed is replaced where it waits to be sent and the replacer goes out itself. */
async function replaceEarlier(
  db: Statements,
  { predecessorId }: Entry,
  replacerId: string | null,
  event: EntryEvent,
): Promise<void> {
  if (predecessorId === null || replacerId === null) return;
  const replacer = await findEntry(db, replacerId);
  if (replacer === null || !REPLACING_STATES.includes(replacer.state)) return;
  const earlierId = await findReplaceable(db, predecessorId, replacerId);
  if (earlierId !== null) await applyEvent(db, earlierId, supersededBy(replacerId, event));
}

/** Whether another entry of the scope already has this entry's post. */
async function isTaken(db: Statements, entry: Entry): Promise<boolean> {
  const holder = entry.remoteId === null ? null : await findByRemoteId(db, entry, entry.remoteId);
  return holder !== null && holder.id !== entry.id;
}

async function insertHistory(db: Statements, line: HistoryLine): Promise<void> {
  const sql = 'INSERT INTO history (entry_id, body) VALUES (:entry_id, :body)';
  await db.run(sql, { entry_id: key(line.entryId), body: JSON.stringify(line) });
}

/** What stands in a slot's queue. A successor waits while its predecessor may be at X without our knowing. */
const WAITING = `
  mode = :mode AND account = :account AND topic = :slot AND state = 'queued'
  AND (NOT :override_only::boolean OR override_pause) AND (:only_id::text IS NULL OR id = :only_id::text)
  AND (override_pause OR feed IS NULL OR NOT feed = ANY (:paused_feeds::text[]))`;

const NEXT_DUE = `
  SELECT body FROM entry AS next
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

export async function nextDue(db: Statements, request: DueRequest): Promise<Entry | null> {
  return firstEntry(await db.all(NEXT_DUE, dueParams(request)));
}

const NEXT_DUE_AT = `SELECT due_at FROM entry WHERE ${WAITING} AND due_at > :now ORDER BY due_at LIMIT 1`;

export async function nextDueAt(db: Statements, request: DueRequest): Promise<EpochMs | null> {
  const [row] = await db.all(NEXT_DUE_AT, dueParams(request));
  return row === undefined ? null : integer(row, 'due_at');
}

const COUNT_DUE = `
  SELECT count(*) AS count FROM entry
  WHERE mode = :mode AND account = :account AND topic = :slot AND state = 'queued' AND due_at <= :now`;

export async function countDue(db: Statements, scope: Scope, slot: Slot, now: EpochMs): Promise<number> {
  const [row] = await db.all(COUNT_DUE, { ...scopeParams(scope), slot, now });
  return row === undefined ? 0 : integer(row, 'count');
}

function dueParams(request: DueRequest): Params {
  return {
    ...scopeParams(request.scope),
    slot: request.slot,
    override_only: request.overridePauseOnly,
    only_id: request.onlyId === undefined ? null : key(request.onlyId),
    paused_feeds: (request.pausedFeeds ?? []).map(key),
    now: request.now,
  };
}

export async function findEntry(db: Statements, id: string): Promise<Entry | null> {
  return firstEntry(await db.all('SELECT body FROM entry WHERE id = :id', { id: key(id) }));
}

const SENT = "state IN ('attempting', 'uncertain', 'published', 'withdrawing', 'withdrawn')";

/** `after` compares in the direction of the order. */
const list = (direction: 'ASC' | 'DESC', after: '<' | '>'): string => `
  SELECT body FROM entry
  WHERE (:mode::text IS NULL OR (mode = :mode::text AND account = :account::text))
    AND (:states::text[] IS NULL OR state = ANY (:states::text[]))
    AND (:made_from::bigint IS NULL OR created_at >= :made_from::bigint)
    AND (:made_before::bigint IS NULL OR created_at < :made_before::bigint)
    AND (:after_at::bigint IS NULL OR (created_at, id) ${after} (:after_at::bigint, :after_id::text))
    AND (:sent_from::bigint IS NULL OR (coalesce(published_at, attempt_at) >= :sent_from::bigint AND ${SENT}))
  ORDER BY created_at ${direction}, id ${direction} LIMIT :limit`;
const OLDEST_FIRST = list('ASC', '>');
const NEWEST_FIRST = list('DESC', '<');

export async function listEntries(db: Statements, filter: EntryFilter): Promise<Entry[]> {
  const scope = filter.scope === undefined ? { mode: null, account: null } : scopeParams(filter.scope);
  const params = {
    ...scope,
    states: filter.states ?? null,
    made_from: filter.madeFrom ?? null,
    made_before: filter.madeBefore ?? null,
    after_at: filter.after?.createdAt ?? null,
    after_id: filter.after === undefined ? null : key(filter.after.id),
    sent_from: filter.sentFrom ?? null,
    limit: Math.min(filter.limit ?? storeLimits.listMax, storeLimits.listMax),
  };
  return entriesOf(await db.all(filter.newestFirst === true ? NEWEST_FIRST : OLDEST_FIRST, params));
}

export async function historyOf(db: Statements, entryId: string): Promise<HistoryLine[]> {
  const rows = await db.all('SELECT body FROM history WHERE entry_id = :id ORDER BY seq', {
    id: key(entryId),
  });
  return rows.map((row) => bodyOf<HistoryLine>(row));
}

const BY_TEXT_KEY = `
  SELECT body FROM entry
  WHERE mode = :mode AND account = :account AND text_key = :text_key AND created_at >= :since
    AND state NOT IN ('refused', 'cancelled', 'expired')
  ORDER BY created_at, id`;

export async function findByTextKey(
  db: Statements,
  scope: Scope,
  textKey: string,
  since: EpochMs,
): Promise<Entry[]> {
  return entriesOf(await db.all(BY_TEXT_KEY, { ...scopeParams(scope), text_key: key(textKey), since }));
}

const BY_ORIGIN_KEYS = `
  SELECT body FROM entry
  WHERE mode = :mode AND account = :account AND origin_key IS NOT NULL AND origin_key = ANY (:keys::text[])
  ORDER BY created_at, id`;

export async function findByOriginKeys(
  db: Statements,
  scope: Scope,
  keys: readonly string[],
): Promise<Entry[]> {
  return entriesOf(await db.all(BY_ORIGIN_KEYS, { ...scopeParams(scope), keys: keys.map(key) }));
}

const COUNT_SENT = `
  SELECT topic, count(*) AS count FROM entry
  WHERE mode = :mode AND account = :account AND coalesce(published_at, attempt_at) >= :since
    AND ${SENT}
  GROUP BY topic`;

export async function countSent(
  db: Statements,
  scope: Scope,
  since: EpochMs,
): Promise<{ main: number; urgent: number }> {
  const rows = await db.all(COUNT_SENT, { ...scopeParams(scope), since });
  const of = (topic: string): number => {
    const row = rows.find((one) => one['topic'] === topic);
    return row === undefined ? 0 : integer(row, 'count');
  };
  return { main: of('main'), urgent: of('urgent') };
}

const COUNT_BY_STATE =
  'SELECT state, count(*) AS count FROM entry WHERE mode = :mode AND account = :account GROUP BY state';

export async function countByState(db: Statements, scope: Scope): Promise<Partial<Record<State, number>>> {
  const rows = await db.all(COUNT_BY_STATE, scopeParams(scope));
  return Object.fromEntries(rows.map((row) => [String(row['state']), integer(row, 'count')]));
}

const BY_REMOTE_ID = `
  SELECT body FROM entry
  WHERE mode = :mode AND account = :account AND length(remote_id) = length(:remote_id) AND remote_id = :remote_id`;

export async function findByRemoteId(db: Statements, scope: Scope, remoteId: string): Promise<Entry | null> {
  return firstEntry(await db.all(BY_REMOTE_ID, { ...scopeParams(scope), remote_id: key(remoteId) }));
}

const NEWEST_REMOTE_ID = `
  SELECT remote_id FROM entry WHERE mode = :mode AND account = :account AND remote_id IS NOT NULL
  ORDER BY length(remote_id) DESC, remote_id DESC LIMIT 1`;

export async function newestRemoteId(db: Statements, scope: Scope): Promise<string | null> {
  const [row] = await db.all(NEWEST_REMOTE_ID, scopeParams(scope));
  return row === undefined ? null : String(row['remote_id']);
}

const LAST_PUBLISHED = `
  SELECT body FROM entry WHERE mode = :mode AND account = :account AND state = 'published'
  ORDER BY published_at DESC, id DESC LIMIT 1`;

export async function lastPublished(db: Statements, scope: Scope): Promise<Entry | null> {
  return firstEntry(await db.all(LAST_PUBLISHED, scopeParams(scope)));
}

function entriesOf(rows: readonly Row[]): Entry[] {
  return rows.map((row) => bodyOf<Entry>(row));
}

function firstEntry(rows: readonly Row[]): Entry | null {
  return entriesOf(rows)[0] ?? null;
}
