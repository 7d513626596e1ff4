import { AUDIT_START, peopleIn, seal } from '../../governance/audit-record.ts';
import type { AuditFact, AuditHead, AuditRecord } from '../../governance/audit-record.ts';
import { foldPersonName } from '../../outbox/person-name.ts';
import type { Connection } from './connection.ts';
import { integer, text } from './columns.ts';

/** The statements on the log. Those that write expect to run inside the transaction of the act that they record. */

const INSERT = 'INSERT INTO audit (seq, body, hash) VALUES (:seq, :body, :hash)';
const SET_HEAD = `
  INSERT INTO audit_head (id, seq, hash) VALUES (1, :seq, :hash)
  ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`;

/** Seals the fact as the next record. */
export function appendFact(db: Connection, fact: AuditFact): void {
  const pseudonyms = new Map(peopleIn(fact).map((name) => [name, pseudonymOf(db, name)]));
  const record = seal(fact, auditHead(db) ?? AUDIT_START, (name) => pseudonyms.get(name) ?? '');
  db.run(INSERT, { ...record });
  db.run(SET_HEAD, { seq: record.seq, hash: record.hash });
}

export function auditHead(db: Connection): AuditHead | null {
  const row = db.one('SELECT seq, hash FROM audit_head WHERE id = 1');
  return row === null ? null : { seq: integer(row, 'seq'), hash: text(row, 'hash') };
}

const PAGE = 'SELECT seq, body, hash FROM audit WHERE seq > :after ORDER BY seq LIMIT :limit';

export function auditRecords(db: Connection, after: number, limit: number): AuditRecord[] {
  return db.all(PAGE, { after, limit }).map((row) => ({
    seq: integer(row, 'seq'),
    body: text(row, 'body'),
    hash: text(row, 'hash'),
  }));
}

const ADD_PERSON = `
  INSERT INTO person (name, folded) VALUES (:name, :folded)
  ON CONFLICT (folded) DO UPDATE SET folded = excluded.folded RETURNING no`;

/** The person's number, given now where the name is new. Numbers are counted, never derived from the name, so that they tell nothing of it. */
export function personNo(db: Connection, name: string): number {
  const folded = foldPersonName(name);
  const known = db.one('SELECT no FROM person WHERE folded = :folded', { folded });
  const row = known ?? db.one(ADD_PERSON, { name, folded });
  if (row === null) throw new Error('a person was not written');
  return integer(row, 'no');
}

function pseudonymOf(db: Connection, name: string): string {
  return pseudonym(personNo(db, name));
}

export function pseudonym(no: number): string {
  return `person-${String(no)}`;
}
