import { expect, test } from 'vitest';
import { runTimelineWatch, watchTimeline, type WatchReport } from '../../src/app/watch-timeline.ts';
import { RESTORED_AT } from '../../src/outbox/backups.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import type { OwnTimeline } from '../../src/publish/publisher.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const INTERVAL = 600_000;
const HOUR = 3_600_000;

/** An account with three posts of the program, watched since before they were made. */
async function watched(pauseOnForeignPost = false): Promise<{ app: FakeApp; entries: readonly Entry[] }> {
  const base = aFakeApp();
  const channel = {
    ...base.config.channel,
    watch: { ...base.config.channel.watch, intervalMs: INTERVAL, pauseOnForeignPost },
  };
  const app = { ...base, config: { ...base.config, channel } };
  await watchTimeline(app, signal);
  const entries: Entry[] = [];
  for (const id of ['e1', 'e2', 'e3'])
    entries.push(await publishedEntry(app, { id, text: `お知らせ ${id}`, originKey: id }));
  return { app, entries };
}

async function look(app: FakeApp): Promise<WatchReport & { kind: 'looked' }> {
  app.clock.boot += INTERVAL;
  const report = await watchTimeline(app, signal);
  if (report.kind !== 'looked') throw new Error(report.detail);
  return report;
}

const alarms = ({ told }: FakeApp): readonly string[] =>
  told.filter(({ severity }) => severity === 'alarm').map(({ code }) => code);

test('the program’s own posts raise no alarm', async () => {
  const { app } = await watched();
  expect(await look(app)).toEqual({ kind: 'looked', foreign: [], gone: [] });
  expect(alarms(app)).toEqual([]);
});

test('what stands there when an account is first watched is known', async () => {
  const app = aFakeApp();
  app.publisher.put('以前からある投稿', START - HOUR);
  await watchTimeline(app, signal);
  expect((await look(app)).foreign).toEqual([]);
});

test('a post that the program did not make raises one alarm, and publishing goes on', async () => {
  const { app } = await watched();
  const post = app.publisher.put('誰かの投稿');
  expect((await look(app)).foreign).toEqual([post]);
  expect((await look(app)).foreign).toEqual([]);
  expect(alarms(app)).toEqual(['foreign-post']);
  expect(await app.store.stops(SCOPE)).toEqual([]);
});

test('where the settings say so, such a post pauses publishing, once', async () => {
  const { app } = await watched(true);
  app.publisher.put('誰かの投稿');
  await look(app);
  expect(await app.store.stops(SCOPE)).toMatchObject([
    { kind: 'pause', by: 'kosatsu', topic: null, feed: null },
  ]);
  const [stop] = await app.store.stops(SCOPE);
  if (stop !== undefined) await app.store.clearStop(SCOPE, stop, '佐藤', '職員の投稿', app.clock.now());
  await look(app);
  expect(await app.store.stops(SCOPE), 'after a person has resumed').toEqual([]);
});

test('a pause of people stays under their own word, and is no reason for a second one', async () => {
  const { app } = await watched(true);
  const pause = { kind: 'pause', topic: null, feed: null, until: null, by: '佐藤', reason: '点検' } as const;
  await app.store.setStop(SCOPE, { ...pause, since: app.clock.now() });
  app.publisher.put('誰かの投稿');
  expect((await look(app)).foreign).toHaveLength(1);
  expect(await app.store.stops(SCOPE)).toMatchObject([{ by: '佐藤', reason: '点検' }]);
});

test('what was posted while nobody looked is seen, however long that was', async () => {
  const { app } = await watched();
  app.clock.boot += HOUR;
  app.publisher.put('誰かの投稿');
  app.clock.boot += 96 * HOUR;
  expect((await look(app)).foreign).toHaveLength(1);
  expect(alarms(app)).toEqual(['foreign-post']);
});

test('what could not be told at one look is told at the next', async () => {
  const { app, entries } = await watched();
  app.publisher.put('誰かの投稿');
  app.publisher.deleted.push(entries[0]?.remoteId ?? '');
  const saveAlert = app.store.saveAlert.bind(app.store);
  for (let round = 0; round < 2; round += 1) {
    app.store.saveAlert = () => Promise.reject(new Error('the disk is full'));
    await expect(look(app)).rejects.toThrow('full');
    app.store.saveAlert = saveAlert;
    await look(app);
  }
  expect(alarms(app)).toEqual(['foreign-post', 'post-gone']);
});

