import type { Alert } from '../../outbox/outbox-store.ts';
import type { Approval } from '../../outbox/entry.ts';
import { isSamePerson } from '../../outbox/person-name.ts';
import type { Connection } from './connection.ts';
import { json, text } from './columns.ts';

const TABLES = ['entry', 'history', 'stop', 'stop_history'] as const;

/** Puts `id` in the place of a name wherever the outbox says who did something; returns in how many rows. Inside a transaction. */
export function replaceName(db: Connection, name: string, id: string): number {
  let places = 0;
  for (const table of TABLES) {
    const spellings = db.all(`SELECT DISTINCT by FROM ${table}`).map((row) => text(row, 'by'));
    for (const spelling of spellings.filter((one) => isSamePerson(one, name))) {
      places += db.run(`UPDATE ${table} SET by = :id WHERE by = :spelling`, { id, spelling });
    }
  }
  return places + inApprovals(db, name, id) + inAlerts(db, name, id);
}

function inApprovals(db: Connection, name: string, id: string): number {
  let places = 0;
  for (const row of db.all("SELECT id, approvals FROM entry WHERE approvals <> '[]'")) {
    const approvals = json<Approval[]>(row, 'approvals');
    if (!approvals.some(({ by }) => isSamePerson(by, name))) continue;
    const replaced = approvals.map((one) => (isSamePerson(one.by, name) ? { ...one, by: id } : one));
    places += db.run('UPDATE entry SET approvals = :approvals WHERE id = :entry', {
      approvals: JSON.stringify(replaced),
      entry: text(row, 'id'),
    });
  }
  return places;
}

function inAlerts(db: Connection, name: string, id: string): number {
  let places = 0;
  for (const row of db.all('SELECT mode, account, key, params FROM alert')) {
    const params = json<Alert['params']>(row, 'params');
    if (typeof params['by'] !== 'string' || !isSamePerson(params['by'], name)) continue;
    const sql = 'UPDATE alert SET params = :params WHERE mode = :mode AND account = :account AND key = :key';
    places += db.run(sql, {
      params: JSON.stringify({ ...params, by: id }),
      mode: text(row, 'mode'),
      account: text(row, 'account'),
      key: text(row, 'key'),
    });
  }
  return places;
}
