import { BLOCKING_STATES } from './due.ts';
import type { Entry, State } from './entry.ts';
import type { EntryEvent } from './event.ts';
import { PROGRAM } from './person-name.ts';

/**
 * States in which a newer report takes the place of one that has come back: it goes out itself, or has. One that waits for a person
 * takes no place, because then nothing at all might be said.
 */
export const REPLACING_STATES: readonly State[] = ['queued', 'attempting', 'uncertain', 'published'];

/** States of a report in between that pass the succession on: it was itself replaced before it left. */
export const REPLACED_STATE: State = 'cancelled';

/** States of an earlier report that has not been sent and is not on its way: the newer one that goes out takes its place. */
export const REPLACEABLE_STATES: readonly State[] = ['queued', 'held'];

/**
 * The report that takes the place of what the entry followed, after this event: the one that replaced the entry itself, or the entry,
 * once people let it go. null: nothing changes for what it followed.
 */
export function replacerAfter(before: Entry, after: Entry, event: EntryEvent): string | null {
  if (event.kind === 'supersede') return event.successorId;
  return before.state === 'held' && after.state === 'queued' ? after.id : null;
}

/** Whether the entry might have been at X and is known not to be: then a newer report that waited for it takes its place. */
export function hasComeBack(before: Entry, after: Entry): boolean {
  return BLOCKING_STATES.includes(before.state) && (after.state === 'queued' || after.state === 'held');
}

/** What then happens to it, at the moment of the event that brought it back. */
export function supersededBy(successorId: string, { at }: EntryEvent): EntryEvent {
  return { kind: 'supersede', successorId, at, by: PROGRAM };
}
