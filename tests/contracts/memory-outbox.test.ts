import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { promisesOfEveryOutbox } from './outbox-store.contract.ts';

promisesOfEveryOutbox('memory', () => {
  const store = new MemoryOutbox();
  return Promise.resolve({
    store,
    another: () => Promise.resolve(store),
    lease: new MemoryLease(store),
    close: () => store.close(),
  });
});
