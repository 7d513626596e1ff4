import { describe, expect, test } from 'vitest';
import { canonicalLink } from '../../src/feed/canonical-link.ts';
import { foldTitle } from '../../src/feed/fold-title.ts';
import type { Item } from '../../src/feed/item.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { Memory } from '../fixtures/feed/memory.ts';
import { pollHistory } from '../fixtures/feed/poll-history.ts';
import { corpus } from './corpus.ts';

const HOUR = 3_600_000;

type Poll = { at: number; items: readonly Item[] };

async function polls(): Promise<Poll[]> {
  return Promise.all(
    pollHistory(corpus).map(async ({ at, bytes }) => {
      const input = { bytes, contentType: 'text/xml', finalUrl: 'https://www.gov-online.go.jp/rss', now: at };
      const { items, problems } = await parseDocument({ ...input, feed: feedConfig() });
      expect(problems).toEqual([]);
      return { at, items };
    }),
  );
}

const exact = ({ title, url }: Item): string => `${title}\n${url}`;
const folded = ({ title, url }: Item): string => `${foldTitle(title)}\n${canonicalLink(url)}`;
const otherUrl = (change: (url: URL) => void) => (item: Item) => {
  const url = new URL(item.url ?? 'https://x.example/');
  change(url);
  return { ...item, url: url.href, id: url.href };
};
const wide = (digit: string): string => String.fromCodePoint(0xff10 + Number(digit));

/** What may happen to a feed as a whole between two polls, and how many of 1,000 known items may then pass for news. */
const CHANGES: readonly [name: string, change: (item: Item, index: number) => Item, perMille: number][] = [
  ['tracking parameters', otherUrl((url) => url.searchParams.append('utm_source', 'rss')), 0],
  ['http for https', otherUrl((url) => (url.protocol = url.protocol === 'http:' ? 'https:' : 'http:')), 0],
  ['no www', otherUrl((url) => (url.host = url.host.replace(/^www\./, ''))), 0],
  ['all dates now', (item) => ({ ...item, publishedAt: Date.UTC(2026, 7, 1) }), 0],
  ['no dates', (item) => ({ ...item, publishedAt: null }), 0],
  ['nine hours later', (item) => ({ ...item, publishedAt: (item.publishedAt ?? 0) + 9 * HOUR }), 0],
  ['full-width digits', (item) => ({ ...item, title: item.title.replace(/\d/g, wide) }), 0],
  ['guids made anew', (item, index) => ({ ...item, id: `urn:${index}` }), 0],
  ['one guid for all', (item) => ({ ...item, id: 'tag:all' }), 0],
  ['every path changes', otherUrl((url) => (url.pathname = `/new${url.pathname}`)), 20],
];

describe('a long history of polls', () => {
  test('no announcement is taken for a known one, none is told twice', async () => {
    const memory = new Memory();
    const met = { exact: new Set<string>(), folded: new Set<string>() };
    const lost: string[] = [];
    const twice: string[] = [];
    for (const { at, items } of await polls()) {
      memory.now = at;
      for (const { item, verdict } of memory.poll(items)) {
        if (verdict.kind === 'known' && !met.folded.has(folded(item))) lost.push(item.title);
        if (verdict.kind === 'new' && met.exact.has(exact(item))) twice.push(item.title);
        met.exact.add(exact(item));
        met.folded.add(folded(item));
      }
    }
    expect(met.exact.size).toBeGreaterThan(corpus === undefined ? 500 : 4_000);
    expect({ lost, twice }).toEqual({ lost: [], twice: [] });
  });

  test('a feed that changes as a whole brings no news', async () => {
    const memory = new Memory();
    const news = new Map<string, number>();
    let looked = 0;
    for (const [index, { at, items }] of (await polls()).entries()) {
      memory.now = at;
      memory.poll(items);
      if (index % 6 !== 5) continue;
      looked += items.length;
      for (const [name, change] of CHANGES) {
        const found = memory.look(items.map(change)).filter(({ verdict }) => verdict.kind !== 'known');
        news.set(name, (news.get(name) ?? 0) + found.length);
      }
    }
    process.stdout.write(`of ${looked}: ${JSON.stringify(Object.fromEntries(news))}\n`);
    const tooMany = CHANGES.filter(([name, , perMille]) => (news.get(name) ?? 0) * 1_000 > perMille * looked);
    expect(tooMany.map(([name]) => name)).toEqual([]);
  });
});
