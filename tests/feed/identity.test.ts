import { describe, expect, test } from 'vitest';
import type { FeedState } from '../../src/feed/feed-state.ts';
import { announcementKey, identify, identityKeys } from '../../src/feed/identity.ts';
import type { Identified } from '../../src/feed/identity.ts';
import type { Item } from '../../src/feed/item.ts';
import type { SeenItem } from '../../src/feed/seen-item.ts';
import { item } from '../fixtures/feed/item.ts';
import { Memory } from '../fixtures/feed/memory.ts';

const DAY = 86_400_000;
const SITE = 'https://www.jpo.go.jp';
const OLD = item({ title: '第1回審議会の開催について', url: `${SITE}/news/a.html` });
const GUID = item({ ...OLD, id: 'tag:jpo.go.jp,2026:1' });

/** Two polls: what the first held is known. Says for each item of the second whether it is news. */
function check(
  name: string,
  polls: { before: readonly Item[]; now: readonly Item[]; daysBetween?: number; unreliableGuids?: boolean },
  expected: readonly ('new' | 'known' | 'edited' | 'repeated')[],
): void {
  test(name, () => {
    const memory = new Memory();
    memory.poll(polls.before);
    memory.now += (polls.daysBetween ?? 1) * DAY;
    if (polls.unreliableGuids === true) memory.distrustGuids();
    expect(memory.poll(polls.now).map(shown)).toEqual(expected);
  });
}

function shown({ verdict }: Identified): string {
  return verdict.kind === 'known' && verdict.inThisPoll ? 'repeated' : verdict.kind;
}

describe('the same announcement is not news, however its marks change', () => {
  const later = (changes: Partial<Item>): { before: readonly Item[]; now: readonly Item[] } => ({
    before: [OLD],
    now: [item({ ...OLD, ...changes })],
  });
  check('unchanged', later({}), ['known']);
  check('https became http', later({ url: 'http://www.jpo.go.jp/news/a.html' }), ['known']);
  check('the host lost its www', later({ url: 'https://jpo.go.jp/news/a.html' }), ['known']);
  check('the link gained tracking parameters', later({ url: `${SITE}/news/a.html?utm_source=rss` }), [
    'known',
  ]);
  check('full-width digits', later({ title: '第１回審議会の開催について' }), ['known']);
  check('a closing full stop', later({ title: '第1回審議会の開催について。' }), ['known']);
  check('a new date', later({ publishedAt: (OLD.publishedAt ?? 0) + 40 * DAY }), ['known']);
  check('no date any more', later({ publishedAt: null }), ['known']);
  check('a guid where there was none', later({ id: 'new-guid' }), ['known']);
  check('a new guid', { before: [GUID], now: [item({ ...GUID, id: 'tag:jpo.go.jp,2026:2' })] }, ['known']);
  check('a new address under the same guid', { before: [GUID], now: [item({ ...GUID, url: `${SITE}/b` })] }, [
    'known',
  ]);
  check('a new address, the old one gone, on the same day', later({ url: `${SITE}/moved/a.html` }), [
    'known',
  ]);
  check('twice in one poll', { before: [], now: [OLD, OLD] }, ['new', 'repeated']);
  check('back after a year', { ...later({}), daysBetween: 365 }, ['known']);
});

