import { describe, expect, test } from 'vitest';
import { pollFeed } from '../../src/app/poll-feed.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import type { Item } from '../../src/feed/item.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';
import { SCOPE, START, aFakeApp, type FakeApp } from './fake-app.ts';

const HOUR = 3_600_000;
const FIRST = '令和8年台風第15号により影響を受けた手続の取扱いについて';
const page = (name: string): string => `https://www.jpo.go.jp/news/koho/saigai/${name}.html`;

function offered(title: string, name: string, lang: Item['lang'] = 'ja'): Item {
  return item({ title, url: page(name), publishedAt: START, lang });
}

/** Polls a feed that shows one more item each time, the first as known; returns the entries, oldest first. */
function check(...polls: readonly (readonly Item[])[]): ReturnType<typeof checkWith> {
  return checkWith({}, ...polls);
}

/** `ahead` says by how much the wall clock is wrong at a poll. */
async function checkWith(
  ahead: Readonly<Record<number, number>>,
  ...polls: readonly (readonly Item[])[]
): Promise<{ app: FakeApp; entries: readonly Entry[] }> {
  const app = aFakeApp();
  const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
  for (const [index] of polls.entries()) {
    const items = polls.slice(0, index + 1).flat();
    const reading: FeedReading = { kind: 'items', items, problems: [], state, doubledGuids: false };
    const polled = { ...app, reader: { read: async () => reading, close: async () => {} } };
    app.clock.wallAhead += ahead[index] ?? 0;
    await pollFeed(polled, feedConfig(), new AbortController().signal);
    app.clock.wallAhead -= ahead[index] ?? 0;
    app.clock.boot += HOUR;
  }
  const entries = await app.store.list({ scope: SCOPE });
  return { app, entries: entries.toSorted((a, b) => a.id.localeCompare(b.id)) };
}

const OLD = offered('審議会の開催について', 'old');

