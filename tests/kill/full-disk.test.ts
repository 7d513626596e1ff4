import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteReader } from '../../src/adapters/sqlite/open-outbox.ts';
import { eventually } from '../pipeline/world.ts';
import { Chance } from './chance.ts';
import { KillWorld } from './kill-world.ts';
import { smallDisk, type SmallDisk } from './small-disk.ts';

/** How the program says that it cannot write. */
const TOLD = /disk is full|disk I\/O error|cannot be read or written/iu;

async function open(): Promise<{ world: KillWorld; disk: SmallDisk }> {
  const disk = smallDisk(6);
  const world = await KillWorld.open(disk.folder);
  onTestFinished(async () => {
    await world.close();
    disk.close();
  }, 30_000);
  return { world, disk };
}

test('a full disk stops publishing before a request leaves; with room again, everything goes out once', async () => {
  const { world, disk } = await open();
  const chance = new Chance(1);
  await world.release(1, chance);
  const { child, ended, err } = world.worker();
  await eventually('the first is out and on record', async () => (await world.states()).published === 1);
  // Queued, and due again at a known moment: only its claim is missing when the disk runs full.
  const dueAt = performance.now() + 18_000;
  await world.fault({ fault: 'throttle', on: 'post', ms: 18_000, count: 1 });
  await world.release(1, chance);
  await eventually('X asked for patience', async () => (await world.postRequests()).length === 2);
  await eventually('the second waits', async () => (await world.states()).queued === 1);
  disk.fill(child.pid);
  await sleep(Math.max(0, dueAt - performance.now()) + 4_000);
  await eventually('the program says what is wrong', () => TOLD.test(err()), 30);
  expect(await world.postRequests()).toHaveLength(2);
  expect(await world.timeline()).toHaveLength(1);
  disk.drain(child.pid);
  await eventually('the second is out', async () => (await world.timeline()).length === 2, 40);
  await eventually('it is on record', async () => (await world.states()).published === 2);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(await world.postRequests()).toHaveLength(3);
}, 150_000);

test('a disk that runs full while X answers still takes the outcome: the ballast is given up for it', async () => {
  const { world, disk } = await open();
  await world.fault({ fault: 'delay', ms: 4_000 });
  await world.release(1, new Chance(2));
  const { child, ended, err } = world.worker();
  await eventually('X has the post', async () => (await world.timeline()).length === 1);
  const ballast = join(world.data, 'ballast');
  expect(existsSync(ballast)).toBe(true);
  disk.fill(child.pid);
  if (disk.kind === 'limited') {
    // No ballast helps against a limit; the outcome is then written as soon as it can be.
    await eventually('the outcome cannot be written', () => err().includes('trying again'), 30);
    disk.drain(child.pid);
  }
  await eventually('the outcome is on record', async () => (await world.states()).published === 1, 30);
  expect(existsSync(ballast)).toBe(disk.kind === 'limited');
  // Without the ballast nothing more may leave.
  disk.fill(child.pid);
  await world.release(1, new Chance(3));
  await eventually('the program says what is wrong', () => TOLD.test(err()), 40);
  expect(await world.postRequests()).toHaveLength(1);
  disk.drain(child.pid);
  await eventually('the next goes out', async () => (await world.timeline()).length === 2, 40);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(await world.postRequests()).toHaveLength(2);
}, 150_000);

test('killed on a disk so full that not even the ballast helps, the worker still knows afterwards which post is its own', async () => {
  const { world, disk } = await open();
  await world.fault({ fault: 'delay', ms: 6_000 });
  await world.release(1, new Chance(4));
  const first = world.worker();
  await eventually('X has the post', async () => (await world.timeline()).length === 1);
  disk.fill(first.child.pid);
  // Somebody else takes the room that the ballast leaves, before the outcome does.
  rmSync(join(world.data, 'ballast'));
  disk.fill(first.child.pid);
  await eventually('the outcome cannot be written', () => first.err().includes('trying again'), 30);
  first.child.kill('SIGKILL');
  await first.ended;
  disk.drain(undefined);
  const second = world.worker();
  await eventually('it is on record', async () => (await world.states()).published === 1, 30);
  second.child.kill('SIGTERM');
  await second.ended;
  const [post] = await world.timeline();
  const [entry] = await world.posts();
  expect(entry).toMatchObject({ state: 'published', remoteId: post?.id, attempts: 1 });
  // From the file beside the database, not by looking: X was never asked.
  const store = openSqliteReader({ dataDir: world.data });
  const lines = await store.history(entry?.id ?? '');
  await store.close();
  expect(lines.map((line) => line.event)).toEqual(['record', 'claim', 'accepted']);
  expect(await world.postRequests()).toHaveLength(1);
}, 150_000);
