import { writeSync } from 'node:fs';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { anEntry } from '../../outbox/sample-entries.ts';

/** Records entries as fast as it can, and says the number of each once the store says that it is written, until it is killed. */
const [dataDir = '', round = ''] = process.argv.slice(2);
const store = openSqliteOutbox({ dataDir });
for (let number = 0; ; number += 1) {
  const id = `${round}-${String(number)}`;
  await store.recordEntry(anEntry({ id, batchId: round, note: String(number) }), `request-${id}`);
  writeSync(1, `${String(number)}\n`);
}
