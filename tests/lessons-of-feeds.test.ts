import { describe, expect, test } from 'vitest';
import { createFetcher } from '../src/adapters/http/fetch-document.ts';
import { pollFeed } from '../src/app/poll-feed.ts';
import { createFeedReader } from '../src/app/read-feed.ts';
import { silenceOf } from '../src/app/watch-silence.ts';
import { classify } from '../src/classify/classify.ts';
import { followUpOf } from '../src/classify/follow-up.ts';
import { compose } from '../src/compose/compose.ts';
import type { FeedConfig } from '../src/feed/feed-config.ts';
import { identify } from '../src/feed/identity.ts';
import type { Item } from '../src/feed/item.ts';
import { parseDocument } from '../src/feed/parse-document.ts';
import type { Parsed } from '../src/feed/parsed-feed.ts';
import { feedFilter, nextPollAt } from '../src/feed/poll-plan.ts';
import { answer, startHostileServer } from './adapters/http/hostile-server.ts';
import { aFakeApp, SCOPE, START } from './app/fake-app.ts';
import { shippedRules } from './classify/shipped-rules.ts';
import { shippedTemplates } from './compose/shipped-templates.ts';
import { loaded, mistakesOf, shippedFiles } from './config/sample-settings.ts';
import { encodeAs } from './fixtures/feed/encode.ts';
import { feedConfig } from './fixtures/feed/feed-config.ts';
import { item } from './fixtures/feed/item.ts';
import { heard, METI, NOW } from './fixtures/feed/meti.ts';

/** What feeds of Japanese offices really are, each by the office at which it was seen, and what this program makes of it. */

const never = new AbortController().signal;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TITLE = '手続の取扱いについて';
const PAGE = 'https://www.jpo.go.jp/news/a.html';

function read(bytes: string | Uint8Array, feed: Partial<FeedConfig> = {}): Promise<Parsed> {
  return parseDocument({
    bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
    contentType: null,
    finalUrl: 'https://www.jpo.go.jp/news/index.html',
    feed: feedConfig(feed),
    now: START,
  });
}

/** An RSS 1.0 document as ministries write it: items beside the channel, `dc:date`, no guid. */
function rdf(
  items: readonly (readonly [title: string, link: string, date: string | null])[],
  encoding = 'UTF-8',
): string {
  const each = items.map(
    ([title, link, date]) =>
      `<item rdf:about="${link}"><title>${title}</title><link>${link}</link>${date === null ? '' : `<dc:date>${date}</dc:date>`}</item>`,
  );
  return (
    `<?xml version="1.0" encoding="${encoding}"?>\r\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` +
    `xmlns:dc="http://purl.org/dc/elements/1.1/">\r\n<channel rdf:about="x"><title>新着</title></channel>\r\n${each.join('\r\n')}\r\n</rdf:RDF>`
  );
}

const shown = ({ items }: Parsed): (readonly [string, string | null])[] =>
  items.map(({ title, url }) => [title, url]);

