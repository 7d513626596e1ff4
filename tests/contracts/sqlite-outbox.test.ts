import { SqliteLease } from '../../src/adapters/sqlite/lease.ts';
import { openSqliteOutbox } from '../../src/adapters/sqlite/open-outbox.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import { aDataDir } from '../adapters/sqlite/data-dir.ts';
import { NOW } from '../outbox/sample-entries.ts';
import { promisesOfEveryOutbox } from './outbox-store.contract.ts';
import type { Place } from './outbox-store.contract.ts';
import { behavesAsTheModel } from './store-model.contract.ts';

const open = async (): Promise<Place> => {
  const dataDir = await aDataDir();
  const stores: OutboxStore[] = [];
  const another = (): Promise<OutboxStore> => {
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
behavesAsTheModel('sqlite', open, process.env['KOSATSU_THOROUGH'] === '1' ? 1_000 : 100);
