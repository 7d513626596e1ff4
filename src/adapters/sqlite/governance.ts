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
import { foldPersonName } from '../../outbox/person-name.ts';
import { appendFact, auditHead, auditRecords, personNo, pseudonym } from './audit.ts';
import { integer, json, textOrNull } from './columns.ts';
import type { Connection } from './connection.ts';
import { findEntry } from './entries.ts';
import { replaceName } from './replace-name.ts';
import { alerts, clearAlert } from './scope-rows.ts';

/** People and the log, in the file of the outbox. */
export class SqliteGovernance implements GovernanceStore {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  operators(): Promise<readonly Operator[]> {
    return this.#read(() => operatorsOf(this.#db));
  }

  changeOperator(event: OperatorEvent): Promise<OperatorChange> {
    return this.#write(() => {
      const change = changeOperator(operatorsOf(this.#db), event);
      if (change.kind === 'refused') return change;
      const no = personNo(this.#db, change.operator.name);
      this.#db.run(SAVE_OPERATOR, { no, body: JSON.stringify(change.operator) });
      appendFact(this.#db, operatorFact(event, change.before, change.operator));
      return change;
    });
  }

  signIns(key: string, since: EpochMs): Promise<readonly SignInAttempt[]> {
    const sql = 'SELECT at, succeeded FROM sign_in WHERE name_key = :key AND at >= :since ORDER BY seq';
    return this.#read(() =>
      this.#db
        .all(sql, { key, since })
        .map((row) => ({ at: integer(row, 'at'), succeeded: integer(row, 'succeeded') === 1 })),
    );
  }

  recordSignIn(key: string, attempt: SignInAttempt): Promise<void> {
    return this.#write(() => {
      this.#db.run('INSERT INTO sign_in (name_key, at, succeeded) VALUES (:key, :at, :succeeded)', {
        key,
        at: attempt.at,
        succeeded: Number(attempt.succeeded),
      });
      const { keptMax } = governanceLimits.signIn;
      this.#db.run('DELETE FROM sign_in WHERE seq <= (SELECT max(seq) FROM sign_in) - :kept', {
        kept: keptMax,
      });
    });
  }

  forgetSignIns(before: EpochMs): Promise<number> {
    return this.#write(() => this.#db.run('DELETE FROM sign_in WHERE at < :before', { before }));
  }

  note(fact: AuditFact): Promise<void> {
    return this.#write(() => appendFact(this.#db, fact));
  }

  endReview(
    scope: Scope,
    entryId: string,
    review: { by: string; reason: string; at: EpochMs },
  ): Promise<ReviewEnd> {
    return this.#write(() => {
      const end = endReview(findEntry(this.#db, entryId), alerts(this.#db, scope), scope, review);
      if (end.kind !== 'reviewed') return end.kind;
      clearAlert(this.#db, scope, end.alertKey);
      appendFact(this.#db, end.fact);
      return 'reviewed';
    });
  }

  auditRecords(afterSeq: number, limit: number): Promise<readonly AuditRecord[]> {
    return this.#read(() => auditRecords(this.#db, afterSeq, limit));
  }

  auditHead(): Promise<AuditHead | null> {
    return this.#read(() => auditHead(this.#db));
  }

  people(): Promise<readonly Person[]> {
    return this.#read(() =>
      this.#db
        .all('SELECT no, name FROM person ORDER BY no')
        .map((row) => ({ id: pseudonym(integer(row, 'no')), name: textOrNull(row, 'name') })),
    );
  }

  erasePerson(name: string, by: string, at: EpochMs): Promise<Erasure> {
    return this.#write((): Erasure => {
      const folded = foldPersonName(name);
      const row = this.#db.one('SELECT no FROM person WHERE folded = :folded', { folded });
      if (row === null) return { kind: 'unknown' };
      const no = integer(row, 'no');
      const operator = operatorsOf(this.#db).find((one) => foldPersonName(one.name) === folded);
      if (operator !== undefined && operator.disabledAt === null) return { kind: 'active' };
      const id = pseudonym(no);
      this.#db.run('DELETE FROM operator WHERE person_no = :no', { no });
      for (const left of keptGoverned(operatorsOf(this.#db), operator))
        this.#db.run(SAVE_OPERATOR, { no: personNo(this.#db, left.name), body: JSON.stringify(left) });
      const places = replaceName(this.#db, name, id);
      this.#db.run('UPDATE person SET name = NULL, folded = NULL WHERE no = :no', { no });
      appendFact(this.#db, erasedFact(at, by, id, places));
      return { kind: 'erased', id, places };
    }).then((erasure) => {
      // The write-ahead log still holds the pages as they were; where a reader keeps it from being cut, the next checkpoint does.
      if (erasure.kind === 'erased') this.#db.all('PRAGMA wal_checkpoint(TRUNCATE)');
      return erasure;
    });
  }

  #write<T>(work: () => T): Promise<T> {
    return this.#read(() => this.#db.transaction(work));
  }

  /** What the driver throws becomes a rejection, as the port promises. */
  #read<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      resolve(work());
    });
  }
}

const SAVE_OPERATOR = `
  INSERT INTO operator (person_no, body) VALUES (:no, :body)
  ON CONFLICT (person_no) DO UPDATE SET body = excluded.body`;

function operatorsOf(db: Connection): Operator[] {
  const sql = 'SELECT body FROM operator ORDER BY person_no';
  return db.all(sql).map((row) => json<Operator>(row, 'body'));
}
