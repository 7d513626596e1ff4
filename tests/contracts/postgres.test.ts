import type { PostgresOutbox } from '../../src/adapters/postgres/outbox.ts';
import { afterAll, beforeAll } from 'vitest';
import { PostgresLease } from '../../src/adapters/postgres/lease.ts';
import { openPostgresOutbox } from '../../src/adapters/postgres/open-outbox.ts';
import { startPostgres } from '../adapters/postgres/server.ts';
import { promisesOfEveryGovernance } from './governance-store.contract.ts';
import { promisesOfEveryOutbox } from './outbox-store.contract.ts';
import type { Place } from './place.ts';
import { behavesAsTheModel } from './store-model.contract.ts';

let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
let schemas = 0;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

async function open(): Promise<Place> {
  const databaseUrl = server?.url ?? '';
  const schema = `place_${String((schemas += 1))}`;
  const stores: PostgresOutbox[] = [];
  const another = async (): Promise<PostgresOutbox> => {
    const store = await openPostgresOutbox({ databaseUrl, schema });
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    lease: new PostgresLease({ databaseUrl, schema, bootMs: () => performance.now() }),
    close: async () => {
      for (const store of stores) await store.close();
    },
  };
}

promisesOfEveryOutbox('postgres', open);
promisesOfEveryGovernance('postgres', open);
behavesAsTheModel('postgres', open, process.env['KOSATSU_THOROUGH'] === '1' ? 100 : 10);