test('what a restored backup has forgotten is not called foreign before the feeds have brought it again', async () => {
  const { app } = await watched(true);
  app.publisher.put('控えのあとの投稿');
  await app.store.setFact(SCOPE, RESTORED_AT, String(app.clock.now() + INTERVAL - 1));
  expect((await look(app)).foreign).toEqual([]);
  expect((await look(app)).foreign).toHaveLength(1);
});

test('a copy of a post under another id is foreign', async () => {
  const { app, entries } = await watched();
  app.publisher.put(entries[0]?.text ?? '');
  expect((await look(app)).foreign).toHaveLength(1);
});

const onTheWay: readonly { name: string; state: Partial<Entry>; isForeign: boolean }[] = [
  { name: 'in doubt', state: { state: 'uncertain' }, isForeign: false },
  { name: 'being sent', state: { state: 'attempting' }, isForeign: false },
  { name: 'queued, as after a restored backup', state: { state: 'queued' }, isForeign: false },
  { name: 'cancelled', state: { state: 'cancelled' }, isForeign: true },
];
test.each(onTheWay)(
  'a post that an entry $name may have made is foreign: $isForeign',
  async ({ state, isForeign }) => {
    const { app } = await watched();
    const attempt = { number: 1, at: START, nonce: 'n', epoch: 0, deadlineAt: START, sinceRemoteId: null };
    const search = { reads: 0, misses: 0, lastReadAt: null, nextReadAt: START, duplicateRefused: false };
    const sent = state.state === 'uncertain' || state.state === 'attempting';
    const entry = aRealEntry({
      id: 'e9',
      originKey: 'e9',
      text: '送信中のお知らせ',
      ...state,
      ...(sent ? { attempts: 1, attempt, firstAttemptAt: START } : {}),
      search: state.state === 'uncertain' ? search : null,
    });
    await app.store.recordEntry(entry);
    if (state.state === 'queued') await app.store.setFact(SCOPE, RESTORED_AT, String(START));
    app.publisher.put(entry.text);
    expect((await look(app)).foreign).toHaveLength(isForeign ? 1 : 0);
  },
);

test('a post of the program that two whole readings do not show is withdrawn, with an alarm', async () => {
  const { app, entries } = await watched();
  const [first] = entries;
  app.publisher.deleted.push(first?.remoteId ?? '');
  expect((await look(app)).gone, 'after one reading').toEqual([]);
  expect((await look(app)).gone.map(({ id }) => id)).toEqual(['e1']);
  expect(await app.store.find('e1')).toMatchObject({ state: 'withdrawn' });
  expect(alarms(app)).toEqual(['post-gone']);
  expect((await look(app)).gone).toEqual([]);
});

test('a post that is back in the second reading is not gone, and is counted anew', async () => {
  const { app, entries } = await watched();
  const id = entries[0]?.remoteId ?? '';
  for (let round = 0; round < 3; round += 1) {
    app.publisher.deleted.push(id);
    expect((await look(app)).gone).toEqual([]);
    app.publisher.deleted.length = 0;
    expect((await look(app)).gone).toEqual([]);
  }
});

test.each([
  ['rightly', 0],
  ['by a clock that was four minutes behind', 240_000],
])('a post dated %s is not missed before X must show it', async (_, behindMs) => {
  const { app } = await watched();
  app.clock.boot += INTERVAL;
  const young = aRealEntry({ id: 'e9', text: '新しい', originKey: 'e9' });
  await app.store.recordEntry({ ...(await published(app, young)), publishedAt: app.clock.now() - behindMs });
  app.publisher.timelines = [await withoutNewest(app), await withoutNewest(app), 'true'];
  await watchTimeline(app, signal);
  await watchTimeline(app, signal);
  expect(await app.store.find('e9')).toMatchObject({ state: 'published' });
});

async function published(app: FakeApp, entry: Entry): Promise<Entry> {
  const { remoteId } = app.publisher.put(entry.text);
  const attempt = { number: 1, at: START, nonce: 'n', epoch: 0, deadlineAt: START, sinceRemoteId: null };
  return {
    ...entry,
    state: 'published',
    remoteId,
    publishedAt: START,
    attempts: 1,
    attempt,
    firstAttemptAt: START,
  };
}

