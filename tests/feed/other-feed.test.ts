import { describe, expect, test } from 'vitest';
import { identify } from '../../src/feed/identity.ts';
import type { Identified } from '../../src/feed/identity.ts';
import type { Item } from '../../src/feed/item.ts';
import type { SeenItem } from '../../src/feed/seen-item.ts';
import { item } from '../fixtures/feed/item.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 9, 2);
const TITLE = '令和8年度知的財産権制度説明会の開催について';

/** The announcement as the office lists it itself, and as the ministry lists it on a page of its own. */
const OFFICE = item({ feed: 'jpo', title: TITLE, url: 'https://www.jpo.go.jp/news/seminar.html' });
const MINISTRY = item({ feed: 'meti', title: TITLE, url: 'https://www.meti.go.jp/press/2026/1001/1.html' });

function poll(items: readonly Item[], known: readonly SeenItem[]): readonly Identified[] {
  let ids = 0;
  return identify({ items, known, feed: null, now: NOW, newSeenId: () => `s${(ids += 1)}` });
}

/** What is remembered once the office's own feed has brought the announcement and it was posted. */
function posted(one: Item, changes: Partial<SeenItem> = {}): SeenItem {
  const [first] = poll([one], []);
  if (first === undefined) throw new Error('no item came back');
  return { ...first.seen, disposition: 'recorded', entryId: 'e1', ...changes };
}

function check(name: string, second: Item, kind: 'known' | 'new', first = posted(OFFICE)): void {
  test(`${name}: ${kind}`, () => {
    expect(poll([second], [first]).map(({ verdict }) => verdict.kind)).toEqual([kind]);
  });
}

describe('one announcement that arrives through two feeds is posted once', () => {
  check('the same title on the same day, on another page', MINISTRY, 'known');
  check('the same page too', { ...OFFICE, feed: 'meti', publishedAt: null }, 'known');
  check('in other widths and brackets', { ...MINISTRY, title: TITLE.replace('8', '８') }, 'known');
  check('without a date, when it came the same day', { ...MINISTRY, publishedAt: null }, 'known');
  check(
    'an hour after midnight without a date',
    { ...MINISTRY, publishedAt: null },
    'known',
    posted(OFFICE, { publishedAt: null, firstSeenAt: NOW - DAY }),
  );
  check('the other day', { ...MINISTRY, publishedAt: (OFFICE.publishedAt ?? 0) + DAY }, 'new');
  check(
    'weeks later, without a date',
    { ...MINISTRY, publishedAt: null },
    'new',
    posted(OFFICE, { publishedAt: NOW - 20 * DAY }),
  );
  check('another number', { ...MINISTRY, title: TITLE.replace('8', '9') }, 'new');
  check('the English one', { ...MINISTRY, lang: 'en' }, 'new');
  check(
    'in the same feed it is another page and another announcement',
    { ...MINISTRY, feed: 'jpo', publishedAt: null },
    'new',
  );
  check(
    'which was set aside from the other feed and told to nobody',
    MINISTRY,
    'new',
    posted(OFFICE, { disposition: 'ignored', entryId: null }),
  );
  const short = { title: '人事異動について' };
  check(
    'a title that any office uses says too little',
    { ...MINISTRY, ...short },
    'new',
    posted({ ...OFFICE, ...short }),
  );

  test('two pages of one title in each feed are two announcements, not three and not four', () => {
    const second = posted(
      { ...OFFICE, url: 'https://www.jpo.go.jp/news/seminar2.html' },
      { seenId: 'other', entryId: 'e2' },
    );
    const both = [MINISTRY, { ...MINISTRY, url: 'https://www.meti.go.jp/press/2026/1001/2.html' }];
    const third = { ...MINISTRY, url: 'https://www.meti.go.jp/press/2026/1001/3.html' };
    const kinds = poll([...both, third], [posted(OFFICE), second]).map(({ verdict }) => verdict.kind);
    expect(kinds).toEqual(['known', 'known', 'new']);
  });

  test('once met, the second page is known by itself', () => {
    const [met] = poll([MINISTRY], [posted(OFFICE)]);
    if (met === undefined) throw new Error('no item came back');
    const later = poll(
      [{ ...MINISTRY, publishedAt: null }],
      [{ ...met.seen, firstSeenAt: 0, publishedAt: 0 }],
    );
    expect(later.map(({ verdict }) => verdict.kind)).toEqual(['known']);
    expect(met.seen).toMatchObject({ feed: 'jpo', url: OFFICE.url, entryId: 'e1' });
  });
});
