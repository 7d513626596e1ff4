import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { backupDatabase } from '../../../src/adapters/sqlite/backup.ts';
import { Connection } from '../../../src/adapters/sqlite/connection.ts';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { openForReading } from '../../../src/adapters/sqlite/open-database.ts';
import { SqliteLease } from '../../../src/adapters/sqlite/lease.ts';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { restoreBackup as restore } from '../../../src/adapters/sqlite/restore.ts';
import { epochOf } from '../../contracts/store-samples.ts';
import { NOW, SCOPE, anEntry } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

/** A store with one entry, and the name of a backup of it. */
async function aBackup(): Promise<{ dataDir: string; file: string }> {
  const dataDir = await aDataDir();
  const file = join(dirname(dataDir), 'kosatsu.backup');
  const store = openSqliteOutbox({ dataDir });
  await store.recordEntry(anEntry());
  expect(backupDatabase({ dataDir, file })).toMatchObject({ kind: 'backed-up' });
  await store.close();
  return { dataDir, file };
}

async function idsIn(dataDir: string): Promise<string[]> {
  const store = openSqliteOutbox({ dataDir });
  const ids = (await store.list({})).map((entry) => entry.id);
  await store.close();
  return ids;
}

const ORDER = { by: 'Sato', reason: 'the disk failed' };

function restoreBackup(given: { dataDir: string; file: string; now: number }): ReturnType<typeof restore> {
  return restore({ ...given, order: ORDER });
}

test('a backup made while the store works holds what was committed, and nothing lies beside it', async () => {
  const { dataDir, file } = await aBackup();
  expect(readdirSync(dirname(file)).toSorted()).toEqual(['data', 'kosatsu.backup']);
  const copy = new DatabaseSync(file, { readOnly: true });
  expect(copy.prepare('SELECT id FROM entry').all()).toEqual([{ id: 'e1' }]);
  copy.close();
  expect(backupDatabase({ dataDir, file })).toEqual({ kind: 'exists' });
  expect(backupDatabase({ dataDir: `${dataDir}-none`, file: `${file}2` })).toEqual({
    kind: 'nothing-to-back-up',
  });
  expect(existsSync(`${dataDir}-none`)).toBe(false);
});

test('a worker that starts while a backup is read changes nothing under it', async () => {
  const { dataDir } = await aBackup();
  const source = openForReading(storeFiles(dataDir), true);
  const count = (): unknown => source?.one('SELECT count(*) AS count FROM entry')?.['count'];
  source?.exec('BEGIN');
  expect(count()).toBe(1);
  const worker = openSqliteOutbox({ dataDir });
  await worker.recordEntry(anEntry({ id: 'e2', originKey: 'e2' }));
  // Closing would write the log back into the database, were nobody reading it.
  await worker.close();
  expect(count(), 'the same moment').toBe(1);
  source?.exec('COMMIT');
  expect(count(), 'and what came since, once it is done').toBe(2);
  source?.close();
});

test('a backup into a folder that is not there fails and leaves nothing', async () => {
  const { dataDir, file } = await aBackup();
  const nowhere = join(dirname(file), 'none', 'x');
  expect(backupDatabase({ dataDir, file: nowhere })).toMatchObject({
    kind: 'not-written',
    detail: expect.stringContaining('open'),
  });
  expect(existsSync(join(dirname(file), 'none'))).toBe(false);
});

test('a restored store holds exactly what the backup held, says since when, and begins a later epoch', async () => {
  const { dataDir, file } = await aBackup();
  const store = openSqliteOutbox({ dataDir });
  await store.recordEntry(anEntry({ id: 'e2' }));
  await store.close();
  const lease = new SqliteLease({ dataDir, now: () => NOW });
  for (let turn = 0; turn < 4; turn += 1) await epochOf(lease);
  expect(await restoreBackup({ dataDir, file, now: NOW + 7 })).toEqual({
    kind: 'restored',
    entries: 1,
    kept: `${storeFiles(dataDir).database}.replaced-${String(NOW + 7)}`,
  });
  const kept = new DatabaseSync(`${storeFiles(dataDir).database}.replaced-${String(NOW + 7)}`, {
    readOnly: true,
  });
  expect(kept.prepare('SELECT id FROM entry ORDER BY id').all()).toEqual([{ id: 'e1' }, { id: 'e2' }]);
  kept.close();
  expect(await idsIn(dataDir)).toEqual(['e1']);
  expect(await epochOf(lease)).toBe(6);
  const after = openSqliteOutbox({ dataDir });
  expect(await after.fact(SCOPE, 'restored-at')).toBe(String(NOW + 7));
  // e2's record stood second in the log that was replaced; of the restored one the restore is the second.
  const [, record] = await after.governance.auditRecords(0, 10);
  expect(JSON.parse(record?.body ?? '{}')).toMatchObject({
    act: 'store.restored',
    actor: 'person-1',
    reason: 'the disk failed',
    subject: file,
    before: { seq: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/u) },
  });
  expect(await after.governance.people()).toContainEqual({ id: 'person-1', name: 'Sato' });
  await after.close();
});

