import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Ballast } from '../../../src/adapters/sqlite/ballast.ts';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import { SqliteOutbox } from '../../../src/adapters/sqlite/outbox.ts';
import { FileOutcomeSlots } from '../../../src/adapters/sqlite/outcome-slots.ts';
import { storeLimits } from '../../../src/limits/storage.ts';
import type { Entry } from '../../../src/outbox/entry.ts';
import type { EntryEvent } from '../../../src/outbox/event.ts';
import type { KeptOutcome } from '../../../src/outbox/outbox-store.ts';
import { claim, claimedEntry } from '../../contracts/store-samples.ts';
import { NOW, SCOPE, anEntry, eventFor } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

const FIRST: KeptOutcome = { entryId: 'e1', nonce: 'n1', remoteId: '1577730467436138524', at: NOW };
const SECOND: KeptOutcome = { entryId: 'e2', nonce: 'n2', remoteId: '1577730467436138525', at: NOW + 1 };

/** X's own words fill the history, so that the commit needs new pages. */
const longWords = 'だめ'.repeat(3_000);

async function aSlotFile(): Promise<{ file: string; slots: FileOutcomeSlots }> {
  const dataDir = await aDataDir();
  mkdirSync(dataDir);
  const file = storeFiles(dataDir).outcomes;
  return { file, slots: new FileOutcomeSlots(file) };
}

/** A store that stays full whatever is given up, with a claimed entry; `open` is what the next process has. */
async function aStoreFullForGood(): Promise<{
  store: SqliteOutbox;
  file: string;
  entry: Entry;
  accepted: EntryEvent;
  makeRoom: () => void;
  open: () => SqliteOutbox;
}> {
  const dataDir = await aDataDir();
  mkdirSync(dataDir);
  const files = storeFiles(dataDir);
  const ballast: Ballast = { ensure: () => {}, giveUp: () => true };
  const db = openDatabase(files, false);
  const store = new SqliteOutbox(db, ballast, new FileOutcomeSlots(files.outcomes));
  await store.recordEntry(anEntry());
  const entry = claimedEntry(await claim(store, { epoch: 0 }));
  db.exec(`PRAGMA max_page_count = ${String(db.one('PRAGMA page_count')?.['page_count'])}`);
  const filling = async (): Promise<void> => {
    for (let index = 0; index < 1_000; index += 1)
      await store.setFact(SCOPE, `filler ${String(index)}`, 'x'.repeat(200));
  };
  await expect(filling()).rejects.toMatchObject({ code: 'full' });
  return {
    store,
    file: files.outcomes,
    entry,
    accepted: { ...eventFor(entry, 'accepted'), reason: longWords },
    makeRoom: () => db.exec('PRAGMA max_page_count = 100000'),
    open: () => new SqliteOutbox(openDatabase(files, false), ballast, new FileOutcomeSlots(files.outcomes)),
  };
}

