import { AUDIT_START, peopleIn, seal } from '../../governance/audit-record.ts';
import type { AuditFact, AuditHead, AuditRecord } from '../../governance/audit-record.ts';
import { foldPersonName } from '../../outbox/person-name.ts';
import type { Statements } from './connection.ts';
import { integer, key } from './rows.ts';

/** The statements on the log. Those that write expect to run inside the transaction of the act that they record. */

const INSERT = 'INSERT INTO audit (seq, body, hash) VALUES (:seq, :body, :hash)';
const SET_HEAD = `
  INSERT INTO audit_head (id, seq, hash) VALUES (1, :seq, :hash)
  ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`;

/** Seals the fact as the next record. Writers take turns, so the head cannot move meanwhile. */
export async function appendFact(db: Statements, fact: AuditFact): Promise<void> {
  const pseudonyms = new Map<string, string>();
  for (const name of peopleIn(fact)) pseudonyms.set(name, pseudonym(await personNo(db, name)));
  const record = seal(fact, (await auditHead(db)) ?? AUDIT_START, (name) => pseudonyms.get(name) ?? '');
  await db.run(INSERT, { ...record });
  await db.run(SET_HEAD, { seq: record.seq, hash: record.hash });
}

export async function auditHead(db: Statements): Promise<AuditHead | null> {
  const [row] = await db.all('SELECT seq, hash FROM audit_head WHERE id = 1');
  return row === undefined ? null : { seq: integer(row, 'seq'), hash: String(row['hash']) };
}

const PAGE = 'SELECT seq, body, hash FROM audit WHERE seq > :after ORDER BY seq LIMIT :limit';

export async function auditRecords(db: Statements, after: number, limit: number): Promise<AuditRecord[]> {
  return (await db.all(PAGE, { after, limit })).map((row) => ({
    seq: integer(row, 'seq'),
    body: String(row['body']),
    hash: String(row['hash']),
  }));
}

/** The person's number, given now where the name is new. */
export async function personNo(db: Statements, name: string): Promise<number> {
  const known = await findPerson(db, name);
  if (known !== null) return known;
  const sql = 'INSERT INTO person (name, folded) VALUES (:name, :folded) RETURNING no';
  const [row] = await db.all(sql, { name: key(name), folded: key(foldPersonName(name)) });
  if (row === undefined) throw new Error('a person was not written');
  return integer(row, 'no');
}

export async function findPerson(db: Statements, name: string): Promise<number | null> {
  const folded = key(foldPersonName(name));
  const [row] = await db.all('SELECT no FROM person WHERE folded = :folded', { folded });
  return row === undefined ? null : integer(row, 'no');
}

export function pseudonym(no: number): string {
  return `person-${String(no)}`;
}
