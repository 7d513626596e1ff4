import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/app/ports.ts';
import { silenceOf, watchSilence } from '../../src/app/watch-silence.ts';
import { assemble } from '../../src/assemble.ts';
import { loadConfig } from '../../src/config.ts';
import type { FeedConfig } from '../../src/feed/feed-config.ts';
import type { FeedState } from '../../src/feed/feed-state.ts';
import { heard, METI, NOW } from '../fixtures/feed/meti.ts';
import { aFakeApp, publishedEntry, SCOPE, START } from './fake-app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Case = { config?: Partial<FeedConfig>; state?: Partial<FeedState> | null; watchedSince?: number };

function check(name: string, given: Case, expected: { code: string; detail: string } | null): void {
  test(`a feed ${name}`, () => {
    const state = given.state === null ? null : heard(given.state);
    const found = silenceOf({ ...METI, ...given.config }, state, given.watchedSince ?? NOW - 100 * DAY, NOW);
    expect(found).toEqual(expected === null ? null : { feed: 'meti', ...expected });
  });
}

describe('silence', () => {
  check('that had news yesterday is not silent', {}, null);
  check(
    'that had news just inside its longest silence is not silent',
    { state: { lastNewItemAt: NOW - 14 * DAY } },
    null,
  );
  check(
    'that had no news for longer is silent',
    { state: { lastNewItemAt: NOW - 15 * DAY } },
    { code: 'silent', detail: '2026-11-07, 15 d' },
  );
  check(
    'with a longer silence of its own is given it',
    { state: { lastNewItemAt: NOW - 15 * DAY }, config: { longestSilenceMs: 90 * DAY } },
    null,
  );
  check(
    'whose build date stands still is told as that',
    { state: { lastNewItemAt: NOW - 90 * DAY, lastBuildDate: '2026-08-20T00:00:00.000Z' } },
    { code: 'unchanged-build-date', detail: 'lastBuildDate 2026-08-20' },
  );
  check(
    'whose build date is in the form of RSS is understood',
    { state: { lastNewItemAt: NOW - 90 * DAY, lastBuildDate: 'Thu, 20 Aug 2026 23:00:00 +0900' } },
    { code: 'unchanged-build-date', detail: 'lastBuildDate 2026-08-20' },
  );
  check(
    'whose build date names Japan’s zone in letters is understood',
    { state: { lastNewItemAt: NOW - 90 * DAY, lastBuildDate: 'Thu, 20 Aug 2026 23:00:00 JST' } },
    { code: 'unchanged-build-date', detail: 'lastBuildDate 2026-08-20' },
  );
  check(
    'whose build date is of an era is understood',
    { state: { lastNewItemAt: NOW - 90 * DAY, lastBuildDate: '令和8年8月20日' } },
    { code: 'unchanged-build-date', detail: 'lastBuildDate 2026-08-20' },
  );
  check(
    'with news is not silent, however old its build date',
    { state: { lastBuildDate: 'Mon, 01 Jan 2001 00:00:00 GMT' } },
    null,
  );
  check(
    'that is built daily without news is silent all the same',
    { state: { lastNewItemAt: NOW - 90 * DAY, lastBuildDate: '2026-11-22T00:00:00.000Z' } },
    { code: 'silent', detail: '2026-08-24, 90 d' },
  );
  check(
    'that never had an item of interest is quiet since it is watched',
    { state: { lastNewItemAt: null } },
    { code: 'silent', detail: '2026-08-14, 100 d' },
  );
  check(
    'that is watched since yesterday is not silent yet',
    { state: { lastNewItemAt: null }, watchedSince: NOW - DAY },
    null,
  );
  check('that was never read is not judged', { state: null }, null);
  check(
    'that is switched off is not judged',
    { state: { lastNewItemAt: NOW - 90 * DAY }, config: { enabled: false } },
    null,
  );
});

