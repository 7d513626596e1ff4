import type { EpochMs } from '../feed/item.ts';
import type { Approval, Entry } from './entry.ts';
import { foldPersonName, isSamePerson, PROGRAM } from './person-name.ts';

/** How many different people stand behind these approvals; the program is nobody, and one person's two names are one person. */
export function countPeople(approvals: readonly Approval[]): number {
  const people = new Set(approvals.map(({ by }) => foldPersonName(by)));
  people.delete('');
  people.delete(PROGRAM);
  return people.size;
}

/** Approvals of exactly the entry's present bytes, given after the instant. */
export function validApprovals(entry: Entry, givenAfter: EpochMs = -Infinity): readonly Approval[] {
  return entry.approvals.filter(({ hash, at }) => hash === entry.textHash && at > givenAfter);
}

/**
 * Whether as many different people as needed have said yes to these bytes. One who broke the glass stands for all of them: the
 * second person looks afterwards.
 */
export function isApproved(entry: Entry, approvals: readonly Approval[] = validApprovals(entry)): boolean {
  if (countPeople(approvals) >= entry.approvalsNeeded) return true;
  return entry.kind === 'forced' && approvals.some(({ breakGlass }) => breakGlass === true);
}

/** Whether this person's yes would add something. A second one does only where other reasons have been shown since the first. */
export function addsApproval(entry: Entry, by: string): boolean {
  const earlier = entry.approvals.find(
    (given) => isSamePerson(given.by, by) && given.hash === entry.textHash,
  );
  return (
    earlier === undefined ||
    entry.reasons.some(({ rule }) => rule !== 'approval' && !earlier.covers.includes(rule))
  );
}
