import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { claim } from '../../contracts/store-samples.ts';
import { SCOPE, eventFor } from '../../outbox/sample-entries.ts';

/**
 * Claims and settles what is due until nothing is left, and prints the ids that it claimed. Its words are the data folder, its own name and
 * the names of all. None goes on from its first claim before each has one, so that all have a share however the machine gives out its time.
 */
const [dataDir = '', name = '', ...all] = process.argv.slice(2);
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
  if (mine.length > 1) continue;
  await store.setFact(SCOPE, `began ${name}`, 'yes');
  for (const other of all) while ((await store.fact(SCOPE, `began ${other}`)) === null) await sleep(5);
}
await store.close();
process.stdout.write(JSON.stringify(mine));
