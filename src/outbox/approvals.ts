import type { EpochMs } from '../feed/item.ts';
import type { PolicyRule } from '../policy/verdict.ts';
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

/** Whether a person was asked because of this rule: it stands among the reasons, or in an approval that covers it, also an expired one. */
export function wasHeldFor({ reasons, approvals }: Entry, rule: PolicyRule): boolean {
  return (
    reasons.some((reason) => reason.rule === rule) || approvals.some(({ covers }) => covers.includes(rule))
  );
}

/**
 * Whether this person's yes would add something. A second one does only where the first was not given after the instant, or other
 * reasons have been shown since.
 */
export function addsApproval(entry: Entry, by: string, givenAfter: EpochMs): boolean {
  const earlier = validApprovals(entry, givenAfter).find((given) => isSamePerson(given.by, by));
  return (
    earlier === undefined ||
    entry.reasons.some(({ rule }) => rule !== 'approval' && !earlier.covers.includes(rule))
  );
}

/**
 * The entry with its reasons as they are now: where people must agree, only approvals given after the instant count, and those that
 * have expired since are named. Of one that waits in the queue they are the reason that it will not go out.
 */
export function withApprovalsNow(entry: Entry, givenAfter: EpochMs): Entry {
  const valid = validApprovals(entry, givenAfter);
  const expired = countPeople(validApprovals(entry)) - countPeople(valid);
  if (expired === 0 || (entry.state !== 'held' && entry.state !== 'queued')) return entry;
  if (entry.state === 'queued' && isApproved(entry, valid)) return entry;
  // More may be asked than when it was recorded: the policy has been tightened since.
  const asked = entry.reasons.find(({ rule }) => rule === 'approval')?.params['needed'];
  const needed = Math.max(entry.approvalsNeeded, Number(asked ?? 1));
  const params = { given: countPeople(valid), needed, expired };
  const others = entry.reasons.filter(({ rule }) => rule !== 'approval');
  return { ...entry, reasons: [...others, { rule: 'approval', params }] };
}
