import type { Entry } from './entry.ts';

/**
 * What is wrong with an entry as such, or null: the invariants that hold in every state, whatever happened before. A store refuses
 * to write an entry that breaks one, because that is a defect of the program and would be unexplainable later.
 */
export function brokenInvariant(entry: Entry): string | null {
  const isAtX = entry.state === 'published' || entry.state === 'withdrawing' || entry.state === 'withdrawn';
  const mayBeAtX = entry.state === 'attempting' || entry.state === 'uncertain';
  const rules: readonly (readonly [holds: boolean, broken: string])[] = [
    [entry.id !== '' && entry.account !== '', 'an entry needs an id and an account'],
    [
      (entry.remoteId !== null && entry.remoteId !== '') === isAtX,
      'a post id belongs to published posts alone',
    ],
    [(entry.publishedAt !== null) === isAtX, 'a time of publication belongs to published posts alone'],
    [(entry.heldSince !== null) === (entry.state === 'held'), 'heldSince is set while held'],
    [
      (entry.search !== null) === (entry.state === 'uncertain'),
      'a search belongs to uncertain entries alone',
    ],
    [!entry.needsPerson || entry.state === 'uncertain', 'only an uncertain entry is marked for a person'],
    [!mayBeAtX || entry.attempt !== null, 'what may be at X needs its attempt on record'],
    [entry.attempts === (entry.attempt?.number ?? 0), 'the attempt on record is the last one made'],
    [(entry.firstAttemptAt !== null) === entry.attempts > 0, 'the first attempt has a time'],
    [entry.approvals.every((approval) => approval.hash === entry.textHash), 'an approval is of these bytes'],
  ];
  return rules.find(([holds]) => !holds)?.[1] ?? null;
}

/** Throws where an invariant is broken; for stores, before they write. */
export function assertSound(entry: Entry): void {
  const broken = brokenInvariant(entry);
  if (broken !== null) throw new Error(`entry ${entry.id} (${entry.state}): ${broken}`);
}
