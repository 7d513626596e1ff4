import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/feed/item.ts';
import { item } from '../fixtures/feed/item.ts';
import { Memory } from '../fixtures/feed/memory.ts';

const DAY = 86_400_000;
const SITE = 'https://www.jpo.go.jp';
const SUBJECTS = [
  '特許出願技術動向調査',
  '意匠制度小委員会',
  '商標審査基準',
  '弁理士試験',
  'Status Report',
  '知財功労賞',
];
const ACTS = ['の公表について', 'の開催について', 'の改訂について', 'に関する意見募集', 'の結果'];

/** A feed as offices have it: numbered series, one title on two pages, two announcements on one page, an item without a date. */
const FEED: readonly Item[] = [
  ...SUBJECTS.flatMap((subject, s) =>
    ACTS.flatMap((act, a) =>
      [1, 2].map((number) => {
        const url = `${SITE}/news/${s}/${a}/${number}.html?id=${number}&lang=ja`;
        const publishedAt = Date.UTC(2026, 8, 1 + ((s * 7 + a * 3 + number) % 28));
        return item({
          id: `tag:${s}-${a}-${number}`,
          title: `第${number}回 ${subject}${act}`,
          url,
          publishedAt,
        });
      }),
    ),
  ),
  item({ id: 'tag:same-1', title: '人事異動', url: `${SITE}/jinji/1.html` }),
  item({ id: 'tag:same-2', title: '人事異動', url: `${SITE}/jinji/2.html` }),
  item({ id: 'tag:page-1', title: '統計速報 7月分', url: `${SITE}/toukei/index.html` }),
  item({ id: 'tag:page-2', title: '統計速報 8月分', url: `${SITE}/toukei/index.html` }),
  item({ id: 'tag:undated', title: 'お問い合わせ先の変更', url: `${SITE}/toi.html`, publishedAt: null }),
];

const renamed = (change: (url: URL) => void) => (one: Item) => {
  const url = new URL(one.url ?? SITE);
  change(url);
  return { ...one, url: url.href, id: one.id === one.url ? url.href : one.id };
};

/** The whole feed changes at once between two polls. None of it is news, in feeds with guids and in feeds without. */
function check(name: string, change: (one: Item, index: number) => Item, withGuids = 0, without = 0): void {
  for (const [kind, news, feed] of [
    ['with guids', withGuids, FEED],
    ['without guids', without, FEED.map((one) => ({ ...one, id: one.url ?? one.id }))],
  ] as const) {
    test(`${name}, ${kind}: ${news} new`, () => {
      const memory = new Memory();
      memory.poll(feed);
      const found = memory.poll(feed.map(change)).filter(({ verdict }) => verdict.kind !== 'known');
      expect(found.map((one) => one.item.title)).toHaveLength(news);
    });
  }
}

describe('a feed that changes as a whole brings no news', () => {
  check('guids made anew', (one, index) => ({ ...one, id: `urn:uuid:${index}` }));
  check('guids gone', (one) => ({ ...one, id: one.url ?? one.id }));
  check('all guids equal', (one) => ({ ...one, id: 'tag:all' }));
  check(
    'https became http',
    renamed((url) => (url.protocol = 'http:')),
  );
  check(
    'the host lost its www',
    renamed((url) => (url.host = 'jpo.go.jp')),
  );
  check(
    'tracking parameters',
    renamed((url) => url.searchParams.append('utm_source', 'rss')),
  );
  check(
    'parameters in another order',
    // oxlint-disable-next-line no-array-sort -- these are parameters, not an array
    renamed((url) => url.searchParams.sort()),
  );
  check(
    'a closing slash',
    renamed((url) => (url.pathname = url.pathname.replace(/index\.html$/, ''))),
  );
  check('all dates are today', (one) => ({ ...one, publishedAt: Date.UTC(2026, 9, 2) }));
  check('all dates gone', (one) => ({ ...one, publishedAt: null }));
  check('all dates nine hours later', (one) => ({
    ...one,
    publishedAt: (one.publishedAt ?? 0) + 9 * 3_600_000,
  }));
  check('full-width digits', (one) => ({
    ...one,
    title: one.title.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d))),
  }));
  check('another wave dash and brackets', (one) => ({ ...one, title: `｢${one.title}｣` }));

  test('the order reversed', () => {
    const memory = new Memory();
    memory.poll(FEED);
    expect(memory.poll(FEED.toReversed()).every(({ verdict }) => verdict.kind === 'known')).toBe(true);
  });
  test('emptied and refilled', () => {
    const memory = new Memory();
    memory.poll(FEED);
    memory.poll([]);
    memory.now += 90 * DAY;
    expect(memory.poll(FEED).every(({ verdict }) => verdict.kind === 'known')).toBe(true);
  });
  test('the same item fifty times', () => {
    const memory = new Memory();
    const kinds = memory.poll(Array.from({ length: 50 }, () => item())).map(({ verdict }) => verdict.kind);
    expect(kinds.filter((kind) => kind === 'new')).toHaveLength(1);
  });
});

describe('what can’t be told from news is counted as news, so that the breaker sees it', () => {
  // Without guids, the title that stood on two pages and the item without a date can't be followed to a new address.
  const moved = renamed((url) => (url.pathname = `/moved${url.pathname}`));
  check('every path changes', moved, 0, 3);
  check(
    'the feed of another site',
    (one, index) => ({
      ...one,
      title: `${one.title}・${index}社`,
      url: `https://x.example/${index}`,
      id: `x${index}`,
    }),
    FEED.length,
    FEED.length,
  );
});

describe('real news among a changed feed is not lost', () => {
  test('one new item while every guid and scheme changes', () => {
    const memory = new Memory();
    memory.poll(FEED);
    const urgent = item({
      title: '令和8年台風第9号により影響を受けた手続の取扱いについて',
      url: `${SITE}/saigai/t9.html`,
    });
    const changed = FEED.map((one, index) => ({
      ...one,
      id: `urn:${index}`,
      url: (one.url ?? '').replace('https', 'http'),
    }));
    const news = memory.poll([urgent, ...changed]).filter(({ verdict }) => verdict.kind !== 'known');
    expect(news.map((one) => one.item.title)).toEqual([urgent.title]);
  });
});
