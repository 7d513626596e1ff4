import { expect, test } from 'vitest';
import { forgetOldItems } from '../../src/app/forget-items.ts';
import { pollFeed } from '../../src/app/poll-feed.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';
import { aFakeApp, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const LONG = 401 * 24 * 3_600_000;
const STATE = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
const UNCHANGED: FeedReading = { kind: 'unchanged', problems: [], state: STATE };

/** A document that lists these pages. */
function lists(...names: readonly string[]): FeedReading {
  const items = names.map((name) =>
    item({ title: `お知らせ ${name}`, url: `https://www.jpo.go.jp/news/${name}.html`, publishedAt: START }),
  );
  return { kind: 'items', items, problems: [], state: STATE, doubledGuids: false };
}

function anApp(readings: FeedReading[]): FakeApp {
  const read = async (): Promise<FeedReading> => readings.shift() ?? UNCHANGED;
  const app = aFakeApp({ reader: { read, close: async () => {} } });
  return { ...app, config: { ...app.config, feeds: [feedConfig()] } };
}

test('a list that stays as it is for longer than items are remembered is not news when it changes', async () => {
  const app = anApp([lists('a', 'b'), UNCHANGED, lists('a', 'b', 'c')]);
  await pollFeed(app, feedConfig(), signal);
  app.clock.boot += LONG;
  await pollFeed(app, feedConfig(), signal);
  expect(await forgetOldItems(app, app.clock.now())).toBe(0);
  expect(await pollFeed(app, feedConfig(), signal)).toMatchObject({ kind: 'read', recorded: [{}] });
});

test('what has left the list is forgotten in time', async () => {
  const app = anApp([lists('a', 'b'), lists('b'), lists('b', 'c')]);
  await pollFeed(app, feedConfig(), signal);
  app.clock.boot += 1;
  await pollFeed(app, feedConfig(), signal);
  app.clock.boot += LONG;
  await pollFeed(app, feedConfig(), signal);
  expect(await forgetOldItems(app, app.clock.now())).toBe(1);
  expect(await app.store.lastSeen(SCOPE, null, 9)).toHaveLength(2);
});
