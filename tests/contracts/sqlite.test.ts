import type { SqliteOutbox } from '../../src/adapters/sqlite/outbox.ts';
import { SqliteLease } from '../../src/adapters/sqlite/lease.ts';
import { openSqliteOutbox } from '../../src/adapters/sqlite/open-outbox.ts';
import { aDataDir } from '../adapters/sqlite/data-dir.ts';
import { NOW } from '../outbox/sample-entries.ts';
import { promisesOfEveryGovernance } from './governance-store.contract.ts';
import { promisesOfEveryOutbox } from './outbox-store.contract.ts';
import type { Place } from './place.ts';
import { behavesAsTheModel } from './store-model.contract.ts';

const open = async (): Promise<Place> => {
  const dataDir = await aDataDir();
  const stores: SqliteOutbox[] = [];
  const another = (): Promise<SqliteOutbox> => {
    const store = openSqliteOutbox({ dataDir });
    stores.push(store);
    return Promise.resolve(store);
  };
  return {
    store: await another(),
    another,
    lease: new SqliteLease({ dataDir, now: () => NOW }),
    close: async () => {
      for (const store of stores) await store.close();
    },
  };
};

promisesOfEveryOutbox('sqlite', open);
promisesOfEveryGovernance('sqlite', open);
behavesAsTheModel('sqlite', open, process.env['KOSATSU_THOROUGH'] === '1' ? 1_000 : 100);
