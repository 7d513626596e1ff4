import type { Entry } from './entry.ts';
import type { EntryEvent } from './event.ts';

/** Fact of an entry that was edited: the id of the version that took its place. */
export function nextVersionFact(id: string): string {
  return `edited:${id}`;
}

/** Fact of an entry that came of an edit: the id of the version before it. */
export function earlierVersionFact(id: string): string {
  return `edit-of:${id}`;
}

/** The facts, name and value, that a store sets in the transaction of an edit; none for any other event. */
export function versionFacts(
  id: string,
  event: EntryEvent,
  alongside: Entry,
): readonly (readonly [string, string])[] {
  if (event.kind !== 'edit') return [];
  return [
    [nextVersionFact(id), alongside.id],
    [earlierVersionFact(alongside.id), id],
  ];
}
