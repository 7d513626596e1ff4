import { SqliteLease } from '../../../src/adapters/sqlite/lease.ts';

/** Takes the lease, says so, and lives on until it is killed. */
const lease = new SqliteLease({ dataDir: process.argv[2] ?? '', now: () => 0 });
const request = await lease.acquire('child', 0);
process.stdout.write(`${request.kind}\n`);
if (request.kind === 'held') setInterval(() => request.lease.epoch, 60_000);