/** Watches one feed on a clock of our own, against a store in memory; says what people were told. */
async function watching(run: (world: Watched) => Promise<void>): Promise<void> {
  const loaded = loadConfig({
    overrides: { feed: 'http://127.0.0.1/news.xml' },
    env: { LOG_LEVEL: 'silent' },
    cwd: process.cwd(),
  });
  if (loaded.kind === 'mistakes') throw new Error(JSON.stringify(loaded.mistakes));
  const [config] = loaded.config.feeds;
  if (config === undefined) throw new Error('no feed');
  let now = NOW;
  const told: Notice[] = [];
  const clock = { now: () => now, bootMs: () => now, sleep: async () => {} };
  const notifier = { tell: async (notice: Notice) => void told.push(notice) };
  await using app = await assemble(
    loaded.config,
    { store: 'memory', publisher: 'none' },
    { clock, notifier },
  );
  await run({
    async watch(afterMs) {
      now += afterMs;
      told.length = 0;
      await watchSilence(app);
      return told.map((notice) => `${notice.code} ${notice.params['problem']}`);
    },
    async poll(state) {
      await app.store.saveFeedState(app.scope, heard({ ...state, feed: config.name }));
    },
    raise: (key) =>
      app.store.saveAlert(app.scope, { key, code: 'feed-problem', params: {}, since: now, lastToldAt: now }),
    onBoard: async () => (await app.store.alerts(app.scope)).map((alert) => alert.key).toSorted(),
    longestMs: config.longestSilenceMs,
  });
}
type Watched = {
  watch: (afterMs: number) => Promise<string[]>;
  poll: (state: Partial<FeedState>) => Promise<void>;
  raise: (key: string) => Promise<void>;
  onBoard: () => Promise<string[]>;
  longestMs: number;
};

describe('people', () => {
  test('are told once when a feed falls silent, again daily, and no more once there is news', () =>
    watching(async ({ watch, poll, onBoard, longestMs }) => {
      await poll({ lastNewItemAt: NOW });
      expect(await watch(longestMs)).toEqual([]);
      expect(await watch(1)).toEqual(['feed-problem silent']);
      expect(await watch(DAY / 2)).toEqual([]);
      expect(await watch(DAY / 2)).toEqual(['feed-problem silent']);
      expect(await onBoard()).toEqual(['silence:typed']);
      await poll({ lastNewItemAt: NOW + longestMs + DAY });
      expect(await watch(1)).toEqual([]);
      expect(await onBoard()).toEqual([]);
    }));

  test('are not told anew of a silence when a feed fails and recovers within it', () =>
    watching(async ({ watch, poll, onBoard, longestMs }) => {
      await poll({ lastNewItemAt: NOW });
      expect(await watch(longestMs + 1)).toEqual(['feed-problem silent']);
      await poll({ lastNewItemAt: NOW, failures: 3 });
      expect(await watch(HOUR)).toEqual([]);
      expect(await onBoard()).toEqual(['silence:typed']);
      await poll({ lastNewItemAt: NOW });
      expect(await watch(HOUR)).toEqual([]);
    }));

  test('are no longer shown what concerned a feed that is not read any more', () =>
    watching(async ({ watch, raise, onBoard }) => {
      await raise('silence:gone');
      await raise('feed:gone');
      await raise('feed:typed');
      await raise('store');
      await watch(0);
      expect(await onBoard()).toEqual(['feed:typed', 'store']);
    }));

  test('are told of a feed that never had an item, counted from when it was first watched', () =>
    watching(async ({ watch, poll, longestMs }) => {
      await poll({ lastNewItemAt: null });
      expect(await watch(0)).toEqual([]);
      expect(await watch(longestMs)).toEqual([]);
      expect(await watch(1)).toEqual(['feed-problem silent']);
    }));

  test('are told of an account that posts nothing while its feeds have news', () =>
    watching(async ({ watch, poll, onBoard, longestMs }) => {
      await poll({ lastNewItemAt: NOW + longestMs });
      expect(await watch(0)).toEqual([]);
      expect(await watch(longestMs)).toEqual([]);
      expect(await watch(1)).toEqual(['account-silent undefined']);
      expect(await onBoard()).toEqual(['silence-of-account']);
      await poll({ lastNewItemAt: NOW });
      expect(await watch(1)).toEqual(['feed-problem silent']);
      expect(await onBoard()).toEqual(['silence:typed']);
    }));

  test('are told no more of it once something was posted', async () => {
    const app = aFakeApp();
    const config = { ...app.config, feeds: [{ ...METI, longestSilenceMs: 14 * DAY }] };
    await app.store.saveFeedState(SCOPE, heard({ lastNewItemAt: START + 30 * DAY }));
    const codes = async (): Promise<string[]> => {
      await watchSilence({ ...app, config });
      return (await app.store.alerts(SCOPE)).map(({ code }) => code);
    };
    expect(await codes()).toEqual([]);
    app.clock.boot += 15 * DAY;
    expect(await codes()).toEqual(['account-silent']);
    await publishedEntry(app, { publishedAt: START + 15 * DAY });
    await app.store.saveFeedState(SCOPE, heard({ lastNewItemAt: START + 30 * DAY }));
    app.clock.boot -= 14 * DAY;
    expect(await codes()).toEqual([]);
  });
});
