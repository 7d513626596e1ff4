import { StoreError } from '../../outbox/outbox-store.ts';
import { Database, sessionConfig } from './connection.ts';
import type { Statements } from './connection.ts';
import { PostgresOutbox } from './outbox.ts';
import { integer } from './rows.ts';
import { MIGRATIONS } from './schema.ts';

/** Where the store's tables stand; a schema of their own, so that the database may hold other things. */
export const DEFAULT_SCHEMA = 'kosatsu';

/**
 * The store in the PostgreSQL database of the URL, made or brought up to date there. Rejects with StoreError where it can't be
 * reached or written, or was made by a newer version of the program.
 */
export async function openPostgresOutbox(options: {
  databaseUrl: string;
  schema?: string;
}): Promise<PostgresOutbox> {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`not a schema's name: ${schema}`);
  const db = new Database(sessionConfig(options.databaseUrl, schema));
  try {
    await db.transaction((inside) => migrate(inside, schema));
    return new PostgresOutbox(db);
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** PostgreSQL changes its schema inside transactions too, so all that is missing comes at once or not at all. */
async function migrate(db: Statements, schema: string): Promise<void> {
  // Two first starts at once would both find nothing: the lock on the schema's name makes the second wait.
  await db.run('SELECT pg_advisory_xact_lock(hashtext(:name))', { name: `kosatsu schema ${schema}` });
  await db.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await db.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)');
  const [row] = await db.all('SELECT coalesce(max(version), 0) AS version FROM schema_version');
  const version = row === undefined ? 0 : integer(row, 'version');
  if (version > MIGRATIONS.length) {
    throw new StoreError('too-old', 'the database was made by a newer version of the program');
  }
  for (const migration of MIGRATIONS.slice(version)) await db.run(migration);
  if (version < MIGRATIONS.length) {
    await db.run('INSERT INTO schema_version VALUES (:version)', { version: MIGRATIONS.length });
  }
}
