import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { storeLimits } from '../../limits/storage.ts';
import type { Lease, LeasePort, LeaseRequest } from '../../outbox/lease.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import { WRITER_LOCK, sessionConfig } from './connection.ts';
import { toStoreError } from './errors.ts';
import { DEFAULT_SCHEMA } from './open-outbox.ts';
import { integer } from './rows.ts';

export type PostgresLeaseOptions = {
  databaseUrl: string;
  schema?: string;
  /** Milliseconds on a clock of this machine that counts suspend and never jumps. */
  bootMs: () => number;
  /** How long a holder that is not heard of keeps it; longer than a POST takes. */
  ttlMs?: number;
};

const TAKE = `
  WITH former AS (SELECT session FROM lease WHERE id = 1)
  UPDATE lease SET epoch = epoch + 1, holder = $1, session = pg_backend_pid(),
    until = clock_timestamp() + $2 * interval '1 millisecond'
  WHERE id = 1 AND until <= clock_timestamp()
  RETURNING epoch, (SELECT session FROM former) AS former`;

/** Ends the former holder's session, if it is still one of ours: frozen, it would keep its locks until it thaws. */
const END_FORMER = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE pid = $1 AND pid <> pg_backend_pid() AND application_name = 'kosatsu' AND usename = current_user`;

/** In one life of a lease: the second still comes in time where the first was lost. */
const RENEWALS = 3;
/**
 * Also where its time has run out: a number that is still the newest says that nobody followed. Without this a lone holder whose database
 * was away for longer than a life would neither publish nor end: its claims succeed, and its own fence stops each of them.
 */
const RENEW = `
  UPDATE lease SET until = clock_timestamp() + $2 * interval '1 millisecond'
  WHERE id = 1 AND epoch = $1`;
const RELEASE =
  'UPDATE lease SET until = clock_timestamp() WHERE id = 1 AND epoch = $1 AND until > clock_timestamp()';
const HOLDER = 'SELECT holder FROM lease WHERE id = 1 AND until > clock_timestamp()';

/**
 * The lease of a shared database: a row whose end is judged by the database's clock alone. The holder renews it three times in a
 * life and counts its age from before it asked, so it never believes longer than the database does. Once another has followed, it is
 * none for good.
 */
export class PostgresLease implements LeasePort {
  readonly #options: PostgresLeaseOptions;
  readonly #ttlMs: number;

  constructor(options: PostgresLeaseOptions) {
    this.#options = options;
    this.#ttlMs = options.ttlMs ?? storeLimits.leaseTtlMs;
  }

  async acquire(holder: string, waitMs: number): Promise<LeaseRequest> {
    const client = await this.#connect();
    try {
      const begun = this.#options.bootMs();
      for (;;) {
        const askedAt = this.#options.bootMs();
        const { rows } = await client.query<Record<string, unknown>>(TAKE, [holder, this.#ttlMs]);
        const [row] = rows;
        if (row !== undefined) {
          await client.query(END_FORMER, [integer(row, 'former')]);
          await this.#outlastWriters(client);
          return { kind: 'held', lease: this.#keep(client, integer(row, 'epoch'), askedAt) };
        }
        if (this.#options.bootMs() - begun >= waitMs) break;
        await sleep(Math.min(storeLimits.leaseRetryMs, waitMs));
      }
      const present = await holderOf(client);
      await client.end();
      return { kind: 'busy', holder: present ?? '' };
    } catch (error) {
      await client.end().catch(() => {});
      throw toStoreError(error);
    }
  }

  /**
   * Until whoever was writing when the number changed has ended. A claim that had read the former number just before may be among them:
   * what it claims must be seen by whoever recovers now, and any later one finds the new number.
   */
  async #outlastWriters(client: Client): Promise<void> {
    const begun = this.#options.bootMs();
    for (;;) {
      try {
        // Outside a transaction it is given back at once.
        await client.query(WRITER_LOCK);
        return;
      } catch (error) {
        const failure = toStoreError(error);
        const isLocked = failure instanceof StoreError && failure.code === 'locked';
        // The server itself ends a transaction that stands still.
        if (!isLocked || this.#options.bootMs() - begun > 2 * storeLimits.statementMs) throw error;
      }
    }
  }

  async holder(): Promise<string | null> {
    const client = await this.#connect();
    try {
      return await holderOf(client);
    } catch (error) {
      throw toStoreError(error);
    } finally {
      await client.end().catch(() => {});
    }
  }

  async #connect(): Promise<Client> {
    const { databaseUrl, schema } = this.#options;
    const client = new Client(sessionConfig(databaseUrl, schema ?? DEFAULT_SCHEMA));
    // A broken session shows in the lease's age; unheard, it would end the process.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      throw toStoreError(error);
    }
  }

  #keep(session: Client, epoch: number, askedAt: number): Lease {
    let client = session;
    let knownAt = askedAt;
    const renew = async (): Promise<void> => {
      const at = this.#options.bootMs();
      // Not waited for any longer than until the next turn: over another session there is still time.
      const patience = { query_timeout: this.#ttlMs / RENEWALS };
      const { rowCount } = await client.query({
        text: RENEW,
        values: [epoch, this.#ttlMs],
        ...patience,
      });
      knownAt = rowCount === 1 ? at : Number.NEGATIVE_INFINITY;
    };
    const renewOrReconnect = async (): Promise<void> => {
      try {
        await renew();
      } catch {
        // Meanwhile the age grows, and the fence with it: what fails here too is tried again at the next turn.
        await client.end().catch(() => {});
        client = await this.#connect();
        if (isReleased) await client.end();
        else await renew();
      }
    };
    // One at a time: where the network is silent, each would open a session of its own, and none of them would be ended.
    let isRenewing = false;
    let isReleased = false;
    const turn = async (): Promise<void> => {
      if (isRenewing) return;
      isRenewing = true;
      await renewOrReconnect().catch(() => {});
      isRenewing = false;
    };
    const timer = setInterval(() => void turn(), this.#ttlMs / RENEWALS);
    timer.unref();
    return {
      epoch,
      ttlMs: this.#ttlMs,
      ageMs: () => this.#options.bootMs() - knownAt,
      release: async () => {
        clearInterval(timer);
        isReleased = true;
        knownAt = Number.NEGATIVE_INFINITY;
        // Where this fails, the lease ends by its age.
        await client.query(RELEASE, [epoch]).catch(() => {});
        await client.end().catch(() => {});
      },
    };
  }
}

async function holderOf(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ holder: string }>(HOLDER);
  return rows[0]?.holder ?? null;
}
