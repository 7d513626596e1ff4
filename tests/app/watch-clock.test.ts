import { describe, expect, test } from 'vitest';
import { publishingStops } from '../../src/app/publishing-stops.ts';
import { ClockWatch, takeUpFutureDated } from '../../src/app/watch-clock.ts';
import { anEntry } from '../outbox/sample-entries.ts';
import { SCOPE, aFakeApp, type FakeApp } from './fake-app.ts';

const HOUR = 3_600_000;

/** A queued entry that is due so much later than now. */
async function deferred(app: FakeApp, ms: number, createdAgoMs = 0): Promise<string> {
  const now = app.clock.now();
  const id = `e${String(createdAgoMs)}`;
  const entry = anEntry({ ...SCOPE, id, createdAt: now - createdAgoMs, dueAt: now + ms });
  await app.store.recordEntry(entry);
  return id;
}

const dueIn = async (app: FakeApp, id: string): Promise<number> =>
  ((await app.store.find(id))?.dueAt ?? 0) - app.clock.now();

describe('a clock that jumps', () => {
  test('by hours is told to people, whichever way; an hour of ordinary time is not', async () => {
    const app = aFakeApp();
    const watch = new ClockWatch();
    await watch.look(app);
    app.clock.boot += HOUR;
    await watch.look(app);
    expect(app.told).toEqual([]);
    app.clock.wallAhead += 2 * HOUR;
    await watch.look(app);
    app.clock.wallAhead -= 2 * HOUR;
    await watch.look(app);
    expect(app.told.map(({ code }) => code)).toEqual(['clock-jumped', 'clock-jumped']);
  });

  test('back lets nothing wait for the wrong time to come true', async () => {
    const app = aFakeApp();
    const watch = new ClockWatch();
    app.clock.wallAhead += 6 * HOUR;
    await watch.look(app);
    const id = await deferred(app, 60_000);
    app.clock.wallAhead -= 6 * HOUR;
    expect(await dueIn(app, id)).toBeGreaterThan(5 * HOUR);
    await watch.look(app);
    expect(await dueIn(app, id)).toBe(0);
  });

  test('ahead leaves what is deferred where it is', async () => {
    const app = aFakeApp();
    const watch = new ClockWatch();
    const id = await deferred(app, 8 * HOUR);
    await watch.look(app);
    app.clock.wallAhead += 2 * HOUR;
    await watch.look(app);
    expect(await dueIn(app, id)).toBe(6 * HOUR);
  });

  test('back while no program ran: at the start an entry made in the future is due at once, any other is not', async () => {
    const app = aFakeApp();
    const made = await deferred(app, 6 * HOUR, -5 * HOUR);
    const ordinary = await deferred(app, 6 * HOUR);
    await takeUpFutureDated(app);
    expect(await dueIn(app, made)).toBe(0);
    expect(await dueIn(app, ordinary)).toBe(6 * HOUR);
  });

  test('does not keep the account stopped: a stop that begins in the future is not believed', async () => {
    const app = aFakeApp();
    const now = app.clock.now();
    const stop = { kind: 'account', reason: '429', by: 'kosatsu', topic: null, feed: null } as const;
    await app.store.setStop(SCOPE, { ...stop, since: now, until: now + HOUR });
    expect((await publishingStops(app, now)).account).not.toBeNull();
    await app.store.setStop(SCOPE, { ...stop, since: now + 6 * HOUR, until: now + 7 * HOUR });
    expect((await publishingStops(app, now)).account).toBeNull();
  });
});
