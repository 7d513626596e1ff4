import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { promisesOfEveryGovernance } from './governance-store.contract.ts';

promisesOfEveryGovernance('memory', () => {
  const store = new MemoryOutbox();
  return Promise.resolve({
    store,
    another: () => Promise.resolve(store),
    lease: new MemoryLease(store),
    close: () => store.close(),
  });
});
