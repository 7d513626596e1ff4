import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Connection, requireSafeLibrary } from '../../../src/adapters/sqlite/connection.ts';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { MIGRATIONS } from '../../../src/adapters/sqlite/migrations.ts';
import {
  migrate,
  openDatabase,
  requireNoOlderWorker,
  schemaVersion,
} from '../../../src/adapters/sqlite/open-database.ts';
import { openSqliteOutbox, openSqliteReader } from '../../../src/adapters/sqlite/open-outbox.ts';
import { storePresent } from '../../../src/adapters/sqlite/restore.ts';
import { WorkerLock } from '../../../src/adapters/sqlite/worker-lock.ts';
import { storeLimits } from '../../../src/limits/storage.ts';
import { StoreError } from '../../../src/outbox/outbox-store.ts';
import type { StoreErrorCode } from '../../../src/outbox/outbox-store.ts';
import { claim } from '../../contracts/store-samples.ts';
import { NOW, SCOPE, anEntry } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

/** One check: the work fails as the storage failing in this way. */
function check(work: () => unknown, code: StoreErrorCode, words: RegExp = /./): void {
  let failure: unknown = null;
  try {
    work();
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({ code });
  expect(String(failure)).toMatch(words);
}

describe('a SQLite library is trusted from 3.51.3 on', () => {
  test.each(['3.51.3', '3.51.4', '3.52.0', '3.53.4', '3.100.0', '4.0.0'])('%s is safe', (version) => {
    expect(() => requireSafeLibrary(version)).not.toThrow();
  });
  test.each(['3.51.2', '3.51', '3.50.9', '2.99.99', '3.9.9', '', 'new', undefined, null])(
    '%s is refused',
    (version) => {
      check(() => requireSafeLibrary(version), 'too-old');
    },
  );
});

describe('the database', () => {
  test.each(['deleted', 'moved and another put in its place'])(
    '%s while it is open takes no attempt any more: nobody would find again what came of it',
    async (how) => {
      const dataDir = await aDataDir();
      const { database } = storeFiles(dataDir);
      const store = openSqliteOutbox({ dataDir });
      for (const id of ['e1', 'e2']) await store.recordEntry(anEntry({ id }));
      expect(await claim(store, { epoch: 0 })).toMatchObject({ kind: 'claimed' });
      renameSync(database, `${database}.elsewhere`);
      if (how !== 'deleted') copyFileSync(`${database}.elsewhere`, database);
      await expect(claim(store, { epoch: 0 })).rejects.toMatchObject({ name: 'StoreError', code: 'io' });
      renameSync(`${database}.elsewhere`, database);
      expect(await claim(store, { epoch: 0 })).toMatchObject({ kind: 'claimed' });
      await store.close();
    },
  );

  test('commits durably: write-ahead log, FULL, no memory map, foreign keys', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    const db = openDatabase(storeFiles(dataDir), true);
    const pragmas = ['journal_mode', 'synchronous', 'mmap_size', 'foreign_keys'].map((name) =>
      db.one(`PRAGMA ${name}`),
    );
    // 2 is FULL.
    expect(pragmas).toMatchObject([
      { journal_mode: 'wal' },
      { synchronous: 2 },
      { mmap_size: 0 },
      { foreign_keys: 1 },
    ]);
    db.close();
  });

  test('opens at once in several processes that all find it missing', async () => {
    const dataDir = await aDataDir();
    const stores = await Promise.all([1, 2, 3, 4].map(() => Promise.resolve(openSqliteOutbox({ dataDir }))));
    await stores[0]?.recordEntry(anEntry());
    expect(await stores[3]?.find('e1')).not.toBeNull();
    for (const store of stores) await store.close();
  });

  test('of another program is refused and left as it is', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    const file = storeFiles(dataDir).database;
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    const before = readFileSync(file);
    check(() => openSqliteOutbox({ dataDir }), 'corrupt', /another program/);
    check(() => openSqliteReader({ dataDir }), 'corrupt', /another program/);
    expect(readFileSync(file)).toEqual(before);
  });

  test('that is no database at all is refused', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    writeFileSync(storeFiles(dataDir).database, 'not a database at all\n'.repeat(400));
    check(() => openSqliteOutbox({ dataDir }), 'corrupt');
  });

  test('with a damaged page is refused before anything is sent', async () => {
    const dataDir = await aDataDir();
    const store = openSqliteOutbox({ dataDir });
    for (let index = 0; index < 200; index += 1)
      await store.recordEntry(anEntry({ id: `e${String(index)}` }));
    await store.close();
    const file = storeFiles(dataDir).database;
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096 * 20, 4096 * 24);
    writeFileSync(file, bytes);
    check(() => openSqliteOutbox({ dataDir }), 'corrupt');
  });

  test('with an index that no longer holds what its table does is refused: a second entry of an announcement would fit in', async () => {
    const dataDir = await aDataDir();
    const store = openSqliteOutbox({ dataDir });
    await store.recordEntry(anEntry({ originKey: 'one announcement' }));
    await store.close();
    const file = storeFiles(dataDir).database;
    const db = new DatabaseSync(file);
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_origin'").get();
    const size = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
    db.close();
    const bytes = readFileSync(file);
    // A leaf of an index without a cell: whole in itself, and empty.
    const emptyLeaf = Buffer.alloc(size);
    emptyLeaf.writeUInt8(0x0a, 0);
    emptyLeaf.writeUInt16BE(size, 5);
    emptyLeaf.copy(bytes, (Number(root?.['rootpage']) - 1) * size);
    writeFileSync(file, bytes);
    check(() => openSqliteOutbox({ dataDir }), 'corrupt', /entry_origin/);
  });

  test('of a newer version of the program is refused', async () => {
    const dataDir = await aDataDir();
    await openSqliteOutbox({ dataDir }).close();
    const file = new DatabaseSync(storeFiles(dataDir).database);
    file.exec(`PRAGMA user_version = ${String(MIGRATIONS.length + 1)}`);
    file.close();
    check(() => openSqliteOutbox({ dataDir }), 'too-old', /newer version/);
    check(() => openSqliteReader({ dataDir }), 'too-old', /newer version/);
  });

  test('whose folder can not be made is a clear failure', async () => {
    const dataDir = await aDataDir();
    writeFileSync(dataDir, 'a file where the folder should be');
    check(() => openSqliteOutbox({ dataDir }), 'io');
  });

  test('in a folder that may not be written is said so', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir, { mode: 0o555 });
    chmodSync(dirname(dataDir), 0o755);
    const module = JSON.stringify(pathToFileURL('src/adapters/sqlite/open-outbox.ts'));
    const script = `const { openSqliteOutbox } = await import(${module});
      // Root may write everywhere, so the child becomes nobody once it has read the program.
      if (process.getuid() === 0) process.setuid(65534);
      try { openSqliteOutbox({ dataDir: ${JSON.stringify(dataDir)} }); } catch (error) { process.stdout.write(error.code); }`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(child.stdout).toBe('read-only');
  });

  test('refuses values that the driver would turn into NULL without a word', async () => {
    const dataDir = await aDataDir();
    const store = openSqliteOutbox({ dataDir });
    // As code without types would do it.
    const spoilt = anEntry();
    Object.assign(spoilt, { weight: undefined });
    await expect(store.recordEntry(spoilt)).rejects.toThrow(':weight');
    const dated = anEntry();
    Object.assign(dated, { dueAt: new Date() });
    await expect(store.recordEntry(dated)).rejects.toThrow('cannot be bound');
    expect(await store.list({})).toEqual([]);
    await store.close();
  });
});

