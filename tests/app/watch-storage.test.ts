import { expect, test } from 'vitest';
import { runWorker } from '../../src/app/run-worker.ts';
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