describe('特許庁: no address of a feed could be confirmed, so a source is configuration', () => {
  const link = `<link>${PAGE}</link>`;
  test.each<[string, string, Partial<FeedConfig>?]>([
    ['RSS', `<rss version="2.0"><channel><item><title>${TITLE}</title>${link}</item></channel></rss>`],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>${TITLE}</title><link href="${PAGE}"/></entry></feed>`,
    ],
    ['RDF', rdf([[TITLE, PAGE, null]])],
    [
      'a list page with selectors',
      `<!DOCTYPE html><ul><li><a href="a.html">${TITLE}</a></li></ul>`,
      { kind: 'html-list', selectors: { item: 'li', title: 'a', link: 'a', date: null } },
    ],
  ])('%s', async (_kind, document, feed) => {
    expect(shown(await read(document, feed))).toEqual([[TITLE, PAGE]]);
  });
});

test('経済産業省: its Atom feed carries the releases of 特許庁, and is narrowed to them', () => {
  const feed = loaded({}).feeds.find(
    ({ location }) => location.kind === 'url' && location.url.includes('ml_index_release_atom'),
  );
  if (feed === undefined) return expect.fail('the feed is not among the shipped ones');
  const wanted = ['特許庁の「料金」改定', 'ＪＰＯの取組', '鉱工業指数'].map((title) =>
    feedFilter(feed, item({ title })),
  );
  expect(wanted).toEqual([true, true, false]);
});

test('ministries: RSS 1.0 with dc:date and no guid; the page is the identity', async () => {
  const { items, problems } = await read(rdf([[TITLE, PAGE, '2026-09-30T14:00:00+09:00']]));
  expect(problems).toEqual([]);
  expect(items).toMatchObject([{ id: PAGE, title: TITLE, publishedAt: Date.parse('2026-09-30T05:00:00Z') }]);
});

describe('総務省', () => {
  test('news.rdf is true Shift_JIS with CRLF and items beside the channel', async () => {
    const bytes = encodeAs(rdf([['第２回｢審議会①｣', PAGE, null]], 'Shift_JIS'), 'shift_jis');
    expect(shown(await read(bytes))).toEqual([['第２回｢審議会①｣', PAGE]]);
  });

  test('all its times read 05:00, so only the day is used', async () => {
    const days = Array.from({ length: 10 }, (_, n) => `2026-09-${String(11 + n)}`);
    const { items } = await read(
      rdf(days.map((day, n) => [`${TITLE}${String(n)}`, `${PAGE}?${String(n)}`, `${day}T05:00:00+09:00`])),
    );
    expect(items.filter(({ dateOnly }) => dateOnly)).toHaveLength(days.length);
  });

  test('the same title twice with two addresses is two announcements', () => {
    const items = ['a', 'b'].map((name) => item({ url: `https://www.soumu.go.jp/${name}.html`, id: name }));
    let ids = 0;
    const found = identify({
      items,
      known: [],
      feed: null,
      now: START,
      newSeenId: () => `s${String((ids += 1))}`,
    });
    expect(found.map(({ verdict }) => verdict.kind)).toEqual(['new', 'new']);
  });

  test('full-width digits and half-width brackets: titles are matched in one width', () => {
    const wide = {
      title: '令和８年台風第１５号により影響を受けた手続の取扱い｢第２報｣',
      url: null,
      lang: 'ja',
    } as const;
    expect(classify(wide, shippedRules)).toMatchObject({ kind: 'announce', topic: 'urgent' });
    expect(followUpOf('手続の取扱い（第２報）')).toMatchObject({ kind: 'report', number: 2 });
  });
});

describe('seen failures', () => {
  test('経済産業省: 200 with nothing new for three months is told as silence', () => {
    const quiet = heard({ lastNewItemAt: NOW - 90 * DAY });
    expect(silenceOf(METI, quiet, NOW - 100 * DAY, NOW)).toMatchObject({ code: 'silent' });
  });

  test('厚生労働省: a dc:date in 2088 is held, and an element that nobody knows changes nothing', async () => {
    const document = rdf([[TITLE, PAGE, '2088-04-25T10:00:00+09:00']]).replace(
      '<title>手続',
      '<kinkyu:x>?</kinkyu:x><title>手続',
    );
    const { items } = await read(document);
    expect(items[0]).toMatchObject({ title: TITLE, url: PAGE });
    expect(items[0]?.problems).toMatchObject([{ code: 'date-absurd', blocking: true }]);
  });

  test.each(['404 Not Found', '403 Forbidden'])(
    'after a redesign or behind a firewall: %s is a failure that is told, and no news',
    async (status) => {
      await using server = await startHostileServer((socket, head) =>
        answer(status, ['Content-Length: 0'])(socket, head),
      );
      const url = `http://127.0.0.1:${String(server.port)}/news.rdf`;
      const reader = createFeedReader({
        fetcher: createFetcher({ limits: { totalMs: 20_000, idleMs: 8_000 } }),
        parser: { parse: async () => expect.fail('there is nothing to parse'), close: async () => {} },
        readFile: async () => expect.fail('no file was named'),
        contact: '',
      });
      const feed = feedConfig({ location: { kind: 'url', url }, allowPrivateAddress: true });
      const reading = await reader.read(feed, null, START, never);
      expect(reading).toMatchObject({ kind: 'failed', problems: [{ code: 'http-status' }] });
      expect(JSON.stringify(reading)).toContain(status.slice(0, 3));
    },
  );

  test('an empty body is a problem, not an empty list of news', async () => {
    expect((await read('')).problems.map(({ code }) => code)).toEqual(['empty']);
  });

  test('no dates at all: items stay publishable', async () => {
    const { items } = await read(rdf([[TITLE, PAGE, null]]));
    expect(items[0]).toMatchObject({ publishedAt: null });
    expect(items[0]?.problems.filter(({ blocking }) => blocking)).toEqual([]);
  });

  test('a pinned item of 2009 at the head is old news, held, and does not stand in the way of what is new', async () => {
    const pinned = item({
      title: '重要なお知らせ',
      url: 'https://www.jpo.go.jp/2009.html',
      publishedAt: Date.UTC(2009, 3, 1),
    });
    const fresh = item({ publishedAt: START });
    expect(await entriesAfter([[]], [[pinned, fresh]])).toEqual([
      ['held', '重要なお知らせ', 'stale'],
      ['queued', fresh.title, ''],
    ]);
  });

  test('a link straight to a PDF is posted whole', async () => {
    const pdf = 'https://www.jpo.go.jp/resources/report/document/index/all.pdf';
    const { items } = await read(rdf([[TITLE, pdf, null]]));
    const [one] = items;
    if (one === undefined) return expect.fail('the item is lost');
    const { text } = compose({ item: one, topic: 'main', templates: shippedTemplates, now: START });
    expect(text).toBe(`${TITLE}\n${pdf}`);
  });
});