describe('a follow-up becomes a new post, marked and tied', () => {
  test.each([
    [`${FIRST}(第2報)`, '【重要・第2報】'],
    [`【訂正】${FIRST}`, '【重要・訂正】'],
    [`${FIRST}（追記）`, '【重要・追記】'],
    [`${FIRST}（期間延長）`, '【重要・延長】'],
    [`${FIRST}（更新）`, '【重要・更新】'],
    [`【取消】${FIRST}`, '【重要・取消し・終了】'],
  ])('%s', async (title, mark) => {
    const { entries } = await check([OLD], [offered(FIRST, '1')], [offered(title, '2')]);
    const [first, second] = entries;
    expect(entries).toHaveLength(2);
    expect(second?.text).toContain(mark);
    expect(second?.text).not.toContain('】【');
    expect(second?.text).toMatch(/10月1日\d{2}:\d{2}現在/u);
    expect(second?.text).toContain('先のお知らせ：2026年10月1日');
    expect([second?.kind, second?.predecessorId]).toEqual(['update', first?.id]);
    expect(['queued', 'held']).toContain(second?.state);
  });

  test('in English too', async () => {
    const first = offered('Handling of Procedures Affected by Typhoon No. 15', '1', 'en');
    const second = offered('Handling of Procedures Affected by Typhoon No. 15 (Second Report)', '2', 'en');
    const { entries } = await check([OLD], [first], [second]);
    expect(entries[1]?.text).toContain('[Important: report no. 2]');
    expect(entries[1]?.predecessorId).toBe(entries[0]?.id);
  });

  test('the third report follows the second, not the first', async () => {
    const polls = [
      [OLD],
      [offered(FIRST, '1')],
      [offered(`${FIRST}(第2報)`, '2')],
      [offered(`${FIRST}(第3報)`, '3')],
    ];
    const { entries } = await check(...polls);
    expect(entries.map(({ predecessorId }) => predecessorId)).toEqual([null, entries[0]?.id, entries[1]?.id]);
    expect(entries[2]?.text).toContain('第3報】');
  });

  test.each([
    ['ja', FIRST, '令和8年台風第15号により影響を受けた手続に係る手続期間の延長について（第3報）'],
    ['ja', FIRST, '【延長】令和8年台風第15号に伴う手続期間の延長について'],
    [
      'en',
      'Handling of Procedures Affected by Typhoon No. 15',
      'Extension of Time Limits due to Typhoon No. 15 (Third Report)',
    ],
  ] as const)(
    'an extension follows what was said of procedures after the same event (%s)',
    async (lang, first, title) => {
      const { entries } = await check([OLD], [offered(first, '1', lang)], [offered(title, '2', lang)]);
      expect(entries[1]?.predecessorId).toBe(entries[0]?.id);
    },
  );

  test('the third report follows the second also where a clock that was ahead dated the first after it', async () => {
    const ahead = 3 * HOUR;
    const polls = [
      [OLD],
      [offered(FIRST, '1')],
      [offered(`${FIRST}(第2報)`, '2')],
      [offered(`${FIRST}(第3報)`, '3')],
    ];
    const { entries } = await checkWith({ 1: ahead }, ...polls);
    const [first, second, third] = entries.toSorted((a, b) => (a.url ?? '').localeCompare(b.url ?? ''));
    expect(first?.createdAt).toBeGreaterThan(third?.createdAt ?? 0);
    expect([second?.predecessorId, third?.predecessorId]).toEqual([first?.id, second?.id]);
  });

  test('the second report that comes after the third is no follow-up of it', async () => {
    const polls = [
      [OLD],
      [offered(FIRST, '1')],
      [offered(`${FIRST}(第3報)`, '3')],
      [offered(`${FIRST}(第2報)`, '2')],
    ];
    const { entries } = await check(...polls);
    expect(entries[2]?.predecessorId).not.toBe(entries[1]?.id);
    expect(entries[1]?.state).toBe('queued');
  });

  test('the unsent predecessor of a post that goes out is not posted as well', async () => {
    const { entries } = await check([OLD], [offered(FIRST, '1')], [offered(`${FIRST}(第2報)`, '2')]);
    expect(entries.map(({ state }) => state)).toEqual(['cancelled', 'queued']);
  });

  test('a measure that ends is told, also where only the end of its title says so', async () => {
    const measure = '令和8年台風第15号により影響を受けた手続に関する特例';
    const { entries } = await check(
      [OLD],
      [offered(measure, '1')],
      [offered(`${measure}の終了について`, '2')],
    );
    expect(entries[1]?.text).toContain('取消し・終了】');
    expect(entries[1]?.predecessorId).toBe(entries[0]?.id);
  });
});

describe('reports that arrive in one poll are tied to each other, in their order', () => {
  const reports = [offered(FIRST, '1'), offered(`${FIRST}(第2報)`, '2'), offered(`${FIRST}(第3報)`, '3')];
  const dated = reports.map((one, at) => ({ ...one, publishedAt: START + at * HOUR }));
  const undated = reports.map((one) => ({ ...one, publishedAt: null }));
  test.each([
    ['listed newest first', dated.toReversed()],
    ['listed oldest first', dated],
    ['listed newest first, of one day', reports.toReversed()],
    ['listed oldest first, of one day', reports],
    ['listed oldest first, undated', undated],
    ['listed in no order', [reports[1], reports[2], reports[0]].filter((one) => one !== undefined)],
  ])('%s: the newest goes out, in place of the others', async (_name, listed) => {
    const { entries } = await check([OLD], listed);
    expect(entries.map(({ source }) => source?.title)).toEqual(reports.map(({ title }) => title));
    expect(entries.map(({ predecessorId }) => predecessorId)).toEqual([null, entries[0]?.id, entries[1]?.id]);
    expect(entries.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'queued']);
    expect(entries[2]?.text).toContain('第3報】');
  });

  test('the second says when the first was published', async () => {
    const { entries } = await check([OLD], dated.slice(0, 2).toReversed());
    expect(entries[1]?.text).toContain('先のお知らせ：2026年10月1日');
    expect(entries[1]?.kind).toBe('update');
  });

  test('a report that a person must look at does not silence the one before it', async () => {
    const [first, second] = reports;
    if (first === undefined || second === undefined) throw new Error('no reports');
    const fault = { code: 'link-refused', detail: 'x', blocking: true } as const;
    const { entries } = await check([OLD], [{ ...second, problems: [fault] }, first]);
    expect(entries.map(({ state }) => state)).toEqual(['queued', 'held']);
    expect(entries[1]?.predecessorId).toBe(entries[0]?.id);
  });

  test('a correction that comes with its announcement follows it', async () => {
    const { entries } = await check([OLD], [offered(`【訂正】${FIRST}`, '2'), offered(FIRST, '1')]);
    expect(entries.map(({ predecessorId }) => predecessorId)).toEqual([null, entries[0]?.id]);
  });

  test('known at the first reading, none is posted', async () => {
    expect((await check(dated)).entries).toEqual([]);
  });
});

