import type { EpochMs } from '../feed/item.ts';
import type { Scope } from '../outbox/entry.ts';
import type { AuditFact, AuditHead, AuditRecord } from './audit-record.ts';
import type { Operator } from './operator.ts';
import type { OperatorChange, OperatorEvent } from './operator-event.ts';
import type { SignInAttempt } from './sign-in.ts';

/** Who stands behind a pseudonym of the log; `name` is null once it was erased. */
export type Person = { id: string; name: string | null };

/** What an erasure changed: the pseudonym that stands in the name's place now, and in how many records of the outbox. */
export type Erasure =
  { kind: 'erased'; id: string; places: number } | { kind: 'unknown' } | { kind: 'active' };

/** `own`: the reviewer is who broke the glass. */
export type ReviewEnd = 'reviewed' | 'own' | 'none';

/** Key of the alert that keeps a break-glass post on the board until another person has reviewed it. */
export function reviewAlertKey(entryId: string): string {
  return `review:${entryId}`;
}

/**
 * People and the record of what they did; kept by the same store as the outbox, so that an act and its record are one transaction.
 * Every method that changes something adds to the log. Rejects with StoreError as the outbox does.
 */
export interface GovernanceStore {
  /** All of them, disabled ones included, by name. */
  operators(): Promise<readonly Operator[]>;
  /** Runs changeOperator() on what is stored, writes the result and its record. A refusal writes nothing. */
  changeOperator(event: OperatorEvent): Promise<OperatorChange>;
  /** Tries since the instant, under a signInKey(). */
  signIns(key: string, since: EpochMs): Promise<readonly SignInAttempt[]>;
  recordSignIn(key: string, attempt: SignInAttempt): Promise<void>;
  /** Returns how many were forgotten. */
  forgetSignIns(before: EpochMs): Promise<number>;

  /** Adds a fact that changes nothing else: a refusal, a start, an export. */
  note(fact: AuditFact): Promise<void>;
  /** Takes a post off the board of reviews. */
  endReview(
    scope: Scope,
    entryId: string,
    review: { by: string; reason: string; at: EpochMs },
  ): Promise<ReviewEnd>;
  /** Records after `afterSeq`, in their order. */
  auditRecords(afterSeq: number, limit: number): Promise<readonly AuditRecord[]>;
  /** null: nothing was ever recorded. */
  auditHead(): Promise<AuditHead | null>;

  people(): Promise<readonly Person[]>;
  /**
   * Puts the pseudonym in the place of the name wherever the outbox and the operators hold it, and forgets the name. An operator
   * must be disabled first (`active`). The log is not touched: it never held the name.
   */
  erasePerson(name: string, by: string, at: EpochMs): Promise<Erasure>;
}
