import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { storeFiles } from '../../../src/adapters/sqlite/files.ts';
import { SqliteLease } from '../../../src/adapters/sqlite/lease.ts';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import type { Lease } from '../../../src/outbox/lease.ts';
import { claim } from '../../contracts/store-samples.ts';
import { NOW, anEntry } from '../../outbox/sample-entries.ts';
import { aDataDir } from './data-dir.ts';

function aLease(dataDir: string): SqliteLease {
  return new SqliteLease({ dataDir, now: () => NOW });
}

async function mustAcquire(lease: SqliteLease, holder: string): Promise<Lease> {
  const request = await lease.acquire(holder, 0);
  if (request.kind !== 'held') throw new Error(`held by ${request.holder}`);
  return request.lease;
}

/** Another process that takes the lease and keeps it until it is killed. */
async function aHolder(dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['tests/adapters/sqlite/lease-child.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}

test('a holder that is killed with -9 leaves the lease free at once, with a higher epoch for the next', async () => {
  const dataDir = await aDataDir();
  const lease = aLease(dataDir);
  let epoch = 0;
  for (let round = 0; round < 3; round += 1) {
    const child = await aHolder(dataDir);
    expect(await lease.acquire('me', 0)).toEqual({ kind: 'busy', holder: 'child' });
    expect(await lease.holder()).toBe('child');
    child.kill('SIGKILL');
    await once(child, 'exit');
    // It asks once and does not wait.
    const mine = await mustAcquire(lease, 'me');
    expect(mine.epoch).toBe(epoch + 2);
    epoch = mine.epoch;
    await mine.release();
  }
});

test('a frozen holder keeps the lease until it is killed', async () => {
  const dataDir = await aDataDir();
  const lease = aLease(dataDir);
  const child = await aHolder(dataDir);
  child.kill('SIGSTOP');
  expect(await lease.acquire('me', 300)).toEqual({ kind: 'busy', holder: 'child' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await mustAcquire(lease, 'me')).release();
});

test('a waiting process has the lease soon after it is free', async () => {
  const dataDir = await aDataDir();
  const child = await aHolder(dataDir);
  const waiting = aLease(dataDir).acquire('me', 10_000);
  setTimeout(() => child.kill('SIGKILL'), 120);
  const request = await waiting;
  expect(request.kind).toBe('held');
  if (request.kind === 'held') await request.lease.release();
});

test('looking who holds it neither takes it nor frees it', async () => {
  const dataDir = await aDataDir();
  const lease = aLease(dataDir);
  expect(await lease.holder()).toBeNull();
  const mine = await mustAcquire(lease, 'me');
  for (let look = 0; look < 3; look += 1) expect(await lease.holder()).toBe('me');
  const child = spawn(process.execPath, ['tests/adapters/sqlite/lease-child.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(String(await once(child.stdout, 'data')).trim()).toBe('busy');
  await once(child, 'exit');
  await mine.release();
});

test('even where the lock file is deleted under its holder, the former holder claims nothing', async () => {
  const dataDir = await aDataDir();
  const store = openSqliteOutbox({ dataDir });
  await store.recordEntry(anEntry());
  const first = await mustAcquire(aLease(dataDir), 'first');
  rmSync(storeFiles(dataDir).workerLock);
  const second = await mustAcquire(aLease(dataDir), 'second');
  expect(await claim(store, { epoch: first.epoch })).toEqual({ kind: 'lease-lost' });
  expect(await claim(store, { epoch: second.epoch })).toMatchObject({ kind: 'claimed' });
  await first.release();
  await second.release();
  await store.close();
});
