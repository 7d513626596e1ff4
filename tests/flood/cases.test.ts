import { describe, expect, test } from 'vitest';
import { START } from '../app/fake-app.ts';
import { FloodWorld } from './flood-world.ts';
import { rss, type Listed } from '../fixtures/feed/write-feed.ts';

const HOUR = 3_600_000;
const SUBJECTS = ['特許出願の手引', '意匠制度小委員会', '商標審査基準', '知財功労賞', '中小企業向け説明会'];
const ACTS = [
  'の公表について',
  'の開催について',
  'の改訂について',
  'に関する意見募集について',
  'の結果について',
];

/** Twenty-five announcements of the last three days, newest first. */
const LISTED: readonly Listed[] = SUBJECTS.flatMap((subject, s) =>
  ACTS.map((act, a) => ({
    title: `${subject}${act}`,
    url: `https://www.jpo.go.jp/news/${s}/${a}.html?id=${s}${a}`,
    guid: `tag:jpo.go.jp,2026:${s}-${a}`,
    at: START - (s * 5 + a) * 2.5 * HOUR,
  })),
);

const urlWith = (change: (url: URL) => void) => (one: Listed) => {
  const url = new URL(one.url);
  change(url);
  return { ...one, url: url.href };
};

type Expected = {
  /** Entries in the batch that waits for a person; nothing is posted in any case. */
  batch: number;
  /** Where the feed gives no guids; the same as above if left out. */
  withoutGuids?: number;
};

/** A known feed changes as a whole. None of it may reach the account, whatever the program takes it for. */
function check(
  name: string,
  change: (list: readonly Listed[]) => readonly Listed[],
  expected: Expected,
): void {
  for (const kind of ['with guids', 'without guids'] as const) {
    for (const store of ['memory', 'sqlite'] as const) {
      test(`${name}, ${kind}, in ${store}: nothing is posted`, async () => {
        const list = kind === 'with guids' ? LISTED : LISTED.map((one) => ({ ...one, guid: null }));
        const world = new FloodWorld({ store });
        await world.poll(rss(list));
        const changed = change(list).map((one) => (kind === 'with guids' ? one : { ...one, guid: null }));
        await world.poll(rss(changed));
        const batch = kind === 'with guids' ? expected.batch : (expected.withoutGuids ?? expected.batch);
        expect(Object.values(await world.held())).toEqual(batch === 0 ? [] : [batch]);
        expect(await world.app.store.countByState(world.app.scope)).toEqual(
          batch === 0 ? {} : { held: batch },
        );
        const alarms = world.app.told.filter(({ severity }) => severity === 'alarm');
        expect(alarms.map(({ code, params }) => [code, params['count']])).toEqual(
          batch === 0 ? [] : [['batch-held', batch]],
        );
        if (store === 'memory') expect(await world.publishAll()).toEqual([]);
      });
    }
  }
}

describe('a known feed that changes as a whole', () => {
  check('guid churn', (list) => list.map((one, index) => ({ ...one, guid: `urn:uuid:${index}` })), {
    batch: 0,
  });
  check('one guid for all', (list) => list.map((one) => ({ ...one, guid: 'tag:all' })), { batch: 0 });
  check('http in place of https', (list) => list.map(urlWith((url) => (url.protocol = 'http:'))), {
    batch: 0,
  });
  check('the host lost its www', (list) => list.map(urlWith((url) => (url.host = 'jpo.go.jp'))), {
    batch: 0,
  });
  check('another host', (list) => list.map(urlWith((url) => (url.host = 'www.jpo2.go.jp'))), { batch: 0 });
  check(
    'another host, and all undated',
    moved((one) => ({ ...one, at: null })),
    { batch: 0, withoutGuids: 25 },
  );
  check('another host, guids made anew, all dates now', moved(renewed), { batch: 25 });
  check('the order reversed', (list) => list.toReversed(), { batch: 0 });
  check('all dates refreshed', (list) => list.map((one) => ({ ...one, at: START })), { batch: 0 });
  check(
    'tracking parameters',
    (list) => list.map(urlWith((url) => url.searchParams.append('utm_source', 'rss'))),
    {
      batch: 0,
    },
  );
  check('every path changed', (list) => list.map(urlWith((url) => (url.pathname = `/e${url.pathname}`))), {
    batch: 0,
  });
  check('every title edited', (list) => list.map((one) => ({ ...one, title: `${one.title}（お知らせ）` })), {
    batch: 25,
  });
  check('the feed of another site', () => foreign(25), { batch: 25 });
  check('a short feed of another site', () => foreign(8), { batch: 8 });
  check('the archive behind it', (list) => [...list, ...foreign(60)], { batch: 60 });
});

function moved(
  change: (one: Listed, index: number) => Listed,
): (list: readonly Listed[]) => readonly Listed[] {
  return (list) => list.map(urlWith((url) => (url.host = 'www.jpo2.go.jp'))).map(change);
}

function renewed(one: Listed, index: number): Listed {
  return { ...one, guid: `urn:uuid:${index}`, at: START + 2 * 24 * HOUR };
}

/** What another site lists: its own titles on allowed hosts, so that no other check stops it. */
function foreign(count: number): readonly Listed[] {
  return Array.from({ length: count }, (_, index) => ({
    title: `報道発表「${String.fromCodePoint(0x4e00 + index * 37)}${String.fromCodePoint(0x5b57 + index * 11)}」に関する取組`,
    url: `https://www.meti.go.jp/press/${index}.html`,
    guid: `tag:meti,${index}`,
    at: START - index * HOUR,
  }));
}

test('a feed that is emptied and refilled brings nothing', async () => {
  const world = new FloodWorld();
  await world.poll(rss(LISTED));
  await world.poll(rss([]));
  await world.poll(rss([]));
  await world.poll(rss(LISTED));
  expect(await world.app.store.list({})).toEqual([]);
});

test('a feed that was empty at its first reading does not post its archive', async () => {
  const world = new FloodWorld();
  await world.poll(rss([]));
  await world.poll(rss(LISTED.slice(0, 12)));
  expect(Object.values(await world.held())).toEqual([12]);
  expect(await world.publishAll()).toEqual([]);
});

test('an ordinary day is no flood: four announcements at once go out', async () => {
  const world = new FloodWorld();
  await world.poll(rss(LISTED.slice(4)));
  await world.poll(rss(LISTED));
  expect(await world.publishAll()).toHaveLength(4);
});

test('more than the configured number at once is a flood, one less is not', async () => {
  for (const [fresh, held] of [
    [20, 0],
    [21, 21],
  ] as const) {
    const world = new FloodWorld();
    const known = foreign(40);
    await world.poll(rss(known));
    await world.poll(rss([...LISTED.slice(0, fresh), ...known]));
    expect(Object.values(await world.held())).toEqual(held === 0 ? [] : [held]);
  }
});
