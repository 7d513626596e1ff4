import type { Entry } from '../../outbox/entry.ts';
import { REPLACEABLE_STATES, REPLACED_STATE, REPLACING_STATES } from '../../outbox/supersede.ts';
import type { Statements } from './connection.ts';
import { bodyOf, key } from './rows.ts';
import type { Params } from './sql.ts';

/** The newest report that takes the entry's place, directly or past others that were replaced themselves. */
const REPLACEMENT = `
  WITH RECURSIVE newer (id, state, created_at, body) AS (
    SELECT id, state, created_at, body FROM entry WHERE predecessor_id = :id
    UNION
    SELECT entry.id, entry.state, entry.created_at, entry.body FROM newer JOIN entry ON entry.predecessor_id = newer.id
    WHERE newer.state = '${REPLACED_STATE}'
  )
  SELECT body FROM newer WHERE id <> :id AND state = ANY (:replacing::text[]) ORDER BY created_at DESC, id DESC LIMIT 1`;

export function findReplacement(db: Statements, id: string): Promise<string | null> {
  return firstId(db, REPLACEMENT, { id: key(id), replacing: REPLACING_STATES });
}

/** The report before a replacer, past those that were replaced themselves, if it waits to be sent. */
const EARLIER = `
  WITH RECURSIVE earlier (id, state, predecessor_id, body) AS (
    SELECT id, state, predecessor_id, body FROM entry WHERE id = :predecessor_id
    UNION
    SELECT entry.id, entry.state, entry.predecessor_id, entry.body
    FROM earlier JOIN entry ON entry.id = earlier.predecessor_id
    WHERE earlier.state = '${REPLACED_STATE}'
  )
  SELECT body FROM earlier WHERE id <> :replacer_id AND state = ANY (:replaceable::text[]) LIMIT 1`;

export function findReplaceable(
  db: Statements,
  predecessorId: string,
  replacerId: string,
): Promise<string | null> {
  return firstId(db, EARLIER, {
    predecessor_id: key(predecessorId),
    replacer_id: key(replacerId),
    replaceable: REPLACEABLE_STATES,
  });
}

/** Ids are read from the rows' bodies: a key may have lost what PostgreSQL cannot store. */
async function firstId(db: Statements, sql: string, params: Params): Promise<string | null> {
  const [row] = await db.all(sql, params);
  return row === undefined ? null : bodyOf<Entry>(row).id;
}
