import { AUDIT_START, peopleIn, seal } from '../../governance/audit-record.ts';
import type { AuditFact, AuditHead, AuditRecord } from '../../governance/audit-record.ts';
import { foldPersonName } from '../../outbox/person-name.ts';
import type { Tables } from './tables.ts';

/** Seals the fact as the next record. */
export function appendFact(tables: Tables, fact: AuditFact): void {
  for (const name of peopleIn(fact)) personNo(tables, name);
  const record = seal(fact, auditHead(tables) ?? AUDIT_START, (name) => pseudonym(personNo(tables, name)));
  const { audit } = tables;
  // A copy that went on from here has written behind our end: then the array is no longer ours alone.
  if (audit.records.length > audit.length) audit.records = audit.records.slice(0, audit.length);
  audit.records.push(Object.freeze(record));
  audit.length += 1;
}

/** In memory nothing stands beside the log; its own end is the head. */
export function auditHead({ audit }: Tables): AuditHead | null {
  const last = audit.records[audit.length - 1];
  return last === undefined ? null : { seq: last.seq, hash: last.hash };
}

export function auditRecords({ audit }: Tables, after: number, limit: number): AuditRecord[] {
  return audit.records.slice(after, Math.min(after + limit, audit.length));
}

/** The person's number, given now where the name is new. */
export function personNo(tables: Tables, name: string): number {
  const known = findPerson(tables, name);
  if (known !== null) return known;
  tables.people = [...tables.people, name];
  return tables.people.length;
}

export function findPerson({ people }: Tables, name: string): number | null {
  const folded = foldPersonName(name);
  const index = people.findIndex((one) => one !== null && foldPersonName(one) === folded);
  return index === -1 ? null : index + 1;
}

export function pseudonym(no: number): string {
  return `person-${String(no)}`;
}