async function withoutNewest({ publisher, clock }: FakeApp): Promise<OwnTimeline> {
  return { kind: 'read', posts: publisher.posts.slice(0, -1), beganAt: clock.now(), complete: true };
}

test('a reading that is not whole takes no post for gone, and forgets none that one look had missed', async () => {
  const { app, entries } = await watched();
  app.publisher.deleted.push(entries[0]?.remoteId ?? '');
  await look(app);
  const cut: OwnTimeline = { kind: 'read', posts: [], beganAt: app.clock.now() + INTERVAL, complete: false };
  app.publisher.timelines = [cut, 'true'];
  expect((await look(app)).gone).toEqual([]);
  expect((await look(app)).gone).toHaveLength(1);
});

test('a timeline that shows none of several posts is no proof of any: people are told, nothing is withdrawn', async () => {
  const { app } = await watched();
  app.publisher.deleted.push(...app.publisher.posts.map(({ remoteId }) => remoteId));
  for (let round = 0; round < 3; round += 1) expect((await look(app)).gone).toEqual([]);
  expect(alarms(app)).toEqual(['timeline-empty']);
  app.publisher.deleted.length = 0;
  await look(app);
  expect(await app.store.alerts(SCOPE)).toEqual([]);
});

test('a timeline that may not be read is told, not taken for empty', async () => {
  const { app } = await watched();
  app.publisher.timelines = [{ kind: 'unreadable', cause: 'forbidden', until: null, detail: '403' }];
  app.clock.boot += INTERVAL;
  expect(await watchTimeline(app, signal)).toEqual({ kind: 'unread', detail: '403' });
  expect(app.told.map(({ code }) => code)).toEqual(['timeline-unreadable']);
});

test('that nobody could look for long is an alarm, which ends with the next look', async () => {
  const { app } = await watched();
  const down: OwnTimeline = { kind: 'unreadable', cause: 'network', until: null, detail: 'HTTP 503' };
  const { lookedAt }: { lookedAt: number } = JSON.parse(
    (await app.store.fact(SCOPE, 'timeline-watch')) ?? '',
  );
  app.publisher.timelines = [down];
  for (let round = 0; round < 6; round += 1) {
    app.clock.boot += INTERVAL;
    await watchTimeline(app, signal);
  }
  expect(await app.store.alerts(SCOPE), 'a fault of a moment').toEqual([]);
  app.clock.boot += INTERVAL;
  await watchTimeline(app, signal);
  expect(app.told.at(-1)).toMatchObject({
    code: 'timeline-unwatched',
    severity: 'alarm',
    params: { since: lookedAt, detail: 'HTTP 503' },
  });
  app.publisher.timelines = ['true'];
  await look(app);
  expect(await app.store.alerts(SCOPE)).toEqual([]);
});

test('an alarm leaves the board when the post is too old to be watched', async () => {
  const { app } = await watched();
  app.publisher.put('誰かの投稿');
  await look(app);
  expect(await app.store.alerts(SCOPE)).toMatchObject([{ code: 'foreign-post' }]);
  app.clock.boot += 49 * HOUR;
  await look(app);
  expect(await app.store.alerts(SCOPE)).toEqual([]);
});

test('the watch looks one interval apart, and a restart does not put the next look off', async () => {
  const { app } = await watched();
  const reads = (): number => app.publisher.reads;
  const before = reads();
  const runFor = async (ms: number): Promise<void> => {
    const ending = new AbortController();
    const endsAt = app.clock.boot + ms;
    const sleep = async (wanted: number): Promise<void> => {
      app.clock.boot += Math.max(1, Math.min(wanted, endsAt - app.clock.boot));
      if (app.clock.boot >= endsAt) ending.abort();
    };
    await runTimelineWatch(
      { ...app, clock: { now: app.clock.now, bootMs: app.clock.bootMs, sleep } },
      ending.signal,
    );
  };
  await runFor(0.6 * INTERVAL);
  expect(reads() - before, 'a short life').toBe(0);
  await runFor(0.6 * INTERVAL);
  expect(reads() - before, 'the next life takes up the wait').toBe(1);
  await runFor(3 * INTERVAL);
  expect(reads() - before).toBe(4);
});
