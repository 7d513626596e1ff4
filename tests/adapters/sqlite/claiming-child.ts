import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { claim } from '../../contracts/outbox-store.contract.ts';
import { SCOPE, eventFor } from '../../outbox/sample-entries.ts';

/** Claims and settles what is due until nothing is left, and prints the ids that it claimed. */
const [dataDir = '', name = ''] = process.argv.slice(2);
const store = openSqliteOutbox({ dataDir });
const mine: string[] = [];
// All begin together, once each has said that it is there.
await store.setFact(SCOPE, `ready ${name}`, 'yes');
while ((await store.fact(SCOPE, 'go')) === null) await sleep(5);
for (;;) {
  const claimed = await claim(store, { epoch: 0, nonce: `${name}-${String(mine.length)}` });
  if (claimed.kind !== 'claimed') break;
  mine.push(claimed.entry.id);
  const settled = await store.apply(claimed.entry.id, eventFor(claimed.entry, 'rejected'));
  if (settled.kind !== 'applied') throw new Error(`${claimed.entry.id} was settled by another`);
}
await store.close();
process.stdout.write(JSON.stringify(mine));
