import type { Entry } from '../../outbox/entry.ts';
import type { Alert } from '../../outbox/outbox-store.ts';
import { isSamePerson } from '../../outbox/person-name.ts';
import type { Row, Statements } from './connection.ts';
import { bodyOf } from './rows.ts';

/** Puts `id` in the place of a name wherever the outbox says who did something; returns in how many records. Inside a transaction. */
export async function replaceName(db: Statements, name: string, id: string): Promise<number> {
  const isIt = (by: unknown): boolean => typeof by === 'string' && isSamePerson(by, name);
  let places = 0;
  for (const row of await db.all('SELECT id, body FROM entry')) {
    const entry = bodyOf<Entry>(row);
    const isBy = isIt(entry.by);
    const isIn = entry.approvals.some(({ by }) => isIt(by));
    if (!isBy && !isIn) continue;
    places += Number(isBy) + Number(isIn);
    const approvals = entry.approvals.map((one) => (isIt(one.by) ? { ...one, by: id } : one));
    const body = JSON.stringify({ ...entry, by: isBy ? id : entry.by, approvals });
    await db.run('UPDATE entry SET body = :body WHERE id = :id', { id: String(row['id']), body });
  }
  for (const table of ['history', 'stop_history']) {
    for (const row of await db.all(`SELECT seq, body FROM ${table}`)) {
      const line = bodyOf<{ by: string }>(row);
      if (!isIt(line.by)) continue;
      const body = JSON.stringify({ ...line, by: id });
      places += await db.run(`UPDATE ${table} SET body = :body WHERE seq = :seq`, {
        seq: String(row['seq']),
        body,
      });
    }
  }
  for (const row of await db.all("SELECT * FROM named WHERE kind IN ('stop', 'alert')")) {
    const body = withoutName(row, isIt, id);
    if (body === null) continue;
    const sql =
      'UPDATE named SET body = :body WHERE mode = :mode AND account = :account AND kind = :kind AND name = :name';
    const [mode, account, kind, key] = ['mode', 'account', 'kind', 'name'].map((column) =>
      String(row[column]),
    );
    places += await db.run(sql, {
      body,
      mode: mode ?? '',
      account: account ?? '',
      kind: kind ?? '',
      name: key ?? '',
    });
  }
  return places;
}

/** The stop or alert as it is to stand; null where it does not hold the name. */
function withoutName(row: Row, isIt: (by: unknown) => boolean, id: string): string | null {
  if (row['kind'] === 'stop') {
    const stop = bodyOf<{ by: string }>(row);
    return isIt(stop.by) ? JSON.stringify({ ...stop, by: id }) : null;
  }
  const alert = bodyOf<Alert>(row);
  return isIt(alert.params['by']) ? JSON.stringify({ ...alert, params: { ...alert.params, by: id } }) : null;
}
