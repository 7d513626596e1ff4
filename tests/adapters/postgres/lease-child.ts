import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresLease } from '../../../src/adapters/postgres/lease.ts';
import { openPostgresOutbox } from '../../../src/adapters/postgres/open-outbox.ts';
import { claim } from '../../contracts/store-samples.ts';

/** Takes the lease, says so, and tells again and again how sure it is and what a claim of its epoch answers, until it is killed. */
const [databaseUrl = '', schema = '', ttl = ''] = process.argv.slice(2);
const store = await openPostgresOutbox({ databaseUrl, schema });
const lease = new PostgresLease({ databaseUrl, schema, bootMs: () => performance.now(), ttlMs: Number(ttl) });
const request = await lease.acquire('child', 0);
process.stdout.write(`${request.kind}\n`);
if (request.kind === 'held') {
  const held = request.lease;
  for (;;) {
    const isSure = held.ageMs() < held.ttlMs * 0.9;
    const answer = await claim(store, { epoch: held.epoch }).then(
      (claimed) => claimed.kind,
      () => 'failed',
    );
    process.stdout.write(`${isSure ? 'sure' : 'unsure'} ${answer}\n`);
    await sleep(20);
  }
}
