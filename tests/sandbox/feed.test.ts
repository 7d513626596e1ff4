import { expect, test } from 'vitest';
import RssParser from 'rss-parser';
import { FeedSource } from '../../src/sandbox/feed-source.ts';
import { atomDocument, rdfDocument, rssDocument } from '../../src/sandbox/feed-document.ts';
import type { FeedItem } from '../../src/sandbox/feed-item.ts';
import { SCRIPT_LENGTH } from '../../src/sandbox/feed-script.ts';
import { encodeShiftJis } from '../../src/sandbox/shift-jis.ts';
import { ask, call, runSandbox } from './running-sandbox.ts';

const START = Date.parse('2026-11-22T02:15:07Z');
const PLAN = { baselineItems: 5, firstReleaseMs: 6_000, releaseEveryMs: 8_000 };
const at = (afterMs: number): FeedItem[] => new FeedSource(PLAN, START).items(START + afterMs);
const DAY = 86_400_000;

test.each([
  { afterMs: 0, released: 0 },
  { afterMs: 5_999, released: 0 },
  { afterMs: 6_000, released: 1 },
  { afterMs: 13_999, released: 1 },
  { afterMs: 14_000, released: 2 },
  { afterMs: 60_000, released: 7 },
  { afterMs: 6_000 + 11 * 8_000, released: 12 },
  { afterMs: 6_000 + 11 * 8_000 + 59_999, released: 12 },
  { afterMs: 6_000 + 11 * 8_000 + 60_000, released: 13 },
])('$afterMs ms after the start $released items have been released', ({ afterMs, released }) => {
  const fresh = at(afterMs).filter((item) => item.publishedAt >= START);
  expect(fresh).toHaveLength(released);
  expect(at(afterMs).length).toBe(released + 5);
});

test('the items that stood there before are from the last days and the same at every start', () => {
  const first = at(0);
  const again = new FeedSource(PLAN, START + 3 * DAY).items(START + 3 * DAY);
  expect(again.map((item) => [item.guid, item.title, item.url])).toEqual(
    first.map((item) => [item.guid, item.title, item.url]),
  );
  for (const item of first) {
    expect(item.publishedAt).toBeLessThan(START);
    expect(item.publishedAt).toBeGreaterThan(START - 5 * DAY);
  }
});

test('within half a minute there is an urgent notice, and its second report comes later', () => {
  const titles = at(30_000).map((item) => item.title);
  expect(
    titles.filter((title) =>
      title.endsWith('により影響を受けた手続の取扱いについて（11月22日11時15分現在）'),
    ),
  ).toHaveLength(1);
  expect(titles.some((title) => title.includes('第2報'))).toBe(false);
  const all = at(6_000 + SCRIPT_LENGTH * 8_000).map((item) => item.title);
  expect(all.filter((title) => title.includes('（第2報、'))).toHaveLength(1);
  expect(all.filter((title) => title.startsWith('(Bailout measure) '))).toHaveLength(1);
});

test('a start a second later tells other news: no id, link, or title of the first comes again', () => {
  const late = 30 * 60_000;
  const keys: string[] = [];
  for (let second = 0; second < 60; second += 1) {
    const source = new FeedSource({ ...PLAN, baselineItems: 0 }, START + second * 1_000);
    for (const item of source.items(START + second * 1_000 + late)) {
      keys.push(item.guid, item.url, item.title);
    }
  }
  expect(keys.length).toBe(60 * 40 * 3);
  expect(new Set(keys).size).toBe(keys.length);
});

test('every item is on the site of the office, has words to show, and no mark of an unfilled template', () => {
  for (const item of at(60 * 60_000)) {
    expect(item.url).toMatch(/^https:\/\/www\.jpo\.go\.jp\/[\w\-./]+\.html$/);
    expect(item.title).not.toMatch(/[○〇△●◯]|XX|TBD|[{}]|undefined|NaN|Invalid/);
    expect(item.title.length).toBeGreaterThan(10);
    expect(/[぀-ヿ一-鿿]/.test(item.title)).toBe(item.lang === 'ja');
  }
});

test('after the script an item comes every minute, dated when it came', () => {
  const end = 6_000 + (SCRIPT_LENGTH - 1) * 8_000;
  const times = at(end + 200_000).map((item) => item.publishedAt - START - end);
  expect(times.slice(0, 5)).toEqual([180_000, 120_000, 60_000, 0, -8_000]);
});

test('a feed that releases everything at once is a feed still', () => {
  const source = new FeedSource({ baselineItems: 99, firstReleaseMs: 0, releaseEveryMs: 0 }, START);
  expect(source.items(START).filter((item) => item.publishedAt >= START)).toHaveLength(1);
  expect(source.items(START + 1_000).filter((item) => item.publishedAt >= START)).toHaveLength(SCRIPT_LENGTH);
  expect(source.items(START - DAY).every((item) => item.publishedAt < START)).toBe(true);
});

test('a sandbox left running for a year keeps a short feed', () => {
  const items = at(365 * DAY);
  expect(items).toHaveLength(40);
  expect(new Set(items.map((item) => item.url)).size).toBe(40);
});

