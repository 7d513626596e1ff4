import type { EpochMs } from '../../feed/item.ts';
import { BLOCKING_STATES, compareDue, isWaiting } from '../../outbox/due.ts';
import type { DueRequest } from '../../outbox/due.ts';
import type { Entry } from '../../outbox/entry.ts';
import { REPLACED_STATE } from '../../outbox/supersede.ts';
import type { Tables } from './tables.ts';

/** The entry that a claim would take, or null. */
export function nextDue(tables: Tables, request: DueRequest): Entry | null {
  const due = waiting(tables, request).filter(
    (entry) => entry.dueAt <= request.now && !mustWait(tables, entry),
  );
  return due.toSorted(compareDue)[0] ?? null;
}

/** When the next entry that is not yet due will be; null where none stands in the queue. */
export function nextDueAt(tables: Tables, request: DueRequest): EpochMs | null {
  const later = waiting(tables, request).filter((entry) => entry.dueAt > request.now);
  return later.toSorted(compareDue)[0]?.dueAt ?? null;
}

function waiting(tables: Tables, request: DueRequest): Entry[] {
  return [...tables.entries.values()].filter((entry) => isWaiting(entry, request));
}

/** Past reports that were replaced themselves: theirs is the place of what they waited for. */
function mustWait(tables: Tables, entry: Entry): boolean {
  const passed = new Set([entry.id]);
  let earlier = tables.entries.get(entry.predecessorId ?? '');
  while (earlier?.state === REPLACED_STATE && !passed.has(earlier.id)) {
    passed.add(earlier.id);
    earlier = tables.entries.get(earlier.predecessorId ?? '');
  }
  return earlier !== undefined && BLOCKING_STATES.includes(earlier.state);
}
