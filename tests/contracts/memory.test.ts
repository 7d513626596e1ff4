import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { promisesOfEveryGovernance } from './governance-store.contract.ts';
import { promisesOfEveryOutbox } from './outbox-store.contract.ts';
import type { Place } from './place.ts';

const open = (): Promise<Place> => {
  const store = new MemoryOutbox();
  return Promise.resolve({
    store,
    another: () => Promise.resolve(store),
    lease: new MemoryLease(store),
    close: () => store.close(),
  });
};

promisesOfEveryOutbox('memory', open);
promisesOfEveryGovernance('memory', open);