describe('another announcement is news, however alike it looks', () => {
  const beside = (changes: Partial<Item>): { before: readonly Item[]; now: readonly Item[] } => ({
    before: [OLD],
    now: [OLD, item({ ...OLD, ...changes })],
  });
  check('same title, another address, both there', beside({ url: `${SITE}/news/b.html` }), ['known', 'new']);
  check('same page, another title, both there', beside({ title: '第2回審議会の開催について' }), [
    'known',
    'new',
  ]);
  check(
    'same page, another number, the old one gone',
    { before: [OLD], now: [item({ ...OLD, title: '第2回審議会の開催について' })] },
    ['new'],
  );
  check(
    'same page, the number in kanji',
    {
      before: [item({ title: '（第一報）手続の取扱いについて' })],
      now: [item({ title: '（第二報）手続の取扱いについて' })],
    },
    ['new'],
  );
  check(
    'same page and title words, another day',
    { before: [OLD], now: [item({ ...OLD, title: '第1回審議会の延期について', publishedAt: 0 })] },
    ['new'],
  );
  check(
    'same page, quite another title',
    { before: [OLD], now: [item({ ...OLD, title: '意匠制度の見直し' })] },
    ['new'],
  );
  check(
    'a reused guid',
    { before: [GUID], now: [item({ ...GUID, title: '意匠制度の見直し', url: `${SITE}/c.html` })] },
    ['new'],
  );
  check(
    'one guid for all',
    {
      before: [GUID],
      now: ['b', 'c'].map((page) => item({ ...GUID, title: `${page}の公表`, url: `${SITE}/${page}` })),
    },
    ['new', 'new'],
  );
  check(
    'same title and day at two new addresses',
    { before: [OLD], now: ['x', 'y'].map((page) => item({ ...OLD, url: `${SITE}/${page}` })) },
    ['new', 'new'],
  );
  check(
    'same title, another address and day',
    { before: [OLD], now: [item({ ...OLD, url: `${SITE}/b`, publishedAt: 0 })] },
    ['new'],
  );
  check(
    'guids that the feed has shown to be unreliable',
    {
      before: [GUID],
      now: [item({ ...GUID, title: '第1回審議会の延期', url: `${SITE}/z`, publishedAt: 0 })],
      unreliableGuids: true,
    },
    ['new'],
  );
  check(
    'a page that carried two announcements',
    {
      before: [OLD, item({ ...OLD, title: '第1回審議会の延期について' })],
      now: [item({ ...OLD, title: '第1回審議会の中止について' })],
    },
    ['new'],
  );
});

describe('a mark that another item of the poll explains is no evidence', () => {
  check(
    'two new titles on the page of one that is gone: nobody knows which was edited',
    {
      before: [OLD],
      now: ['延期', '中止'].map((act) => item({ ...OLD, title: `第1回審議会の${act}について` })),
    },
    ['new', 'new'],
  );
  check(
    'a guid reused beside its first item, which has lost it',
    { before: [GUID], now: [OLD, item({ ...GUID, title: '第2回審議会の開催について' })] },
    ['known', 'new'],
  );
  check(
    'the same title and day at another address, beside the first with a new date',
    { before: [OLD], now: [item({ ...OLD, publishedAt: 0 }), item({ ...OLD, url: `${SITE}/news/b.html` })] },
    ['known', 'new'],
  );
});

describe('a corrected title of the same page is an edit', () => {
  check('one word', { before: [OLD], now: [item({ ...OLD, title: '第1回審議会の延期について' })] }, [
    'edited',
  ]);
  check(
    'one word, without dates',
    {
      before: [item({ ...OLD, publishedAt: null })],
      now: [item({ ...OLD, title: '第1回審議会の延期について', publishedAt: null })],
    },
    ['edited'],
  );
  check(
    'without dates and long ago, it is a new one',
    {
      before: [item({ ...OLD, publishedAt: null })],
      now: [item({ ...OLD, title: '第1回審議会の延期について', publishedAt: null })],
      daysBetween: 60,
    },
    ['new'],
  );
  check(
    'any words, under the same guid and address',
    { before: [GUID], now: [item({ ...GUID, title: '意匠制度の見直し' })] },
    ['edited'],
  );
  check('undone: the first title is known', { before: [OLD], now: [OLD] }, ['known']);
  check(
    'given twice in one poll, it is one edit',
    { before: [OLD], now: [1, 2].map(() => item({ ...OLD, title: '第1回審議会の延期について' })) },
    ['edited', 'repeated'],
  );
  test('the edit is told once, and undoing it is no news', () => {
    const memory = new Memory();
    const edited = item({ ...OLD, title: '第1回審議会の延期について' });
    const verdicts = [[OLD], [edited], [edited], [OLD]].map((items) => memory.poll(items).map(shown));
    expect(verdicts).toEqual([['new'], ['edited'], ['known'], ['known']]);
  });
});

