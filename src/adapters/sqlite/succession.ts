import { REPLACEABLE_STATES, REPLACED_STATE, REPLACING_STATES } from '../../outbox/supersede.ts';
import { text } from './columns.ts';
import type { Connection } from './connection.ts';

/** The newest report that takes the entry's place, directly or past others that were replaced themselves. */
const REPLACEMENT = `
  WITH RECURSIVE newer (id, state, created_at) AS (
    SELECT id, state, created_at FROM entry WHERE predecessor_id = :id
    UNION
    SELECT entry.id, entry.state, entry.created_at FROM newer JOIN entry ON entry.predecessor_id = newer.id
    WHERE newer.state = '${REPLACED_STATE}'
  )
  SELECT id FROM newer WHERE id <> :id AND state IN (${REPLACING_STATES.map((state) => `'${state}'`).join(', ')})
  ORDER BY created_at DESC, id DESC LIMIT 1`;

export function findReplacement(db: Connection, id: string): string | null {
  const row = db.one(REPLACEMENT, { id });
  return row === null ? null : text(row, 'id');
}

/** The report before a replacer, past those that were replaced themselves, if it waits to be sent. */
const EARLIER = `
  WITH RECURSIVE earlier (id, state, predecessor_id) AS (
    SELECT id, state, predecessor_id FROM entry WHERE id = :predecessor_id
    UNION
    SELECT entry.id, entry.state, entry.predecessor_id FROM earlier JOIN entry ON entry.id = earlier.predecessor_id
    WHERE earlier.state = '${REPLACED_STATE}'
  )
  SELECT id FROM earlier WHERE id <> :replacer_id AND state IN (${REPLACEABLE_STATES.map((state) => `'${state}'`).join(', ')}) LIMIT 1`;

export function findReplaceable(db: Connection, predecessorId: string, replacerId: string): string | null {
  const row = db.one(EARLIER, { predecessor_id: predecessorId, replacer_id: replacerId });
  return row === null ? null : text(row, 'id');
}