describe('migrations', () => {
  test('one that fails half way leaves the version before it, and the next start goes on', () => {
    const db = new Connection(':memory:', 'write');
    const broken = 'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT;';
    const first = 'CREATE TABLE a (x INTEGER) STRICT;';
    expect(() => migrate(db, [first, broken])).toThrow('already exists');
    expect(schemaVersion(db)).toBe(1);
    expect(db.all("SELECT name FROM sqlite_schema WHERE type = 'table'")).toMatchObject([{ name: 'a' }]);
    migrate(db, [first, 'CREATE TABLE b (x INTEGER) STRICT;']);
    expect(schemaVersion(db)).toBe(2);
    migrate(db, [first, 'this would fail if it ran again']);
    db.close();
  });

  test('wait for a worker of the older version to end', async () => {
    const dataDir = await aDataDir();
    await openSqliteOutbox({ dataDir }).close();
    const files = storeFiles(dataDir);
    const db = new Connection(files.database, 'write');
    const newest = MIGRATIONS.length + 1;
    const lock = WorkerLock.tryTake(files.workerLock);
    check(() => requireNoOlderWorker(db, files, newest), 'locked', /older version/);
    expect(() => requireNoOlderWorker(db, files)).not.toThrow();
    lock?.release();
    expect(() => requireNoOlderWorker(db, files, newest)).not.toThrow();
    db.close();
  });
});

