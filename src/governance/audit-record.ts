import { createHash } from 'node:crypto';
import type { EpochMs } from '../feed/item.ts';
import type { Scope } from '../outbox/entry.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import { canonicalJson, type Json } from './canonical-json.ts';

/** A name inside a fact. In the record it becomes the person's pseudonym, so that the name can be erased and the chain stays. */
type PersonRef = { readonly person: string };

/** What a fact says of something before or after; names of people stand in it as references only. */
export type AuditDetail =
  | string
  | number
  | boolean
  | null
  | PersonRef
  | readonly AuditDetail[]
  | { readonly [key: string]: AuditDetail };

/** One decision or act, before it is sealed. */
export type AuditFact = {
  at: EpochMs;
  /** Whose account and mode it concerns; null where it concerns the whole installation (operators, exports). */
  scope: Scope | null;
  /** The name of who did it, or `kosatsu`. */
  actor: string;
  /** What was done: `entry.approve`, `stop.set`, `operator.add`, `refused`, … */
  act: string;
  /** What it was done to: an entry's id, a stop's kind, a person. */
  subject: string | PersonRef | null;
  reason: string | null;
  before: AuditDetail;
  after: AuditDetail;
  /** The policy that judged it; null where no policy was asked. */
  policyVersion: string | null;
};

/** A sealed record as a store keeps it. `body` is canonical JSON and includes the hash before; `hash` is its SHA-256, hex. */
export type AuditRecord = { seq: number; body: string; hash: string };

/** The newest record, kept beside the log: a log that was cut off at its end no longer meets it. */
export type AuditHead = { seq: number; hash: string };

/** Before the first record. */
export const AUDIT_START: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** The names that need a pseudonym before the fact can be sealed. */
export function peopleIn(fact: AuditFact): readonly string[] {
  const names = new Set<string>();
  if (fact.actor !== PROGRAM) names.add(fact.actor);
  for (const part of [fact.subject, fact.before, fact.after]) collect(part, names);
  return [...names];
}

/** The record that follows `head`. `pseudonymOf` knows every name of peopleIn(). */
export function seal(fact: AuditFact, head: AuditHead, pseudonymOf: (name: string) => string): AuditRecord {
  const seq = head.seq + 1;
  const body = canonicalJson({
    v: 1,
    seq,
    at: fact.at,
    mode: fact.scope?.mode ?? null,
    account: fact.scope?.account ?? null,
    actor: fact.actor === PROGRAM ? PROGRAM : pseudonymOf(fact.actor),
    act: fact.act,
    subject: withoutNames(fact.subject, pseudonymOf),
    reason: fact.reason,
    before: withoutNames(fact.before, pseudonymOf),
    after: withoutNames(fact.after, pseudonymOf),
    policyVersion: fact.policyVersion,
    prev: head.hash,
  });
  return { seq, body, hash: digestOf(body) };
}

/** SHA-256 of a record's body, hex. */
export function digestOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

function collect(detail: AuditDetail, names: Set<string>): void {
  if (typeof detail !== 'object' || detail === null) return;
  if (isPerson(detail)) {
    if (detail.person !== PROGRAM) names.add(detail.person);
    return;
  }
  for (const part of Object.values(detail)) collect(part, names);
}

function withoutNames(detail: AuditDetail, pseudonymOf: (name: string) => string): Json {
  if (typeof detail !== 'object' || detail === null) return detail;
  if (isPerson(detail)) return detail.person === PROGRAM ? PROGRAM : pseudonymOf(detail.person);
  if (isList(detail)) return detail.map((part) => withoutNames(part, pseudonymOf));
  return Object.fromEntries(
    Object.entries(detail).map(([key, part]) => [key, withoutNames(part, pseudonymOf)]),
  );
}

function isPerson(detail: object): detail is PersonRef {
  return 'person' in detail && typeof detail.person === 'string' && Object.keys(detail).length === 1;
}

function isList(detail: object): detail is readonly AuditDetail[] {
  return Array.isArray(detail);
}
