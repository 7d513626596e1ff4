import { StoreError } from '../../outbox/outbox-store.ts';
import { Database, sessionConfig } from './connection.ts';
import type { Statements } from './connection.ts';
import { PostgresOutbox } from './outbox.ts';
import { integer } from './rows.ts';
import { MIGRATIONS } from './schema.ts';

/** Where the store's tables stand; a schema of their own, so that the database may hold other things. */
export const DEFAULT_SCHEMA = 'kosatsu';

export type PostgresOptions = { databaseUrl: string; schema?: string };

/**
 * The store in the PostgreSQL database of the URL, made or brought up to date there. Rejects with StoreError where it can't be
 * reached or written, or was made by a newer version of the program.
 */
export async function openPostgresOutbox(options: PostgresOptions): Promise<PostgresOutbox> {
  const schema = schemaOf(options);
  const db = new Database(sessionConfig(options.databaseUrl, schema));
  try {
    if ((await versionOf(db, schema)) !== MIGRATIONS.length)
      await db.transaction((inside) => migrate(inside, schema));
    return new PostgresOutbox(db);
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * The same for commands that only look: makes nothing, and every change rejects with StoreError `read-only`. Null where there is no
 * store yet.
 */
export async function openPostgresReader(options: PostgresOptions): Promise<PostgresOutbox | null> {
  const schema = schemaOf(options);
  const db = new Database(sessionConfig(options.databaseUrl, schema, 'read'));
  try {
    const version = await versionOf(db, schema);
    if (version === MIGRATIONS.length) return new PostgresOutbox(db);
    if (version > 0) {
      throw new StoreError('outdated', 'the database is of an older version');
    }
    await db.close();
    return null;
  } catch (error) {
    await db.close();
    throw error;
  }
}

function schemaOf(options: PostgresOptions): string {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`not a schema's name: ${schema}`);
  return schema;
}

/** How many migrations the schema has seen; 0 where there is none. */
async function versionOf(db: Statements, schema: string): Promise<number> {
  const [there] = await db.all('SELECT to_regclass(:name) IS NOT NULL AS is_there', {
    name: `${schema}.schema_version`,
  });
  if (there?.['is_there'] !== true) return 0;
  const [row] = await db.all('SELECT coalesce(max(version), 0) AS version FROM schema_version');
  const version = row === undefined ? 0 : integer(row, 'version');
  if (version > MIGRATIONS.length) {
    throw new StoreError('too-old', 'the database was made by a newer version of the program');
  }
  return version;
}

/** PostgreSQL changes its schema inside transactions too, so all that is missing comes at once or not at all. */
async function migrate(db: Statements, schema: string): Promise<void> {
  // Two first starts at once would both find nothing: the lock on the schema's name makes the second wait.
  await db.run('SELECT pg_advisory_xact_lock(hashtext(:name))', { name: `kosatsu schema ${schema}` });
  await db.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await db.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)');
  const version = await versionOf(db, schema);
  for (const migration of MIGRATIONS.slice(version)) await db.run(migration);
  if (version < MIGRATIONS.length) {
    await db.run('INSERT INTO schema_version VALUES (:version)', { version: MIGRATIONS.length });
  }
}