test('厚生労働省: an emergency feed beside the usual one announces the same notice once', async () => {
  const notice = item({
    title: '令和8年駿河湾地震により影響を受けた手続の取扱いについて',
    publishedAt: START,
  });
  const both = [
    [notice],
    [{ ...notice, feed: 'kinkyu', id: 'k1', url: 'https://www.jpo.go.jp/stf/kinkyu.html' }],
  ];
  expect(await entriesAfter([[], []], both)).toHaveLength(1);
});

describe('気象庁', () => {
  test('Status 訓練 and 試験: what is marked as practice is never announced', () => {
    for (const mark of ['【訓練】', '【試験】', '（訓練）']) {
      const title = `${mark}令和8年地震により影響を受けた手続の取扱いについて`;
      expect(classify({ title, url: null, lang: 'ja' }, shippedRules).kind).not.toBe('announce');
    }
  });

  test('InfoType 訂正 and 取消: a correction and a withdrawal follow what they speak of', () => {
    expect(followUpOf('【訂正】手続の取扱いについて')).toMatchObject({ kind: 'correction' });
    expect(followUpOf('【取消】手続の取扱いについて')).toMatchObject({ kind: 'cancellation' });
  });

  test('addresses that fetch too much are blocked: a feed is polled politely, and less often when it fails', () => {
    const plan = { intervalMs: 300_000, failures: 0, notBeforeMs: null, gone: false, fraction: 0, now: 0 };
    expect(nextPollAt({ ...plan, failures: 3 })).toBe(8 * 300_000);
    expect(nextPollAt({ ...plan, notBeforeMs: HOUR })).toBe(HOUR);
    const feeds = (shippedFiles()['config/feeds.yaml'] ?? '').replace('pollEvery: 5m', 'pollEvery: 1s');
    expect(mistakesOf({ files: { 'config/feeds.yaml': feeds } }).join()).toContain('poll-too-often');
  });
});

/** Polls one feed for each list, then again with the second lists; what became of it: state, title, and the first reason. */
async function entriesAfter(
  before: readonly (readonly Item[])[],
  after: readonly (readonly Item[])[],
): Promise<readonly (readonly [string, string, string])[]> {
  const app = aFakeApp();
  for (const lists of [before, after]) {
    for (const [at, items] of lists.entries()) {
      const state = {
        etag: null,
        lastModified: null,
        bodyHash: null,
        lastBuildDate: null,
        notBeforeMs: null,
      };
      const reading = { kind: 'items', items, problems: [], state, doubledGuids: false } as const;
      const name = at === 0 ? 'jpo' : 'kinkyu';
      await pollFeed(
        { ...app, reader: { read: async () => reading, close: async () => {} } },
        feedConfig({ name, burst: 50 }),
        never,
      );
    }
    app.clock.boot += HOUR;
  }
  const entries = await app.store.list({ scope: SCOPE });
  return entries
    .map(({ state, source, reasons }) => [state, source?.title ?? '', reasons[0]?.rule ?? ''] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