describe('when the disk is full and the ballast does not help', () => {
  test('the id that X gave is kept beside the database, for whichever process recovers', async () => {
    const { store, accepted, open } = await aStoreFullForGood();
    await expect(store.apply('e1', accepted)).rejects.toMatchObject({ code: 'full' });
    expect((await store.find('e1'))?.state).toBe('attempting');
    const next = open();
    const [kept] = await next.keptOutcomes();
    if (kept === undefined || accepted.kind !== 'accepted') throw new Error('nothing was kept');
    expect(kept).toEqual({
      entryId: 'e1',
      nonce: accepted.nonce,
      remoteId: accepted.remoteId,
      at: accepted.at,
    });
    expect(await next.apply('e1', { ...kept, kind: 'accepted', by: 'kosatsu' })).toMatchObject({
      entry: { state: 'published', remoteId: accepted.remoteId },
    });
    expect(await next.keptOutcomes(), 'and forgotten once it is recorded').toEqual([]);
    await next.close();
    await store.close();
  });

  test('the process that goes on records it itself, and nothing stays behind', async () => {
    const { store, accepted, makeRoom } = await aStoreFullForGood();
    await expect(store.apply('e1', accepted)).rejects.toMatchObject({ code: 'full' });
    await expect(store.apply('e1', accepted)).rejects.toMatchObject({ code: 'full' });
    expect(await store.keptOutcomes()).toHaveLength(1);
    makeRoom();
    expect(await store.apply('e1', accepted)).toMatchObject({ kind: 'applied' });
    expect(await store.keptOutcomes()).toEqual([]);
    await store.close();
  });

  test('only what X accepted is kept: any other outcome is doubt that looking ends', async () => {
    const { store, entry } = await aStoreFullForGood();
    const doubt = { ...eventFor(entry, 'doubt'), reason: longWords };
    await expect(store.apply('e1', doubt)).rejects.toMatchObject({ code: 'full' });
    expect(await store.keptOutcomes()).toEqual([]);
    await store.close();
  });

  test('an outcome that cannot be kept either is told as the full disk that it is', async () => {
    const { store, file, accepted } = await aStoreFullForGood();
    rmSync(file);
    mkdirSync(file);
    await expect(store.apply('e1', accepted)).rejects.toMatchObject({ code: 'full' });
    await store.close();
  });

  test('what is recorded is recorded, also where the slots can no longer be read; whoever recovers hears of that', async () => {
    const { store, file, accepted, makeRoom } = await aStoreFullForGood();
    makeRoom();
    rmSync(file);
    mkdirSync(file);
    expect(await store.apply('e1', accepted)).toMatchObject({ kind: 'applied' });
    await expect(store.keptOutcomes()).rejects.toMatchObject({ name: 'StoreError', code: 'io' });
    await store.close();
  });

  test('what fits no entry any more is forgotten once it was tried', async () => {
    const { store, file, open } = await aStoreFullForGood();
    new FileOutcomeSlots(file).keep({ ...SECOND, entryId: 'gone' });
    const next = open();
    const event = { ...SECOND, kind: 'accepted', by: 'kosatsu' } as const;
    expect(await next.apply('gone', event)).toEqual({ kind: 'missing' });
    expect(await next.keptOutcomes()).toEqual([]);
    await next.close();
    await store.close();
  });
});

describe('the slots', () => {
  test('are made at the first claim, whole and without a hole, and are only ever written over', async () => {
    const { file, slots } = await aSlotFile();
    expect(slots.kept(), 'no file yet').toEqual([]);
    slots.ensure();
    const size = storeLimits.outcomeSlots * storeLimits.outcomeSlotBytes;
    expect(statSync(file).size).toBe(size);
    expect(statSync(file).blocks * 512).toBeGreaterThanOrEqual(size);
    const { ino } = statSync(file);
    slots.keep(FIRST);
    slots.keep(SECOND);
    slots.ensure();
    expect(slots.kept()).toEqual([FIRST, SECOND]);
    slots.forget('n1');
    expect(slots.kept()).toEqual([SECOND]);
    slots.keep({ ...SECOND, at: NOW + 2 });
    expect(slots.kept(), 'one slot an attempt').toEqual([{ ...SECOND, at: NOW + 2 }]);
    expect(statSync(file)).toMatchObject({ ino, size });
  });

  test('half a line, or another one than was written, is no outcome, and its slot is free', async () => {
    const { file, slots } = await aSlotFile();
    slots.ensure();
    slots.keep(FIRST);
    slots.keep(SECOND);
    const bytes = readFileSync(file);
    bytes.write('9', bytes.indexOf(FIRST.remoteId));
    writeFileSync(file, bytes);
    expect(slots.kept()).toEqual([SECOND]);
    slots.keep(FIRST);
    expect(slots.kept()).toEqual([FIRST, SECOND]);
  });

  test('when all are taken, what is there stays', async () => {
    const { slots } = await aSlotFile();
    slots.ensure();
    for (let index = 0; index <= storeLimits.outcomeSlots; index += 1)
      slots.keep({ ...FIRST, nonce: `n${String(index)}` });
    expect(slots.kept()).toHaveLength(storeLimits.outcomeSlots);
    expect(slots.kept()[0]?.nonce).toBe('n0');
  });

  test('that cannot be made let nothing be claimed', async () => {
    const dataDir = await aDataDir();
    mkdirSync(dataDir);
    const files = storeFiles(dataDir);
    mkdirSync(`${files.outcomes}.partial`);
    const ballast: Ballast = { ensure: () => {}, giveUp: () => false };
    const store = new SqliteOutbox(openDatabase(files, false), ballast, new FileOutcomeSlots(files.outcomes));
    await store.recordEntry(anEntry());
    await expect(claim(store, { epoch: 0 })).rejects.toMatchObject({ code: 'io' });
    expect((await store.find('e1'))?.state).toBe('queued');
    await store.close();
  });
});