const parser = new RssParser();
const documents = [
  { name: 'RSS 2.0', make: rssDocument, encoding: 'utf-8' },
  { name: 'Atom', make: atomDocument, encoding: 'utf-8' },
  { name: 'RDF in Shift_JIS', make: rdfDocument, encoding: 'shift_jis' },
];
test.each(documents)('$name carries every item whole', async ({ make, encoding }) => {
  const items = [
    ...at(120_000),
    {
      guid: 'odd',
      title: '𠮷野 & <b>"①〜～−髙"</b> 🎌',
      url: 'https://www.jpo.go.jp/a?b=1&c=2',
      publishedAt: START,
      lang: 'ja' as const,
    },
  ];
  const text = new TextDecoder(encoding, { fatal: true }).decode(make(items).bytes);
  const read = await parser.parseString(text);
  expect(read.items.map((item) => [item.title, item.link])).toEqual(
    items.map((item) => [item.title, item.url]),
  );
  expect(read.items.map((item) => Date.parse(item.isoDate ?? ''))).toEqual(
    items.map((item) => Math.floor(item.publishedAt / 1_000) * 1_000),
  );
});

test.each([
  ['A~', [0x41, 0x7e]],
  ['ｱ', [0xb1]],
  ['特', [0x93, 0xc1]],
  ['≒', [0x81, 0xe0]],
  ['①', [0x87, 0x40]],
  ['髙', [0xfb, 0xfc]],
  ['～', [0x81, 0x60]],
  ['𠮷', [...Buffer.from('&#134071;')]],
])('%s is written in Shift_JIS as Windows writes it', (text, bytes) => {
  expect([...encodeShiftJis(text)]).toEqual(bytes);
});

test.each(['/feed.xml', '/feed.atom', '/news.rdf'])('%s is not sent again until it changes', async (path) => {
  const sandbox = await runSandbox();
  const first = await fetch(sandbox.url + path);
  const etag = first.headers.get('etag') ?? '';
  const modified = first.headers.get('last-modified') ?? '';
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(sandbox.url + path, { headers })).status;
  expect(await status({ 'if-none-match': etag })).toBe(304);
  expect(await status({ 'if-none-match': `"other", W/${etag}` })).toBe(304);
  expect(await status({ 'if-modified-since': modified })).toBe(304);
  expect(await status({ 'if-none-match': '"other"', 'if-modified-since': modified })).toBe(200);
  await ask(sandbox, 'POST', '/sandbox/feed', { title: 'お知らせ', url: 'https://www.jpo.go.jp/x.html' });
  expect(await status({ 'if-none-match': etag })).toBe(200);
  expect(await status({ 'if-modified-since': modified })).toBe(200);
});

test.each([
  { fault: { fault: 'status', status: 404, body: 'html' }, status: 404, says: '<h1>' },
  { fault: { fault: 'status', status: 200, body: 'empty' }, status: 200, says: /^$/ },
  { fault: { fault: 'delay', ms: 30 }, status: 200, says: '</rss>' },
  { fault: { fault: 'garbage', variant: 'html' }, status: 200, says: '<!DOCTYPE html>' },
])('a feed can be made to fail as $fault', async ({ fault, status, says }) => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { ...fault, on: 'feed' });
  expect((await call(sandbox, 'GET', '/2/users/me')).status).toBe(200);
  const failed = await ask(sandbox, 'GET', '/feed.xml');
  expect(failed.status).toBe(status);
  expect(failed.text).toMatch(says);
  expect((await ask(sandbox, 'GET', '/feed.xml')).text).toContain('</rss>');
});

test('a feed can be cut in the middle, and faults for X leave feeds alone', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'status', on: 'any' });
  expect((await ask(sandbox, 'GET', '/news.rdf')).status).toBe(200);
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'garbage', variant: 'truncated', on: 'feed' });
  await expect(ask(sandbox, 'GET', '/news.rdf')).rejects.toThrow('terminated');
});

test('an item with an old date is news to a reader who knows only when he last looked', async () => {
  const sandbox = await runSandbox();
  const modified = (await ask(sandbox, 'GET', '/feed.xml')).headers.get('last-modified') ?? '';
  const item = {
    title: 'お知らせ',
    url: 'https://www.jpo.go.jp/x.html',
    publishedAt: '2020-01-01T00:00:00Z',
  };
  await ask(sandbox, 'POST', '/sandbox/feed', item);
  const again = await fetch(sandbox.feedUrl, { headers: { 'if-modified-since': modified } });
  expect(again.status).toBe(200);
});

test('an item added by hand is in the feed at once, with the id and the date that it was given', async () => {
  const sandbox = await runSandbox();
  const item = {
    title: 'Q&A を更新',
    url: 'https://www.jpo.go.jp/q.html',
    id: 'my-id',
    publishedAt: '2026-11-20T09:00:00+09:00',
  };
  expect((await ask(sandbox, 'POST', '/sandbox/feed', item)).status).toBe(201);
  const read = await parser.parseString((await ask(sandbox, 'GET', '/feed.xml')).text);
  const added = read.items.find((one) => one.guid === 'my-id');
  expect(added).toMatchObject({ title: item.title, link: item.url, isoDate: '2026-11-20T00:00:00.000Z' });
  expect((await ask(sandbox, 'POST', '/sandbox/feed', { title: 5 })).status).toBe(400);
});

test('a document put in the place of the feed is served byte for byte until it is taken away', async () => {
  const sandbox = await runSandbox();
  const bytes = Uint8Array.from([0x3c, 0x93, 0xfa, 0x96, 0x7b, 0xff, 0x3e]);
  const put = { method: 'PUT', body: bytes, headers: { 'content-type': 'text/xml; charset=Shift_JIS' } };
  expect((await fetch(`${sandbox.url}/sandbox/feed`, put)).status).toBe(204);
  const served = await fetch(sandbox.feedUrl);
  expect(served.headers.get('content-type')).toBe('text/xml; charset=Shift_JIS');
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
  expect((await ask(sandbox, 'DELETE', '/sandbox/feed')).status).toBe(204);
  expect((await ask(sandbox, 'GET', '/feed.xml')).text).toContain('<rss version="2.0"');
});
