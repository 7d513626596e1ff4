import { changedFact, recordedFact } from '../../governance/audit-facts.ts';
import { reviewAlert } from '../../governance/review.ts';
import { SENT_STATES, compareIds, sameScope, sentAt } from '../../outbox/due.ts';
import type { Entry } from '../../outbox/entry.ts';
import type { EntryEvent } from '../../outbox/event.ts';
import { historyLine, recordLine } from '../../outbox/history-line.ts';
import { assertSound } from '../../outbox/invariants.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import type { Applied, EntryFilter } from '../../outbox/outbox-store.ts';
import {
  REPLACEABLE_STATES,
  REPLACED_STATE,
  REPLACING_STATES,
  hasComeBack,
  replacerAfter,
  supersededBy,
} from '../../outbox/supersede.ts';
import { transition } from '../../outbox/transition.ts';
import { appendFact } from './audit.ts';
import { keep, scopedKey } from './tables.ts';
import type { Tables } from './tables.ts';

/** Records an entry with its first line of history. Throws StoreError `conflict`. */
export function insertEntry(tables: Tables, entry: Entry): void {
  assertSound(entry);
  if (tables.entries.has(entry.id)) throw new StoreError('conflict', `entry exists: ${entry.id}`);
  const sameOrigin = entriesWhere(
    tables,
    (one) => sameScope(one, entry) && one.originKey !== null && one.originKey === entry.originKey,
  );
  if (sameOrigin.length > 0) {
    throw new StoreError('conflict', `announcement is recorded already: ${entry.originKey}`);
  }
  tables.entries.set(entry.id, keep(entry));
  tables.history.set(entry.id, [keep(recordLine(entry))]);
  appendFact(tables, recordedFact(entry));
  const review = reviewAlert(entry);
  if (review !== null) tables.alerts.set(scopedKey(entry, review.key), keep(review));
}

/** One change of one entry, with the line of history and the record that tell of it. */
export function applyEvent(tables: Tables, id: string, event: EntryEvent): Applied {
  const before = tables.entries.get(id);
  if (before === undefined) return { kind: 'missing' };
  const moved = transition(before, event);
  if (moved.kind === 'illegal' || isTaken(tables, moved.entry)) return { kind: 'illegal', entry: before };
  assertSound(moved.entry);
  const entry = keep(moved.entry);
  tables.entries.set(id, entry);
  const lines = tables.history.get(id) ?? [];
  tables.history.set(id, [...lines, keep(historyLine(before, event, entry))]);
  appendFact(tables, changedFact(before, event, entry));
  replaceEarlier(tables, entry, replacerAfter(before, entry, event), event);
  const successorId = hasComeBack(before, entry) ? findReplacement(tables, id) : null;
  return successorId === null
    ? { kind: 'applied', entry }
    : applyEvent(tables, id, supersededBy(successorId, event));
}

/** What followed a post follows the version that took its place. */
export function followVersion(tables: Tables, id: string, version: Entry): void {
  for (const entry of tables.entries.values())
    if (entry.predecessorId === id)
      tables.entries.set(entry.id, keep({ ...entry, predecessorId: version.id }));
}

/** What the entry followed, past reports that were replaced themselves, is replaced where it waits to be sent and the replacer goes out. */
function replaceEarlier(tables: Tables, entry: Entry, replacerId: string | null, event: EntryEvent): void {
  const replacer = tables.entries.get(replacerId ?? '');
  if (replacer === undefined || !REPLACING_STATES.includes(replacer.state)) return;
  const passed = new Set([entry.id]);
  let earlier = tables.entries.get(entry.predecessorId ?? '');
  while (earlier?.state === REPLACED_STATE && !passed.has(earlier.id)) {
    passed.add(earlier.id);
    earlier = tables.entries.get(earlier.predecessorId ?? '');
  }
  if (earlier !== undefined && earlier.id !== replacer.id && REPLACEABLE_STATES.includes(earlier.state))
    applyEvent(tables, earlier.id, supersededBy(replacer.id, event));
}

/** The newest report that takes the entry's place, directly or past others that were replaced themselves. */
function findReplacement(tables: Tables, id: string): string | null {
  const newer: Entry[] = [];
  const passed = new Set([id]);
  for (const earlier of passed) {
    for (const entry of tables.entries.values()) {
      if (entry.predecessorId !== earlier) continue;
      if (REPLACING_STATES.includes(entry.state) && entry.id !== id) newer.push(entry);
      if (entry.state === REPLACED_STATE) passed.add(entry.id);
    }
  }
  return newer.toSorted((a, b) => b.createdAt - a.createdAt || compareIds(b.id, a.id))[0]?.id ?? null;
}

/** In the order of making. */
export function entriesWhere(tables: Tables, matches: (entry: Entry) => boolean): Entry[] {
  return [...tables.entries.values()]
    .filter(matches)
    .toSorted((a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id));
}

/** Whether an entry is among those asked for; order and number are the caller's. */
export function meets(entry: Entry, filter: EntryFilter): boolean {
  const { scope, states, madeFrom, madeBefore, after, sentFrom } = filter;
  const sent = SENT_STATES.includes(entry.state) ? sentAt(entry) : null;
  const order = after === undefined ? 0 : entry.createdAt - after.createdAt || compareIds(entry.id, after.id);
  return (
    (scope === undefined || sameScope(entry, scope)) &&
    (states === undefined || states.includes(entry.state)) &&
    (madeFrom === undefined || entry.createdAt >= madeFrom) &&
    (madeBefore === undefined || entry.createdAt < madeBefore) &&
    (after === undefined || (filter.newestFirst === true ? order < 0 : order > 0)) &&
    (sentFrom === undefined || (sent !== null && sent >= sentFrom))
  );
}

/** Whether another entry of the scope already has this entry's post. */
function isTaken(tables: Tables, entry: Entry): boolean {
  if (entry.remoteId === null) return false;
  const others = [...tables.entries.values()].filter((one) => one.id !== entry.id);
  return others.some((one) => one.remoteId === entry.remoteId && sameScope(one, entry));
}
