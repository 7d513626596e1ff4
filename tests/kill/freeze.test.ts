import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { publishLimits } from '../../src/limits/publishing.ts';
import { eventually } from '../pipeline/world.ts';
import type { Spawned } from '../smoke/kosatsu.ts';
import { Chance } from './chance.ts';
import { KillWorld } from './kill-world.ts';
import type { Tap } from './tap.ts';

/** The worker waits five seconds for a lock. */
const TURN_MS = 4_000;
const PATIENCE_MS = 12_000;

test('a worker frozen between claim and POST for longer than a claim may age lets it be, and claims anew', async () => {
  const { world, worker, thaw } = await frozenInItsClaim();
  await sleep(publishLimits.claimMaxAgeMs + 1_000);
  expect(await world.postRequests()).toHaveLength(1);
  thaw();
  await eventually('it is out', async () => (await world.timeline()).length === 1, 60);
  await eventually('it is on record', async () => (await world.states()).published === 1);
  worker.child.kill('SIGTERM');
  expect((await worker.ended).code).toBe(0);
  const [line] = await world.posts();
  // The throttled attempt, the one that was posted, and between them the one that thawed too late to write, unless the database
  // had already refused its claim; either way nothing stale has left.
  expect(line).toMatchObject({ state: 'published' });
  expect([2, 3]).toContain(line?.attempts);
  expect(await world.postRequests()).toHaveLength(2);
}, 240_000);

type Frozen = { world: KillWorld; worker: Spawned; thaw: () => void };

/** A busy machine may let the claim slip through before the lock is taken; then the scene is set anew. */
async function frozenInItsClaim(): Promise<Frozen> {
  for (let scene = 0; scene < 5; scene += 1) {
    const frozen = await tryToFreeze();
    if (frozen !== null) return frozen;
  }
  throw new Error('no claim was met in five scenes');
}

/**
 * X asks for patience once, so that the post waits in the queue until a known moment. Before it comes, somebody else holds the
 * database: the worker connects, and is held up in the middle of its claim, where it can be frozen at leisure. null: it was not met.
 */
async function tryToFreeze(): Promise<Frozen | null> {
  const world = await KillWorld.open();
  onTestFinished(() => world.close(), 30_000);
  await world.fault({ fault: 'throttle', on: 'post', ms: PATIENCE_MS, count: 1 });
  await world.release(1, new Chance(1));
  const worker = world.worker();
  await eventually('X asked for patience', async () => (await world.postRequests()).length === 1);
  const asked = performance.now();
  await eventually('the post waits', async () => (await world.states()).queued === 1);
  const other = new DatabaseSync(join(world.data, 'kosatsu.db'), { timeout: 5_000 });
  await sleep(Math.max(0, asked + PATIENCE_MS - 1_000 - performance.now()));
  const held = await holdUntilClaim(other, world.tap);
  await sleep(300);
  worker.child.kill('SIGSTOP');
  other.exec('ROLLBACK');
  other.close();
  const slipped = (await world.postRequests()).length > 1;
  if (held === 'met' && !slipped) return { world, worker, thaw: () => worker.child.kill('SIGCONT') };
  worker.child.kill('SIGKILL');
  return null;
}

/**
 * Holds the write lock in turns shorter than the worker waits for a lock until, under one of them, the worker has connected and says
 * nothing: every other connection of its carries a request at once. A turn does not end while a connection may be that one.
 */
async function holdUntilClaim(db: DatabaseSync, tap: Tap): Promise<'met' | 'never'> {
  db.exec('BEGIN IMMEDIATE');
  for (let turn = 0; turn < 8; turn += 1) {
    const until = performance.now() + TURN_MS;
    for (let silentFor = 0; performance.now() < until || silentFor > 0; await sleep(20)) {
      silentFor = tap.silent > 0 ? silentFor + 1 : 0;
      if (silentFor === 10) return 'met';
    }
    db.exec('ROLLBACK');
    await sleep(5);
    db.exec('BEGIN IMMEDIATE');
  }
  return 'never';
}