test('an urgent notice that policy refuses is an alarm: only a person can say it now', async () => {
  const { app } = await check([OLD], [offered(`${FIRST}\uFFFD`, '1')]);
  expect(app.told.at(-1)).toMatchObject({ code: 'entry-refused', severity: 'alarm' });
});

describe('no tie is guessed', () => {
  test.each([
    ['another typhoon', '令和8年台風第16号により影響を受けた手続の取扱いについて(第2報)'],
    ['an extension after another typhoon', '令和8年台風第16号に伴う手続期間の延長について(第2報)'],
    ['another matter of the same event', '令和8年台風第15号に伴う窓口の休止について(第2報)'],
    ['another disaster', '令和8年山形豪雨により影響を受けた手続の取扱いについて(第2報)'],
  ])('%s is marked, and stands alone', async (_name, title) => {
    const { entries } = await check([OLD], [offered(FIRST, '1')], [offered(title, '2')]);
    expect(entries[1]?.predecessorId).toBeNull();
    expect(entries[1]?.text).toMatch(/[・【]第2報】/u);
    expect(entries[1]?.text).not.toContain('先のお知らせ');
    expect(entries[0]?.state).toBe('queued');
  });

  test('words that only sound like a follow-up change nothing', async () => {
    const { entries } = await check([OLD], [offered('旧様式による受付の終了について', '1')]);
    expect([entries[0]?.kind, entries[0]?.template]).toEqual(['announcement', 'main']);
  });
});

describe('a follow-up of what this account never announced', () => {
  const MATTER = '審査基準の見直しに関する意見募集';
  test.each([
    ['an update', `${MATTER}（更新）`],
    ['a cancellation', `【取消】${MATTER}`],
    ['a further report', `${MATTER}（第2報）`],
    ['the end of an urgent measure', `【取消】${FIRST}`],
  ])('%s waits for a person', async (_name, title) => {
    const url = 'https://www.jpo.go.jp/news/iken.html';
    const { entries } = await check([OLD], [{ ...offered(title, '2'), url }]);
    expect(entries).toMatchObject([
      { state: 'held', predecessorId: null, reasons: [{ rule: 'never-posted' }] },
    ]);
  });

  test.each([`${FIRST}（第2報）`, `${FIRST}（更新）`])('goes out where it is urgent: %s', async (title) => {
    expect((await check([OLD], [offered(title, '2')])).entries).toMatchObject([{ state: 'queued' }]);
  });
});

describe('a report that comes after a later one of its matter', () => {
  test.each([FIRST, `${FIRST}（第1報）`, `${FIRST}(第2報)`])('waits for a person: %s', async (title) => {
    const { app, entries } = await check([OLD], [offered(`${FIRST}(第3報)`, '3')], [offered(title, '2')]);
    const params = { code: 'report-overtaken', detail: `${FIRST}(第3報)` };
    expect(entries).toMatchObject([
      { state: 'queued' },
      { state: 'held', reasons: [{ rule: 'item-problem', params }] },
    ]);
    expect(app.told.at(-1)).toMatchObject({ code: 'entry-held-urgently', severity: 'alarm' });
  });

  test('of another matter goes out', async () => {
    const other = FIRST.replace('第15号', '第16号');
    const { entries } = await check([OLD], [offered(`${FIRST}(第3報)`, '3')], [offered(other, '2')]);
    expect(entries[1]?.state).toBe('queued');
  });
});

