import { Pool } from 'pg';
import type { ClientConfig, PoolClient, QueryResult } from 'pg';
import { storeLimits } from '../../limits/storage.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import { toStoreError } from './errors.ts';
import { positional } from './sql.ts';
import type { Params } from './sql.ts';

export type Row = Record<string, unknown>;

/** What statements run on: a connection inside a transaction, or any connection of the pool. */
export interface Statements {
  all(sql: string, params?: Params): Promise<Row[]>;
  /** Returns how many rows changed. */
  run(sql: string, params?: Params): Promise<number>;
}

/** One writer at a time, as with SQLite: what a transaction reads is then what it changes, and no two ever wait for each other. */
export const WRITER_LOCK = "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.kosatsu'))";

/** Settings of every session: commits are durable, and nothing waits without end for a server or a process that is gone. */
export function sessionConfig(
  databaseUrl: string,
  schema: string,
  way: 'write' | 'read' = 'write',
): ClientConfig {
  const settings = {
    search_path: schema,
    synchronous_commit: 'on',
    default_transaction_read_only: way === 'read' ? 'on' : 'off',
    lock_timeout: storeLimits.busyMs,
    statement_timeout: storeLimits.statementMs,
    idle_in_transaction_session_timeout: storeLimits.statementMs,
    client_min_messages: 'warning',
  };
  return {
    connectionString: databaseUrl,
    application_name: 'kosatsu',
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${String(value)}`)
      .join(' '),
    keepAlive: true,
    connectionTimeoutMillis: storeLimits.busyMs,
    // Longer than the server's own limit, so that it is the server that answers where it can.
    query_timeout: storeLimits.statementMs * 1.5,
  };
}

/** The pool of one store. Values come back as text, numbers (bigint within 2^53) and null. */
export class Database implements Statements {
  readonly #pool: Pool;

  constructor(config: ClientConfig) {
    this.#pool = new Pool({ ...config, max: storeLimits.connections });
    // A connection that breaks says so by an event as well: idle, through the pool; at work, by itself, beside failing its statement.
    // Unheard, either would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  async all(sql: string, params: Params = {}): Promise<Row[]> {
    return this.#with((client) => statementsOf(client).all(sql, params));
  }

  async run(sql: string, params: Params = {}): Promise<number> {
    return this.#with((client) => statementsOf(client).run(sql, params));
  }

  /**
   * Runs `work` as one transaction, alone among the writers. What it throws rolls everything back. Where the connection is lost
   * while it commits, nobody can say what became of it: StoreError with `commitUnknown`.
   */
  async transaction<T>(work: (db: Statements) => Promise<T>): Promise<T> {
    return this.#with(async (client) => {
      const db = statementsOf(client);
      await db.run('BEGIN');
      let result: T;
      try {
        await db.run(WRITER_LOCK);
        result = await work(db);
      } catch (error) {
        // A connection that is gone has rolled back by itself.
        if (!isLost(error)) await db.run('ROLLBACK');
        throw error;
      }
      await commit(client);
      return result;
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #with<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw toStoreError(error);
    });
    let isUsable = true;
    try {
      return await work(client);
    } catch (error) {
      isUsable = !isLost(error);
      throw error;
    } finally {
      client.release(!isUsable);
    }
  }
}

async function commit(client: PoolClient): Promise<void> {
  try {
    const { command } = await client.query('COMMIT');
    // The server answers so where a statement before had failed: then nothing was written.
    if (command !== 'COMMIT') throw new Error(`the commit became a ${command}`);
  } catch (error) {
    const failure = toStoreError(error);
    throw isLost(failure) ? toStoreError(error, true) : failure;
  }
}

/** Whether the connection, not the statement, failed; it must not be used again. */
function isLost(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'io';
}

function statementsOf(client: PoolClient): Statements {
  const ask = async (sql: string, params: Params): Promise<QueryResult<Row>> => {
    const { text, values } = positional(sql, params);
    try {
      return await client.query<Row>(text, values);
    } catch (error) {
      throw toStoreError(error);
    }
  };
  return {
    all: async (sql, params = {}) => (await ask(sql, params)).rows,
    run: async (sql, params = {}) => (await ask(sql, params)).rowCount ?? 0,
  };
}
