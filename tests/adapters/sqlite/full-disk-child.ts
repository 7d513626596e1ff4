import { closeSync, existsSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { StoreError } from '../../../src/outbox/outbox-store.ts';
import { NOW, SCOPE, anEntry, eventFor } from '../../outbox/sample-entries.ts';

/** Run by full-disk.test.ts on a disk of its own; prints what happened as one line of JSON. */
const dataDir = process.argv[2] ?? '';
const disk = statfsSync(dataDir);
if (disk.blocks * disk.bsize > 16_777_216) throw new Error('this would fill a disk that others use');
const store = openSqliteOutbox({ dataDir });
const attempt = (nonce: string) => ({ at: NOW, nonce, epoch: 0, deadlineAt: NOW + 1, sinceRemoteId: null });
const claim = (onlyId: string) =>
  store.claim({
    scope: SCOPE,
    slot: 'main',
    now: NOW,
    epoch: 0,
    onlyId,
    overridePauseOnly: false,
    attempt: attempt(onlyId),
  });
const codeOf = (error: unknown): string => (error instanceof StoreError ? error.code : String(error));

await store.recordEntry(anEntry({ id: 'e1' }));
await store.recordEntry(anEntry({ id: 'e2' }));
const claimed = await claim('e1');
if (claimed.kind !== 'claimed') throw new Error(claimed.kind);

const filler = join(dataDir, 'filler');
fillDisk(filler);
const long = '満杯'.repeat(20_000);
const whenFull = await store.setFact(SCOPE, 'long', long).then(() => 'written', codeOf);
const accepted = { ...eventFor(claimed.entry, 'accepted'), reason: long };
const outcome = await store.apply('e1', accepted).then((applied) => applied.kind, codeOf);
const ballastLeft = existsSync(storeFiles(dataDir).ballast);
fillDisk(`${filler}2`);
const nextClaim = await claim('e2').then((next) => next.kind, codeOf);

const db = openDatabase(storeFiles(dataDir), true);
const integrity = db.one('PRAGMA integrity_check')?.['integrity_check'];
const stateOnDisk = db.one("SELECT state FROM entry WHERE id = 'e1'")?.['state'];
db.close();
rmSync(filler);
rmSync(`${filler}2`);
const afterRoom = await claim('e2').then((next) => next.kind, codeOf);
await store.close();
process.stdout.write(
  JSON.stringify({ whenFull, outcome, ballastLeft, nextClaim, stateOnDisk, integrity, afterRoom }),
);

function fillDisk(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const size of [65_536, 4_096, 1]) writeUntilFull(descriptor, Buffer.alloc(size, 0x5a));
  } finally {
    closeSync(descriptor);
  }
}

function writeUntilFull(descriptor: number, bytes: Buffer): void {
  for (;;) {
    try {
      writeSync(descriptor, bytes);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
      throw error;
    }
  }
}