test('a second report of any matter follows what calls itself the first', async () => {
  const matter = '審査基準の見直しに関する意見募集';
  const polls = [[OLD], [offered(`${matter}（第1報）`, '1')], [offered(`${matter}（第2報）`, '2')]];
  const { entries } = await check(...polls);
  expect(entries[1]?.predecessorId).toBe(entries[0]?.id);
});

describe('a known urgent page that was changed in place is told as the update that it is', () => {
  const others = ['a', 'b'].map((name) => offered(`審議会の開催について（${name}）`, name));
  const first = offered(FIRST, '1');
  /** Each a poll that lists this page beside the others; `weeks`: for two weeks and more none does. */
  const polls = async (...after: readonly (Item | 'weeks')[]): Promise<readonly Entry[]> => {
    const app = aFakeApp();
    const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
    for (const one of [null, first, ...after]) {
      const items = one === null || one === 'weeks' ? others : [one, ...others];
      const reading: FeedReading = { kind: 'items', items, problems: [], state, doubledGuids: false };
      const polled = { ...app, reader: { read: async () => reading, close: async () => {} } };
      await pollFeed(polled, feedConfig(), new AbortController().signal);
      app.clock.boot += one === 'weeks' ? 15 * 24 * HOUR : HOUR;
    }
    return (await app.store.list({ scope: SCOPE })).toSorted((a, b) => a.id.localeCompare(b.id));
  };
  const nextDay = { ...first, publishedAt: START + 24 * HOUR };

  test('its date', async () => {
    const [before, update, ...more] = await polls(nextDay, nextDay);
    expect(more).toEqual([]);
    expect(update).toMatchObject({ kind: 'update', state: 'queued', predecessorId: before?.id });
    expect(update?.text).toMatch(/^【重要・更新】.*\n.*10月1日\d{2}:\d{2}現在/u);
    expect(update?.text).toContain('当初のお知らせ：2026年10月1日');
  });

  test('its title, beyond likeness', async () => {
    const title = FIRST.replace('第15号', '第15号及び第16号');
    const [before, update, ...more] = await polls({ ...first, title });
    expect(more).toEqual([]);
    expect(update).toMatchObject({ kind: 'update', predecessorId: before?.id });
    expect(update?.text).toMatch(/^【重要・更新】令和8年台風第15号及び第16号/u);
  });

  test('its title, and back again before that was told: it waits for a person, and is no repetition', async () => {
    const title = FIRST.replace('取扱い', '取り扱い');
    const entries = await polls({ ...first, title }, first, first);
    expect(entries.map(({ source, state }) => [source?.title, state])).toEqual([
      [FIRST, 'cancelled'],
      [title, 'held'],
    ]);
    expect(entries[1]?.reasons).toEqual([
      { rule: 'item-problem', params: { code: 'title-undone', detail: FIRST } },
    ]);
  });

  test.each([
    ['an hour of the same day', { ...first, publishedAt: START + HOUR }],
    ['an earlier day', { ...first, publishedAt: START - 48 * HOUR }],
    ['no date any more', { ...first, publishedAt: null }],
  ])('but %s is no news', async (_name, changed) => {
    expect(await polls(changed)).toHaveLength(1);
  });

  test('nor does a page that was not listed for weeks carry the same announcement', async () => {
    const title = FIRST.replace('台風第15号', '駿河湾地震');
    const [, another] = await polls('weeks', { ...first, title });
    expect(another).toMatchObject({ kind: 'announcement', predecessorId: null });
  });

  test('nor is a feed that dates everything anew', async () => {
    const { entries } = await check([OLD], [first]);
    expect(entries).toHaveLength(1);
    const app = aFakeApp();
    const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
    for (const days of [0, 1, 2]) {
      const items = [first, ...others].map((one) => ({ ...one, publishedAt: START + days * 24 * HOUR }));
      const listed = days === 0 ? items.slice(1) : items;
      const reading: FeedReading = { kind: 'items', items: listed, problems: [], state, doubledGuids: false };
      const polled = { ...app, reader: { read: async () => reading, close: async () => {} } };
      await pollFeed(polled, feedConfig(), new AbortController().signal);
      app.clock.boot += 24 * HOUR;
    }
    expect(await app.store.list({ scope: SCOPE })).toHaveLength(1);
  });
});