describe('two feeds with one announcement', () => {
  test('share its key, and the second one is known', () => {
    const memory = new Memory();
    memory.poll([OLD]);
    const elsewhere = item({ ...OLD, feed: 'meti', id: 'meti-1', title: '第１回審議会の開催について' });
    expect(announcementKey(elsewhere)).toBe(announcementKey(OLD));
    const [one] = memory.poll([elsewhere]);
    expect(one?.verdict.kind).toBe('known');
    expect(one?.seen).toMatchObject({ feed: 'jpo', title: OLD.title });
  });
  test('but a page or a guid of one feed says nothing about another', () => {
    const memory = new Memory();
    memory.poll([GUID]);
    const elsewhere = item({ ...GUID, feed: 'meti', title: '第1回審議会の延期について' });
    expect(memory.poll([elsewhere]).map(shown)).toEqual(['new']);
  });
  test('a Japanese and an English page are two announcements', () => {
    const english = item({
      ...OLD,
      title: 'First meeting of the council',
      url: `${SITE}/e/news/a.html`,
      lang: 'en',
    });
    expect(announcementKey(english)).not.toBe(announcementKey(OLD));
  });
});

describe('the record carries what later polls need', () => {
  const poll = (
    items: readonly Item[],
    known: readonly SeenItem[],
    state: FeedState | null,
  ): readonly Identified[] =>
    identify({ items, known, feed: state, now: 5_000, newSeenId: (index) => `s${index}` });
  test('at the first poll it is baseline', () => {
    const [one] = poll([GUID], [], null);
    expect(one?.seen).toEqual({
      seenId: 's0',
      feed: 'jpo',
      keys: identityKeys(GUID, 'jpo'),
      title: GUID.title,
      url: GUID.url,
      lang: 'ja',
      publishedAt: GUID.publishedAt,
      firstSeenAt: 5_000,
      lastSeenAt: 5_000,
      disposition: 'baseline',
      entryId: null,
    });
  });
  test('keys are added, never lost, and what was posted stays posted', () => {
    const [first] = poll([OLD], [], null);
    const seen: SeenItem = {
      ...(first?.seen ?? fail()),
      disposition: 'recorded',
      entryId: 'e1',
      lastSeenAt: 1,
    };
    const [second] = poll([item({ ...OLD, id: 'g2', publishedAt: 0 })], [seen], null);
    expect(second?.seen).toMatchObject({
      seenId: seen.seenId,
      disposition: 'recorded',
      entryId: 'e1',
      lastSeenAt: 5_000,
    });
    expect(second?.seen.keys).toEqual(expect.arrayContaining([...seen.keys]));
    expect(second?.seen.keys.length).toBe(seen.keys.length + 2);
  });
  test('a guid made anew at every poll neither grows the record without end nor makes news of it', () => {
    const memory = new Memory();
    const polls = Array.from({ length: 200 }, (_, n) => memory.poll([item({ ...OLD, id: `urn:${n}` })])[0]);
    expect(polls.slice(1).every((one) => one?.verdict.kind === 'known')).toBe(true);
    expect(polls.at(-1)?.seen.keys.length).toBeLessThan(20);
  });
  test('a title edited a hundred times is known under its last ones', () => {
    const memory = new Memory();
    const title = (n: number): string => `審議会の開催について${String.fromCodePoint(0x5000 + n)}`;
    const polls = Array.from({ length: 100 }, (_, n) => memory.poll([item({ ...OLD, title: title(n) })])[0]);
    expect(polls.slice(1).every((one) => one?.verdict.kind === 'edited')).toBe(true);
    expect(polls.at(-1)?.seen.keys.length).toBeLessThanOrEqual(64);
    expect(memory.poll([item({ ...OLD, title: title(99) })])[0]?.verdict.kind).toBe('known');
  });
  test('a repetition within the poll adds its keys to the first', () => {
    const [first, second] = poll([OLD, item({ ...OLD, id: 'g2' })], [], null);
    expect(second?.seen).toBe(first?.seen);
    expect(first?.seen.keys).toEqual(
      expect.arrayContaining([...identityKeys(item({ ...OLD, id: 'g2' }), 'jpo')]),
    );
  });
  test('an item without title and link has an identity of its own', () => {
    const bare = (id: string): Item => item({ id, title: '', url: null, publishedAt: null });
    expect(new Set([announcementKey(bare('a')), announcementKey(bare('b'))]).size).toBe(2);
  });
});

function fail(): never {
  throw new Error('no item came back');
}