test('a restore takes place in one step: at no moment is there a restored store that does not say so', async () => {
  const { dataDir, file } = await aBackup();
  const store = openSqliteOutbox({ dataDir });
  await store.recordEntry(anEntry({ id: 'e2' }));
  await store.close();
  /** What a process that dies right after each copy leaves: which posts, and whether it says that it was set back. */
  const left: { ids: unknown; isMarked: boolean }[] = [];
  const { copyInto } = Connection.prototype;
  Connection.prototype.copyInto = async function (this: Connection, to) {
    await copyInto.call(this, to);
    const present = new DatabaseSync(storeFiles(dataDir).database, { readOnly: true });
    const ids = present.prepare('SELECT id FROM entry ORDER BY id').all();
    const marks = present.prepare("SELECT 1 FROM fact WHERE name = 'restored-at'").all();
    left.push({ ids: ids.map(({ id }) => id), isMarked: marks.length > 0 });
    present.close();
  };
  try {
    await restoreBackup({ dataDir, file, now: NOW });
  } finally {
    Connection.prototype.copyInto = copyInto;
  }
  expect(left).toEqual([
    { ids: ['e1', 'e2'], isMarked: false },
    { ids: ['e1'], isMarked: true },
  ]);
  expect(readdirSync(dataDir).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a restore into an empty folder makes the store', async () => {
  const { dataDir, file } = await aBackup();
  const elsewhere = `${dataDir}-new`;
  expect(await restoreBackup({ dataDir: elsewhere, file, now: NOW })).toMatchObject({ kind: 'restored' });
  expect(await idsIn(elsewhere)).toEqual(['e1']);
});

test('nothing is restored while anybody may publish', async () => {
  const { dataDir, file } = await aBackup();
  const request = await new SqliteLease({ dataDir, now: () => NOW }).acquire('worker', 0);
  expect(await restoreBackup({ dataDir, file, now: NOW })).toEqual({ kind: 'busy' });
  if (request.kind === 'held') await request.lease.release();
  expect(await restoreBackup({ dataDir, file, now: NOW })).toMatchObject({ kind: 'restored' });
});

test('a damaged, foreign, empty or missing backup changes nothing', async () => {
  const { dataDir, file } = await aBackup();
  const store = openSqliteOutbox({ dataDir });
  await store.recordEntry(anEntry({ id: 'e2' }));
  await store.close();
  const damaged = readFileSync(file);
  damaged.fill(0xa5, 4_096 * 3, 4_096 * 20);
  writeFileSync(`${file}.damaged`, damaged);
  writeFileSync(`${file}.text`, 'no database'.repeat(500));
  writeFileSync(`${file}.empty`, '');
  const foreign = new DatabaseSync(`${file}.foreign`);
  foreign.exec('CREATE TABLE theirs (x)');
  foreign.close();
  for (const kind of ['damaged', 'text', 'empty', 'foreign']) {
    const restored = await restoreBackup({ dataDir, file: `${file}.${kind}`, now: NOW });
    expect(restored, kind).toMatchObject({ kind: 'unusable' });
  }
  expect(await restoreBackup({ dataDir, file: `${file}.none`, now: NOW })).toEqual({ kind: 'missing' });
  expect(await idsIn(dataDir)).toEqual(['e1', 'e2']);
});

test('a present database that is damaged is set aside whole, and the backup takes its place', async () => {
  const { dataDir, file } = await aBackup();
  const { database } = storeFiles(dataDir);
  writeFileSync(database, 'damaged beyond reading'.repeat(400));
  writeFileSync(`${database}-wal`, 'its log');
  const restored = await restoreBackup({ dataDir, file, now: NOW });
  expect(restored).toEqual({
    kind: 'restored',
    entries: 1,
    kept: `${database}.damaged-${String(NOW)}`,
  });
  expect(readFileSync(`${database}.damaged-${String(NOW)}-wal`, 'utf8')).toBe('its log');
  expect(await idsIn(dataDir)).toEqual(['e1']);
});

test('a backup folder need not exist for the store to work', async () => {
  const dataDir = await aDataDir();
  mkdirSync(dataDir);
  expect(backupDatabase({ dataDir, file: join(dataDir, 'b') })).toEqual({ kind: 'nothing-to-back-up' });
});

test('records, their backup and what a restore leaves are readable by their owner alone, also in a folder that all may read', async () => {
  const { dataDir, file } = await aBackup();
  const elsewhere = `${dataDir}-open`;
  mkdirSync(elsewhere, { mode: 0o755 });
  for (const now of [NOW, NOW + 1]) await restoreBackup({ dataDir: elsewhere, file, now });
  const store = openSqliteOutbox({ dataDir: elsewhere });
  const made = [file, ...readdirSync(elsewhere).map((name) => join(elsewhere, name))];
  expect(made.length).toBeGreaterThan(3);
  expect(made.filter((name) => (statSync(name).mode & 0o077) !== 0)).toEqual([]);
  await store.close();
});
