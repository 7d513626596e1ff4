import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../../src/adapters/sqlite/connection.ts';
import type { Params, Row } from '../../../src/adapters/sqlite/connection.ts';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { SqliteOutbox } from '../../../src/adapters/sqlite/outbox.ts';
import { StoreError } from '../../../src/outbox/outbox-store.ts';
import type { OutboxStore } from '../../../src/outbox/outbox-store.ts';
import { anItem, claim } from '../../contracts/store-samples.ts';
import { NOW, SCOPE, anEntry, entryIn, eventFor } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

/** A connection whose n-th statement from now on fails as a broken disk makes it fail; 0: none. */
class FailingConnection extends Connection {
  failAt = 0;
  override all(sql: string, params?: Params): Row[] {
    this.#count();
    return super.all(sql, params);
  }
  override one(sql: string, params?: Params): Row | null {
    this.#count();
    return super.one(sql, params);
  }
  override run(sql: string, params?: Params): number {
    this.#count();
    return super.run(sql, params);
  }
  #count(): void {
    if (this.failAt === 0) return;
    this.failAt -= 1;
    if (this.failAt === 0) throw new StoreError('io', 'the disk gave way');
  }
}

const predecessor = anEntry({ id: 'e0' });
const correction = anEntry({ id: 'c1', kind: 'correction', correctsId: 'e0', originKey: null });
const published = entryIn('published', { id: 'e0' });

/** Every method that writes, and the entry that stands there before it. */
const writes: [name: string, before: typeof predecessor, write: (store: OutboxStore) => Promise<unknown>][] =
  [
    [
      'recordPoll',
      predecessor,
      (store) =>
        store.recordPoll({
          scope: SCOPE,
          feed: { ...emptyFeed, feed: 'meti' },
          seen: [anItem('s1', ['k1', 'k2']), anItem('s2', ['k2'])],
          entries: [anEntry(), anEntry({ id: 'e2' })],
          supersede: [{ id: 'e0', event: eventFor(predecessor, 'supersede') }],
        }),
    ],
    ['recordEntry', predecessor, (store) => store.recordEntry(anEntry(), 'request')],
    ['apply', predecessor, (store) => store.apply('e0', eventFor(predecessor, 'hold'))],
    [
      'apply with a correction',
      published,
      (store) => store.apply('e0', eventFor(published, 'withdraw'), correction),
    ],
    ['claim', predecessor, (store) => claim(store, { epoch: 0 })],
    [
      'setStop',
      predecessor,
      (store) =>
        store.setStop(SCOPE, {
          kind: 'pause',
          topic: null,
          feed: null,
          reason: '',
          by: '',
          since: 0,
          until: null,
        }),
    ],
  ];

describe('a statement that fails, whichever it is, leaves all or nothing', () => {
  test.each(writes)('%s', async (_name, before, write) => {
    let failed = 0;
    for (let failAt = 1; ; failAt += 1) {
      expect(failAt).toBeLessThan(200);
      const dataDir = await aDataDir();
      mkdirSync(dataDir);
      openDatabase(storeFiles(dataDir), false).close();
      const db = new FailingConnection(storeFiles(dataDir).database, 'write');
      const store = new SqliteOutbox(db, null);
      await store.recordEntry(before);
      const dump = everything(db);
      db.failAt = failAt;
      const hasFailed = await write(store).then(
        () => false,
        () => true,
      );
      db.failAt = 0;
      const isUnchanged = JSON.stringify(everything(db)) === JSON.stringify(dump);
      await store.close();
      expect(isUnchanged).toBe(hasFailed);
      if (!hasFailed) break;
      failed += 1;
    }
    expect(failed, 'statements that could fail').toBeGreaterThan(1);
  });
});

describe('a commit that the disk fails', () => {
  test.each([
    ['before it is on the disk', false],
    ['after it is', true],
  ])('%s is never taken for written, nor for not written', async (_name, isThere) => {
    const dataDir = await aDataDir();
    const store = openSqliteOutbox({ dataDir });
    await store.recordEntry(anEntry());
    const { exec } = DatabaseSync.prototype;
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
      if (sql !== 'COMMIT') return exec.call(this, sql);
      if (isThere) exec.call(this, sql);
      // SQLITE_IOERR_FSYNC, as the driver gives it.
      throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 1034 });
    };
    try {
      const claimed = claim(store, { epoch: 0 });
      await expect(claimed).rejects.toMatchObject({ code: 'io', commitUnknown: true });
    } finally {
      DatabaseSync.prototype.exec = exec;
    }
    expect((await store.find('e1'))?.state).toBe(isThere ? 'attempting' : 'queued');
    await store.close();
  });
});

test('a process killed with -9 while it writes loses nothing that it was told is written, and half-writes nothing', async () => {
  const kills = process.env['KOSATSU_THOROUGH'] === '1' ? 40 : 4;
  const dataDir = await aDataDir();
  let acknowledged = -1;
  for (let kill = 0; kill < kills; kill += 1) {
    const child = spawn(process.execPath, ['tests/adapters/sqlite/writing-child.ts', dataDir, String(kill)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child.stdout, 'data');
    setTimeout(() => child.kill('SIGKILL'), 5 + ((kill * 37) % 60));
    await once(child, 'close');
    acknowledged = Number(said.trim().split('\n').at(-1));
    const store = openSqliteOutbox({ dataDir });
    const made = (await store.list({ newestFirst: true })).filter((entry) => entry.batchId === String(kill));
    const numbers = made.map((entry) => Number(entry.note)).toSorted((a, b) => a - b);
    // Polls are numbered: all up to the last one told of are there, and at most one more.
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(numbers.length - 1).toBeGreaterThanOrEqual(acknowledged);
    expect(numbers.length - 2).toBeLessThanOrEqual(acknowledged);
    const last = numbers.length - 1;
    expect(await store.fact(SCOPE, `request-${String(kill)}-${String(last)}`)).toBe(
      `${String(kill)}-${String(last)}`,
    );
    expect(await store.history(`${String(kill)}-${String(last)}`)).toHaveLength(1);
    await store.close();
  }
  expect(acknowledged).toBeGreaterThanOrEqual(0);
}, 240_000);

function everything(db: Connection): unknown {
  const tables = [
    'entry',
    'history',
    'feed_state',
    'seen',
    'seen_key',
    'stop',
    'stop_history',
    'fact',
    'alert',
  ];
  return tables.map((table) =>
    db
      .all(`SELECT * FROM ${table}`)
      .map((row) => Object.entries(row).map(([name, value]) => [name, String(value)])),
  );
}

const emptyFeed = {
  etag: null,
  lastModified: null,
  bodyHash: null,
  lastPollAt: NOW,
  lastSuccessAt: null,
  lastNewItemAt: null,
  nextPollAt: NOW,
  failures: 0,
  itemCount: null,
  lastBuildDate: null,
  baselineDone: false,
  guidsUnreliable: false,
  problems: [],
};
