import type { EpochMs } from '../../feed/item.ts';
import { erasedFact } from '../../governance/audit-facts.ts';
import type { AuditFact, AuditHead, AuditRecord } from '../../governance/audit-record.ts';
import type { Erasure, GovernanceStore, Person, ReviewEnd } from '../../governance/governance-store.ts';
import { keptGoverned, type Operator } from '../../governance/operator.ts';
import { changeOperator, operatorFact } from '../../governance/operator-event.ts';
import type { OperatorChange, OperatorEvent } from '../../governance/operator-event.ts';
import { endReview } from '../../governance/review.ts';
import type { SignInAttempt } from '../../governance/sign-in.ts';
import { governanceLimits } from '../../limits/storage.ts';
import type { Scope } from '../../outbox/entry.ts';
import { isSamePerson } from '../../outbox/person-name.ts';
import { appendFact, auditHead, auditRecords, findPerson, personNo, pseudonym } from './audit.ts';
import { replaceName } from './replace-name.ts';
import { keep, scopedKey, valuesOf } from './tables.ts';
import type { Tables } from './tables.ts';

/** People and the log, in the tables of the outbox in memory. */
export class MemoryGovernance implements GovernanceStore {
  readonly #present: () => Tables;

  /** `present` gives the outbox's tables as they are now: a restored snapshot replaces them. */
  constructor(present: () => Tables) {
    this.#present = present;
  }

  operators(): Promise<readonly Operator[]> {
    return Promise.resolve(operatorsOf(this.#present()));
  }

  changeOperator(event: OperatorEvent): Promise<OperatorChange> {
    const tables = this.#present();
    const change = changeOperator(operatorsOf(tables), event);
    if (change.kind === 'refused') return Promise.resolve(change);
    tables.operators.set(personNo(tables, change.operator.name), keep(change.operator));
    appendFact(tables, operatorFact(event, change.before, change.operator));
    return Promise.resolve(change);
  }

  signIns(key: string, since: EpochMs): Promise<readonly SignInAttempt[]> {
    const found = this.#present().signIns.filter((one) => one.key === key && one.at >= since);
    return Promise.resolve(found.map(({ at, succeeded }) => ({ at, succeeded })));
  }

  recordSignIn(key: string, attempt: SignInAttempt): Promise<void> {
    const tables = this.#present();
    tables.signIns = [...tables.signIns, { key, ...attempt }].slice(-governanceLimits.signIn.keptMax);
    return Promise.resolve();
  }

  forgetSignIns(before: EpochMs): Promise<number> {
    const tables = this.#present();
    const kept = tables.signIns.filter(({ at }) => at >= before);
    const forgotten = tables.signIns.length - kept.length;
    tables.signIns = kept;
    return Promise.resolve(forgotten);
  }

  note(fact: AuditFact): Promise<void> {
    appendFact(this.#present(), fact);
    return Promise.resolve();
  }

  endReview(
    scope: Scope,
    entryId: string,
    review: { by: string; reason: string; at: EpochMs },
  ): Promise<ReviewEnd> {
    const tables = this.#present();
    const entry = tables.entries.get(entryId) ?? null;
    const end = endReview(entry, valuesOf(tables.alerts, scope), scope, review);
    if (end.kind !== 'reviewed') return Promise.resolve(end.kind);
    tables.alerts.delete(scopedKey(scope, end.alertKey));
    appendFact(tables, end.fact);
    return Promise.resolve('reviewed');
  }

  auditRecords(afterSeq: number, limit: number): Promise<readonly AuditRecord[]> {
    return Promise.resolve(auditRecords(this.#present(), afterSeq, limit));
  }

  auditHead(): Promise<AuditHead | null> {
    return Promise.resolve(auditHead(this.#present()));
  }

  people(): Promise<readonly Person[]> {
    const { people } = this.#present();
    return Promise.resolve(people.map((name, index) => ({ id: pseudonym(index + 1), name })));
  }

  erasePerson(name: string, by: string, at: EpochMs): Promise<Erasure> {
    const tables = this.#present();
    const no = findPerson(tables, name);
    if (no === null) return Promise.resolve({ kind: 'unknown' });
    const operator = operatorsOf(tables).find((one) => isSamePerson(one.name, name));
    if (operator !== undefined && operator.disabledAt === null) return Promise.resolve({ kind: 'active' });
    const id = pseudonym(no);
    tables.operators.delete(no);
    for (const left of keptGoverned(operatorsOf(tables), operator))
      tables.operators.set(personNo(tables, left.name), keep(left));
    const places = replaceName(tables, name, id);
    tables.people = tables.people.with(no - 1, null);
    appendFact(tables, erasedFact(at, by, id, places));
    return Promise.resolve({ kind: 'erased', id, places });
  }
}

function operatorsOf(tables: Tables): Operator[] {
  return [...tables.operators].toSorted(([a], [b]) => a - b).map(([, operator]) => operator);
}
