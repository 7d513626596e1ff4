import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { mkdirSync } from 'node:fs';
import { Connection } from '../../../src/adapters/sqlite/connection.ts';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { SqliteOutbox } from '../../../src/adapters/sqlite/outbox.ts';
import { claim } from '../../contracts/store-samples.ts';
import { SCOPE, anEntry } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

test('several processes on one file claim every entry once, and none is told that the store is locked', async () => {
  const dataDir = await aDataDir();
  const store = openSqliteOutbox({ dataDir });
  const ids = Array.from({ length: 400 }, (_, index) => `e${String(index)}`);
  for (const id of ids) await store.recordEntry(anEntry({ id }));
  const names = ['a', 'b', 'c'];
  const child = async (name: string): Promise<string[]> => {
    const words = ['tests/adapters/sqlite/claiming-child.ts', dataDir, name, ...names];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    const claimed: unknown = JSON.parse(stdout);
    return Array.isArray(claimed) ? claimed.map(String) : [];
  };
  const children = Promise.all(names.map(child));
  for (const name of names) while ((await store.fact(SCOPE, `ready ${name}`)) === null) await sleep(10);
  await store.setFact(SCOPE, 'go', 'yes');
  const claimed = await children;
  expect(claimed.flat().toSorted()).toEqual(ids.toSorted());
  expect(claimed.filter((own) => own.length > 0).length, 'processes that had a share').toBe(names.length);
  expect(await store.list({ states: ['rejected'] })).toHaveLength(ids.length);
  await store.close();
});

test('a claim that meets a lock which is not given back is refused as locked, claims nothing, and succeeds afterwards', async () => {
  const dataDir = await aDataDir();
  mkdirSync(dataDir);
  openDatabase(storeFiles(dataDir), false).close();
  // With a shorter patience than in service.
  const store = new SqliteOutbox(new Connection(storeFiles(dataDir).database, 'write', 20), null);
  await store.recordEntry(anEntry());
  const other = new Connection(storeFiles(dataDir).database, 'write');
  other.exec('BEGIN IMMEDIATE');
  await expect(claim(store, { epoch: 0 })).rejects.toMatchObject({ code: 'locked', commitUnknown: false });
  expect(await store.find('e1')).toMatchObject({ state: 'queued', attempts: 0 });
  other.exec('ROLLBACK');
  expect(await claim(store, { epoch: 0 })).toMatchObject({ kind: 'claimed', entry: { attempts: 1 } });
  other.close();
  await store.close();
});
