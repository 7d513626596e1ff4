import { expect, test } from 'vitest';
import { runOnce, runWorker } from '../../src/app/run-worker.ts';
import { runPolls } from '../../src/app/run-polls.ts';
import { StorageWatch } from '../../src/app/watch-storage.ts';
import { MINUTE } from '../../src/limits/units.ts';
import { StoreError } from '../../src/outbox/outbox-store.ts';
import { aFakeApp, aRealEntry, type FakeApp } from './fake-app.ts';

const codes = (app: FakeApp): string[] => app.told.map(({ code }) => code);
const full = new StoreError('full', 'no space left');

test('a worker whose disk was full says so, and says when it works again: nothing is left on the board', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const claim = app.store.claim.bind(app.store);
  let left = 3;
  app.store.claim = (request) => (left-- > 0 ? Promise.reject(full) : claim(request));
  const end = new AbortController();
  // This clock leaps: the end comes with the notice.
  const { tell } = app.notifier;
  app.notifier.tell = async (notice) => {
    await tell(notice);
    if (notice.code === 'store-works-again') end.abort();
  };
  await runWorker(app, { signal: end.signal, onReady: () => {} });
  expect(codes(app).filter((code) => code.startsWith('store-'))).toEqual(['store-full', 'store-works-again']);
  expect((await app.store.alerts(app.scope)).filter(({ key }) => key === 'store')).toEqual([]);
  expect(app.publisher.sent).toHaveLength(1);
});

test('it is not called sound while it goes on failing, nor before it has been sound for a minute', async () => {
  const app = aFakeApp();
  const watch = new StorageWatch(app);
  for (let minutes = 0; minutes < 5; minutes += 1) {
    await watch.failed(full);
    app.clock.boot += MINUTE - 1;
    await watch.look();
  }
  expect(codes(app)).toEqual(['store-full']);
  app.clock.boot += 1;
  await watch.look();
  await watch.look();
  expect(codes(app)).toEqual(['store-full', 'store-works-again']);
});

test.each(['keeps alerts', 'keeps none'])(
  'a fault that shows itself in turns is told once under each code, by a store that %s',
  async (how) => {
    const app = aFakeApp();
    const save = app.store.saveAlert.bind(app.store);
    if (how === 'keeps none') app.store.saveAlert = () => Promise.reject(full);
    const watch = new StorageWatch(app);
    for (let turn = 0; turn < 3; turn += 1) {
      await watch.failed(full);
      await watch.failed(new StoreError('io', 'a broken disk'));
    }
    app.store.saveAlert = save;
    app.clock.boot += MINUTE;
    await watch.look();
    expect(codes(app)).toEqual(['store-full', 'store-io', 'store-works-again']);
    await watch.failed(full);
    expect(codes(app).at(-1), 'and anew in the next trouble').toBe('store-full');
  },
);

test('what could not be put on the board is told all the same, and is over as well', async () => {
  const app = aFakeApp();
  const save = app.store.saveAlert.bind(app.store);
  app.store.saveAlert = () => Promise.reject(full);
  const watch = new StorageWatch(app);
  await watch.failed(full);
  await watch.failed(full);
  app.store.saveAlert = save;
  app.clock.boot += MINUTE;
  await watch.look();
  expect(codes(app)).toEqual(['store-full', 'store-works-again']);
});

test('what a killed worker left on the board goes once its successor has been sound for a minute', async () => {
  const app = aFakeApp();
  await new StorageWatch(app).failed(full);
  const successor = new StorageWatch(app);
  await successor.look();
  expect(await app.store.alerts(app.scope)).toHaveLength(1);
  app.clock.boot += MINUTE;
  await successor.look();
  expect(await app.store.alerts(app.scope)).toEqual([]);
});

const defect = new Error('an item that nobody foresaw');

/** One feed, whose every poll brings something that cannot be recorded. */
function withPoisonedFeed(): { app: FakeApp; reads: () => number } {
  const base = aFakeApp();
  const [feed] = base.config.feeds;
  if (feed === undefined) throw new Error('no feed is configured');
  let reads = 0;
  const read: FakeApp['reader']['read'] = async () => {
    reads += 1;
    const state = { etag: null, lastModified: null, bodyHash: 'h', lastBuildDate: null, notBeforeMs: null };
    return { kind: 'items', items: [], problems: [], doubledGuids: false, state };
  };
  const app = { ...base, config: { ...base.config, feeds: [feed] }, reader: { ...base.reader, read } };
  app.store.recordPoll = () => Promise.reject(defect);
  return { app, reads: () => reads };
}

test('a feed whose polls cannot be recorded is told by its name, once it happens again', async () => {
  const { app } = withPoisonedFeed();
  const end = new AbortController();
  const { tell } = app.notifier;
  app.notifier.tell = async (notice) => {
    await tell(notice);
    if (notice.code === 'unexpected') end.abort();
  };
  await runWorker(app, { signal: end.signal, onReady: () => {} });
  const [told] = app.told.filter(({ code }) => code === 'unexpected');
  expect(told?.params['detail']).toBe(`${app.config.feeds[0]?.name ?? ''}: ${defect.message}`);
});

test('its server is not asked more than twice a minute', async () => {
  const { app, reads } = withPoisonedFeed();
  const end = new AbortController();
  const begun = app.clock.bootMs();
  const heard: number[] = [];
  await runPolls(
    app,
    (_feed, result) => {
      if (result.kind === 'error') heard.push(result.times);
      if (heard.length === 10) end.abort();
    },
    end.signal,
  );
  expect(heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(app.clock.bootMs() - begun).toBeGreaterThanOrEqual((reads() - 1) * 0.5 * MINUTE);
});

test('a single round says what it could not record', async () => {
  const { app } = withPoisonedFeed();
  const end = await runOnce(app, new AbortController().signal);
  expect(end).toMatchObject({ kind: 'done', unrecorded: [defect] });
});
