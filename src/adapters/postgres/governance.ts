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
import type { Alert } from '../../outbox/outbox-store.ts';
import { isSamePerson } from '../../outbox/person-name.ts';
import { appendFact, auditHead, auditRecords, findPerson, personNo, pseudonym } from './audit.ts';
import type { Database, Statements } from './connection.ts';
import { findEntry } from './entries.ts';
import { replaceName } from './replace-name.ts';
import { bodyOf, integer } from './rows.ts';
import { allNamed, deleteNamed } from './scope-rows.ts';

/** People and the log, in the schema of the outbox. */
export class PostgresGovernance implements GovernanceStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  operators(): Promise<readonly Operator[]> {
    return operatorsOf(this.#db);
  }

  changeOperator(event: OperatorEvent): Promise<OperatorChange> {
    return this.#db.transaction(async (db) => {
      const change = changeOperator(await operatorsOf(db), event);
      if (change.kind === 'refused') return change;
      const no = await personNo(db, change.operator.name);
      await db.run(SAVE_OPERATOR, { no, body: JSON.stringify(change.operator) });
      await appendFact(db, operatorFact(event, change.before, change.operator));
      return change;
    });
  }

  async signIns(key: string, since: EpochMs): Promise<readonly SignInAttempt[]> {
    const sql = 'SELECT at, succeeded FROM sign_in WHERE name_key = :key AND at >= :since ORDER BY seq';
    const rows = await this.#db.all(sql, { key, since });
    return rows.map((row) => ({ at: integer(row, 'at'), succeeded: row['succeeded'] === true }));
  }

  recordSignIn(key: string, attempt: SignInAttempt): Promise<void> {
    return this.#db.transaction(async (db) => {
      const sql = 'INSERT INTO sign_in (name_key, at, succeeded) VALUES (:key, :at, :succeeded)';
      await db.run(sql, { key, ...attempt });
      const { keptMax } = governanceLimits.signIn;
      const cut = 'DELETE FROM sign_in WHERE seq <= (SELECT max(seq) FROM sign_in) - :kept';
      await db.run(cut, { kept: keptMax });
    });
  }

  forgetSignIns(before: EpochMs): Promise<number> {
    return this.#db.transaction((db) => db.run('DELETE FROM sign_in WHERE at < :before', { before }));
  }

  note(fact: AuditFact): Promise<void> {
    return this.#db.transaction((db) => appendFact(db, fact));
  }

  endReview(
    scope: Scope,
    entryId: string,
    review: { by: string; reason: string; at: EpochMs },
  ): Promise<ReviewEnd> {
    return this.#db.transaction(async (db): Promise<ReviewEnd> => {
      const alerts = await allNamed<Alert>(db, scope, 'alert');
      const end = endReview(await findEntry(db, entryId), alerts, scope, review);
      if (end.kind !== 'reviewed') return end.kind;
      await deleteNamed(db, scope, 'alert', end.alertKey);
      await appendFact(db, end.fact);
      return 'reviewed';
    });
  }

  auditRecords(afterSeq: number, limit: number): Promise<readonly AuditRecord[]> {
    return auditRecords(this.#db, afterSeq, limit);
  }

  auditHead(): Promise<AuditHead | null> {
    return auditHead(this.#db);
  }

  async people(): Promise<readonly Person[]> {
    const rows = await this.#db.all('SELECT no, name FROM person ORDER BY no');
    return rows.map((row) => ({
      id: pseudonym(integer(row, 'no')),
      name: typeof row['name'] === 'string' ? row['name'] : null,
    }));
  }

  erasePerson(name: string, by: string, at: EpochMs): Promise<Erasure> {
    return this.#db.transaction(async (db): Promise<Erasure> => {
      const no = await findPerson(db, name);
      if (no === null) return { kind: 'unknown' };
      const operator = (await operatorsOf(db)).find((one) => isSamePerson(one.name, name));
      if (operator !== undefined && operator.disabledAt === null) return { kind: 'active' };
      const id = pseudonym(no);
      await db.run('DELETE FROM operator WHERE person_no = :no', { no });
      for (const left of keptGoverned(await operatorsOf(db), operator))
        await db.run(SAVE_OPERATOR, { no: await personNo(db, left.name), body: JSON.stringify(left) });
      const places = await replaceName(db, name, id);
      await db.run('UPDATE person SET name = NULL, folded = NULL WHERE no = :no', { no });
      await appendFact(db, erasedFact(at, by, id, places));
      return { kind: 'erased', id, places };
    });
  }
}

const SAVE_OPERATOR = `
  INSERT INTO operator (person_no, body) VALUES (:no, :body)
  ON CONFLICT (person_no) DO UPDATE SET body = excluded.body`;

async function operatorsOf(db: Statements): Promise<Operator[]> {
  const rows = await db.all('SELECT body FROM operator ORDER BY person_no');
  return rows.map((row) => bodyOf<Operator>(row));
}
