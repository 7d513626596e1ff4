import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { publishLimits } from '../../src/limits/publishing.ts';
import { eventually } from '../pipeline/world.ts';
import { Chance } from './chance.ts';
import { KillWorld } from './kill-world.ts';
import type { Tap } from './tap.ts';

/** On a busy machine the claim may slip through before the lock is taken; then the scene is set anew. */
const OPTIONS = { retry: 2, timeout: 120_000 };

/**
 * X asks for patience once, so that the post waits in the queue until a known moment. Before it comes, somebody else holds the
 * database: the worker connects, and is held up in the middle of its claim, where it can be frozen at leisure.
 */
test(
  'a worker frozen between claim and POST for longer than a claim may age lets it be, and claims anew',
  OPTIONS,
  async () => {
    const world = await KillWorld.open();
    onTestFinished(() => world.close(), 30_000);
    await world.fault({ fault: 'throttle', on: 'post', ms: 12_000, count: 1 });
    await world.release(1, new Chance(1));
    const worker = world.worker();
    await eventually('X asked for patience', async () => (await world.postRequests()).length === 1);
    await eventually('the post waits', async () => (await world.states()).queued === 1);
    const other = new DatabaseSync(join(world.data, 'kosatsu.db'), { timeout: 5_000 });
    // Held for no longer than the worker waits for a lock, and taken anew until the worker runs into it.
    const held = await holdUntilClaim(other, world.tap);
    await sleep(300);
    worker.child.kill('SIGSTOP');
    other.exec('ROLLBACK');
    other.close();
    expect(held).toBe('met');
    await sleep(publishLimits.claimMaxAgeMs + 1_000);
    const before = (await world.postRequests()).length;
    worker.child.kill('SIGCONT');
    await eventually('it is out', async () => (await world.timeline()).length === 1, 60);
    await eventually('it is on record', async () => (await world.states()).published === 1);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    const [line] = await world.posts();
    // The throttled attempt, the one that was posted, and between them the one that thawed too late to write, unless the database
    // had already refused its claim; either way nothing stale has left.
    expect(line).toMatchObject({ state: 'published' });
    expect([2, 3]).toContain(line?.attempts);
    expect(before).toBe(1);
    expect(await world.postRequests()).toHaveLength(2);
  },
);

/**
 * Holds the write lock in turns of two seconds until, under one of them, the worker has connected and says nothing: every other
 * connection of its carries a request at once.
 */
async function holdUntilClaim(db: DatabaseSync, tap: Tap): Promise<'met' | 'never'> {
  for (let turn = 0; turn < 15; turn += 1) {
    db.exec('BEGIN IMMEDIATE');
    const until = performance.now() + 2_000;
    for (let silentFor = 0; performance.now() < until; await sleep(20)) {
      silentFor = tap.silent > 0 ? silentFor + 1 : 0;
      if (silentFor === 10) return 'met';
    }
    db.exec('ROLLBACK');
    await sleep(5);
  }
  return 'never';
}
