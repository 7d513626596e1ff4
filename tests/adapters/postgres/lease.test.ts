import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WRITER_LOCK, sessionConfig } from '../../../src/adapters/postgres/connection.ts';
import { PostgresLease } from '../../../src/adapters/postgres/lease.ts';
import { openPostgresOutbox } from '../../../src/adapters/postgres/open-outbox.ts';
import type { Lease } from '../../../src/outbox/lease.ts';
import { startPostgres } from './server.ts';

/** Long enough for a slow machine to ask in time, short enough to wait for. */
const TTL_MS = 2_000;
let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

async function aPlace(
  schema: string,
): Promise<{ databaseUrl: string; schema: string; lease: PostgresLease }> {
  const databaseUrl = server?.url ?? '';
  const store = await openPostgresOutbox({ databaseUrl, schema });
  onTestFinished(() => store.close());
  return {
    databaseUrl,
    schema,
    lease: new PostgresLease({ databaseUrl, schema, bootMs: () => performance.now(), ttlMs: TTL_MS }),
  };
}

async function mustAcquire(lease: PostgresLease, waitMs: number): Promise<Lease> {
  const request = await lease.acquire('me', waitMs);
  if (request.kind !== 'held') throw new Error(`held by ${request.holder}`);
  onTestFinished(() => request.lease.release());
  return request.lease;
}

/** Another process that holds the lease, and what it says. */
async function aHolder(place: {
  databaseUrl: string;
  schema: string;
}): Promise<{ child: ChildProcess; said: string[] }> {
  const words = ['tests/adapters/postgres/lease-child.ts', place.databaseUrl, place.schema, String(TTL_MS)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(...chunk.toString().trim().split('\n')));
  await once(child.stdout, 'data');
  return { child, said };
}

test('a holder that renews keeps the lease beyond its time to live, and stays sure of it', async () => {
  const { lease } = await aPlace('renewing');
  const mine = await mustAcquire(lease, 0);
  for (let look = 0; look < 6; look += 1) {
    await sleep(TTL_MS / 4);
    expect(mine.ageMs()).toBeLessThan(TTL_MS * 0.9);
    expect(await lease.holder()).toBe('me');
  }
});

test('a killed holder is followed after its time to live, no sooner', async () => {
  const place = await aPlace('killed');
  const { child } = await aHolder(place);
  child.kill('SIGKILL');
  expect(await place.lease.acquire('me', 0)).toEqual({ kind: 'busy', holder: 'child' });
  const mine = await mustAcquire(place.lease, 10_000);
  expect(mine.epoch).toBe(2);
});

test('who follows recovers only once a claim that was under way has ended: it would see nothing of it before', async () => {
  const { databaseUrl, schema, lease } = await aPlace('claiming');
  const former = new Client(sessionConfig(databaseUrl, schema));
  await former.connect();
  onTestFinished(() => former.end());
  await former.query('BEGIN');
  await former.query(WRITER_LOCK);
  let isHeld = false;
  const following = mustAcquire(lease, 0).then((mine) => {
    isHeld = true;
    return mine;
  });
  while ((await lease.holder()) === null) await sleep(10);
  await lease.holder();
  expect(isHeld).toBe(false);
  await former.query('COMMIT');
  expect((await following).epoch).toBe(1);
});

test('a frozen holder is followed, and neither trusts itself nor claims anything after it thaws', async () => {
  const place = await aPlace('frozen');
  const { child, said } = await aHolder(place);
  await sleep(100);
  expect(said.slice(1).every((line) => line === 'sure nothing-due')).toBe(true);
  child.kill('SIGSTOP');
  await mustAcquire(place.lease, 10_000);
  await sleep(50);
  said.length = 0;
  child.kill('SIGCONT');
  await sleep(1_000);
  // An answer that was under way when it froze may still come first.
  const after = said.slice(1);
  expect(after.length).toBeGreaterThan(2);
  expect(after.filter((line) => line.startsWith('sure'))).toEqual([]);
  expect(after.filter((line) => line !== 'unsure lease-lost' && line !== 'unsure failed')).toEqual([]);
});

test('a holder whose session is cut off renews over a new one', async () => {
  const { lease, databaseUrl } = await aPlace('cut');
  const mine = await mustAcquire(lease, 0);
  await cutSessions(databaseUrl);
  // Longer than a life: what is young then was renewed over another session. A busy machine may make it late, never somebody else's.
  await sleep(TTL_MS * 1.5);
  await expect.poll(() => mine.ageMs(), WITHIN).toBeLessThan(TTL_MS * 0.9);
  await expect.poll(() => lease.holder(), WITHIN).toBe('me');
});

test('a lease that ran out while nobody followed goes on with its holder', async () => {
  const { databaseUrl, schema } = await aPlace('run_out');
  const bootMs = (): number => performance.now();
  const ttlMs = 300;
  const lease = new PostgresLease({ databaseUrl, schema, bootMs, ttlMs });
  const mine = await mustAcquire(lease, 0);
  await ask(databaseUrl, `UPDATE ${schema}.lease SET until = clock_timestamp() - interval '1 hour'`);
  await expect.poll(() => lease.holder(), WITHIN).toBe('me');
  await expect.poll(() => mine.ageMs(), WITHIN).toBeLessThan(ttlMs * 0.9);
});

/** A busy machine may be late, and is asked until then. */
const WITHIN = { timeout: 20_000, interval: 20 };

async function ask(databaseUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function cutSessions(databaseUrl: string): Promise<void> {
  const sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kosatsu'";
  return ask(databaseUrl, sql);
}