describe('a reader', () => {
  test('says why it cannot look, and takes no closed folder for an empty one', async () => {
    const dataDir = await aDataDir();
    // Like a folder of another user: whether anything lies in it cannot be told.
    symlinkSync(basename(dataDir), dataDir);
    expect(() => openSqliteReader({ dataDir })).toThrow(/ELOOP/u);
    expect(() => storePresent(dataDir)).toThrow(/ELOOP/u);
  });

  test('of a folder that is not there sees an empty store and makes nothing', async () => {
    const dataDir = await aDataDir();
    const reader = openSqliteReader({ dataDir });
    expect(await reader.list({})).toEqual([]);
    expect(await reader.stops(SCOPE)).toEqual([]);
    await expect(reader.recordEntry(anEntry())).rejects.toMatchObject({ code: 'read-only' });
    await reader.close();
    expect(existsSync(dataDir)).toBe(false);
  });

  test('of a store at rest leaves the folder as it found it', async () => {
    const dataDir = await aDataDir();
    const store = openSqliteOutbox({ dataDir });
    await store.recordEntry(anEntry());
    await store.close();
    const before = readdirSync(dataDir);
    const reader = openSqliteReader({ dataDir });
    expect((await reader.find('e1'))?.id).toBe('e1');
    await expect(reader.setFact(SCOPE, 'a', 'b')).rejects.toMatchObject({ code: 'read-only' });
    expect(readdirSync(dataDir)).toEqual(before);
    await reader.close();
    expect(readdirSync(dataDir)).toEqual(before);
  });

  test('beside a working store sees its newest commit', async () => {
    const dataDir = await aDataDir();
    const store = openSqliteOutbox({ dataDir });
    const reader = openSqliteReader({ dataDir });
    await store.recordEntry(anEntry());
    expect((await reader.find('e1'))?.createdAt).toBe(NOW);
    await reader.close();
    await store.close();
  });

  test('of an empty file, as a first start that was killed leaves it, sees an empty store', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    writeFileSync(storeFiles(dataDir).database, '');
    const reader = openSqliteReader({ dataDir });
    expect(await reader.list({})).toEqual([]);
    await reader.close();
  });
});

test('a database whose log was deleted opens as it was at the last checkpoint, whole and older than it knows', async () => {
  const dataDir = await aDataDir();
  const { database } = storeFiles(dataDir);
  const store = openSqliteOutbox({ dataDir });
  await store.recordEntry(anEntry({ id: 'e1' }));
  await store.close();
  const later = openSqliteOutbox({ dataDir });
  await later.recordEntry(anEntry({ id: 'e2' }));
  // What a process that died leaves, but for the log.
  const without = join(dirname(dataDir), 'without');
  mkdirSync(without);
  copyFileSync(database, storeFiles(without).database);
  expect(existsSync(`${database}-wal`)).toBe(true);
  await later.close();
  const after = openSqliteOutbox({ dataDir: without });
  expect((await after.list({})).map(({ id }) => id)).toEqual(['e1']);
  await after.close();
});

test('the log is cut back, so that one long reader does not cost its space for good', async () => {
  const dataDir = await aDataDir();
  const store = openSqliteOutbox({ dataDir });
  await store.setFact(SCOPE, 'a', 'b');
  const reader = new DatabaseSync(storeFiles(dataDir).database);
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM fact').get();
  const long = (index: number): string => String.fromCodePoint(0x4e00 + index).repeat(60_000);
  for (let index = 0; index < 120; index += 1) await store.setFact(SCOPE, 'long', long(index));
  const log = `${storeFiles(dataDir).database}-wal`;
  expect(readFileSync(log).length).toBeGreaterThan(storeLimits.walMaxBytes);
  reader.exec('COMMIT');
  reader.close();
  for (let index = 0; index < 30; index += 1) await store.setFact(SCOPE, 'long', long(index));
  expect(readFileSync(log).length).toBeLessThanOrEqual(storeLimits.walMaxBytes + 4_096);
  await store.close();
  expect(readdirSync(dataDir)).not.toContain(basename(log));
});
