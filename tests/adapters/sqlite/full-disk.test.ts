import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { FileBallast } from '../../../src/adapters/sqlite/ballast.ts';
import type { Ballast } from '../../../src/adapters/sqlite/ballast.ts';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import { SqliteOutbox } from '../../../src/adapters/sqlite/outbox.ts';
import { storeLimits } from '../../../src/limits/storage.ts';
import { StoreError } from '../../../src/outbox/outbox-store.ts';
import type { EventKind } from '../../../src/outbox/event.ts';
import { claim, claimedEntry } from '../../contracts/store-samples.ts';
import { SCOPE, anEntry, eventFor } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

/** A store whose database may grow no further once `fill` is called; giving the ballast up makes room for some pages. */
async function aFullStore(
  hasBallast: boolean,
): Promise<{ store: SqliteOutbox; fill: () => Promise<void>; given: () => number }> {
  const dataDir = await aDataDir();
  mkdirSync(dataDir);
  const db = openDatabase(storeFiles(dataDir), false);
  let given = 0;
  const ballast: Ballast = {
    ensure: () => {
      if (!hasBallast) throw new StoreError('full', 'no room for the ballast');
    },
    giveUp: () => {
      given += 1;
      db.exec('PRAGMA max_page_count = 100000');
      return true;
    },
  };
  const store = new SqliteOutbox(db, ballast);
  const fill = async (): Promise<void> => {
    const pages = db.one('PRAGMA page_count')?.['page_count'];
    db.exec(`PRAGMA max_page_count = ${String(pages)}`);
    let index = 0;
    await expect(
      (async () => {
        while (index < 1_000) await store.setFact(SCOPE, `filler ${String((index += 1))}`, 'x'.repeat(200));
      })(),
    ).rejects.toMatchObject({ code: 'full' });
  };
  return { store, fill, given: () => given };
}

/** X's own words fill the note and the history, so that the commit needs new pages. */
const longWords = 'だめ'.repeat(3_000);

describe('when the disk is full', () => {
  test.each<EventKind>(['accepted', 'doubt', 'later', 'not-sent', 'rejected'])(
    'the outcome %s of a POST is still recorded, at the cost of the ballast',
    async (kind) => {
      const { store, fill, given } = await aFullStore(true);
      await store.recordEntry(anEntry());
      const entry = claimedEntry(await claim(store, { epoch: 0 }));
      await fill();
      const event = { ...eventFor(entry, kind), reason: longWords };
      expect(await store.apply('e1', event)).toMatchObject({ kind: 'applied' });
      expect(given()).toBe(1);
      await store.close();
    },
  );

  test('an act that can wait fails, and the ballast is kept', async () => {
    const { store, fill, given } = await aFullStore(true);
    await store.recordEntry(anEntry());
    await fill();
    const cancel = { ...eventFor(anEntry(), 'cancel'), reason: longWords };
    await expect(store.apply('e1', cancel)).rejects.toMatchObject({ code: 'full', commitUnknown: false });
    expect((await store.find('e1'))?.state).toBe('queued');
    expect(given()).toBe(0);
    await store.close();
  });

  test('nothing is claimed while there is no ballast, so no request leaves', async () => {
    const { store } = await aFullStore(false);
    await store.recordEntry(anEntry());
    await expect(claim(store, { epoch: 0 })).rejects.toMatchObject({ code: 'full' });
    expect((await store.find('e1'))?.state).toBe('queued');
    expect(await claim(store, { epoch: 0, onlyId: 'none' }), 'an empty queue needs none').toMatchObject({
      kind: 'nothing-due',
    });
    await store.close();
  });
});

describe('the ballast', () => {
  test('is a file of its full size, made again when it is missing or cut short', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    const file = storeFiles(dataDir).ballast;
    const ballast = new FileBallast(file);
    expect(ballast.giveUp()).toBe(false);
    ballast.ensure();
    expect(statSync(file).size).toBe(storeLimits.ballastBytes);
    expect(statSync(file).blocks * 512, 'no hole').toBeGreaterThanOrEqual(storeLimits.ballastBytes);
    const { mtimeMs } = statSync(file);
    ballast.ensure();
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
    expect(ballast.giveUp()).toBe(true);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'short');
    ballast.ensure();
    expect(statSync(file).size).toBe(storeLimits.ballastBytes);
  });

  test('that can not be given up is none: the full disk is told, and the commit tried again', async () => {
    const dataDir = await aDataDir();
    const { ballast: file } = storeFiles(dataDir);
    mkdirSync(file, { recursive: true });
    expect(new FileBallast(file).giveUp()).toBe(false);
  });

  test('that can not be made is a failure that says why, and leaves nothing lying about', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    const { ballast: file } = storeFiles(dataDir);
    mkdirSync(`${file}.partial`);
    expect(() => new FileBallast(file).ensure()).toThrow(StoreError);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });
});

/** Mounts a disk in memory of the size ($1) over a folder ($2) for one command: in a user namespace, or as root in a plain one. */
const ON_DISK = ['sh', '-c', 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"', 'sh'];
const unshare = ['-Urm', '-m'].find(
  (namespaces) => spawnSync('unshare', [namespaces, ...ON_DISK, '6m', tmpdir(), 'true']).status === 0,
);

// The tests above show the same on a database of limited size, on every machine.
const sizes = unshare === undefined ? [] : ['6m'];
if (unshare === undefined)
  console.warn('Left out: the test on a real full disk, because this machine lets nobody mount one');

test.each(sizes)(
  'on a real full disk of %s the outcome is recorded and the next claim is refused',
  async (size) => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    const child = [process.execPath, 'tests/adapters/sqlite/full-disk-child.ts', dataDir];
    const answer = execFileSync('unshare', [unshare ?? '', ...ON_DISK, size, dataDir, ...child], {
      encoding: 'utf8',
    });
    expect(JSON.parse(answer)).toEqual({
      whenFull: 'full',
      outcome: 'applied',
      ballastLeft: false,
      nextClaim: 'full',
      stateOnDisk: 'published',
      integrity: 'ok',
      afterRoom: 'claimed',
    });
  },
);
