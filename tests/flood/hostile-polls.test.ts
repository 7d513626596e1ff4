import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import { parseLimits } from '../../src/limits/intake.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { START } from '../app/fake-app.ts';
import { anyBytes, anyXml, damage, damageMarkup, damages, oneDamage } from '../fixtures/feed/damage.ts';
import { fixtures } from '../fixtures/feed/documents.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { ministryDocuments } from '../fixtures/feed/ministry-documents.ts';
import { atom, rss, type Listed } from '../fixtures/feed/write-feed.ts';
import { FloodWorld } from './flood-world.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100);
const FEED = feedConfig({ burst: 50 });
const LIST = feedConfig({
  ...FEED,
  kind: 'html-list',
  selectors: { item: 'li', title: 'a', link: 'a', date: null },
});

const TITLES = [
  '審査基準の改訂について',
  '意匠制度小委員会の開催について',
  '商標の早期審査に関する意見募集の結果について',
];
const NEWS: readonly Listed[] = TITLES.map((title, at) => ({
  title,
  url: `https://www.jpo.go.jp/news/${at}.html`,
  guid: `tag:jpo.go.jp,2026:${at}`,
  at: START - at * 3_600_000,
}));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Documents whose items may be posted, and the odd ones. */
const DOCUMENTS: readonly Uint8Array[] = [
  utf8(rss(NEWS)),
  utf8(atom(NEWS)),
  ...[...ministryDocuments, ...fixtures].map(({ bytes }) => bytes),
];

/** A world that knows its feed's past, with the links of every fixture allowed, so that only the reading keeps anything back. */
async function aKnownWorld(before: Uint8Array | null, feed = FEED): Promise<FloodWorld> {
  const world = new FloodWorld({ feeds: [feed] });
  const { policy } = world.app.config;
  const allowedHosts = [...policy.allowedHosts, 'example.go.jp'];
  const config: Config = { ...world.app.config, policy: { ...policy, allowedHosts } };
  world.app = { ...world.app, config };
  await world.poll(
    before ??
      rss([{ title: '既知のお知らせ', url: 'https://www.jpo.go.jp/known.html', guid: null, at: START }]),
  );
  return world;
}

/** Polls the bytes, publishes what may go out, and holds all of it to what is safe; returns what X got. */
async function posted(world: FloodWorld, bytes: Uint8Array): Promise<readonly Entry[]> {
  const report = await world.poll(bytes);
  if (report.kind === 'read') expect(report.items).toBeLessThanOrEqual(parseLimits.itemsMax);
  await world.publishAll();
  for (const { state, text, source, url } of await world.app.store.list({})) {
    if (state === 'held' || state === 'refused') continue;
    expect(text).not.toMatch(/(?!\n)[\ufffd\p{Cc}]/u);
    expect(text.isWellFormed()).toBe(true);
    expect(source?.problems.filter(({ blocking }) => blocking)).toEqual([]);
    expect(url === null ? '' : new URL(url).hostname).toMatch(/(?:^|\.)(?:jpo|meti|inpit|example)\.go\.jp$/);
  }
  return world.app.publisher.sent;
}

const mark = ({ title, url }: { title: string; url: string | null }): string => `${title} ${url}`;

/** What the whole document brings that may go out as it is. */
async function cleanItems(bytes: Uint8Array): Promise<ReadonlySet<string>> {
  const finalUrl = FEED.location.kind === 'url' ? FEED.location.url : null;
  const { items } = await parseDocument({
    bytes,
    contentType: 'application/xml',
    finalUrl,
    feed: FEED,
    now: START,
  });
  return new Set(items.filter(({ problems }) => !problems.some(({ blocking }) => blocking)).map(mark));
}

async function always<T>(
  values: fc.Arbitrary<T>,
  holds: (value: T) => Promise<void>,
  runs = RUNS,
): Promise<void> {
  await expect(fc.assert(fc.asyncProperty(values, holds), { numRuns: runs })).resolves.toBeUndefined();
}

describe('whatever arrives, a whole poll neither throws nor hangs, and nothing goes out that is not certain', () => {
  test('arbitrary bytes bring no post', () =>
    always(anyBytes, async ({ bytes }) => {
      for (const feed of [FEED, LIST]) expect(await posted(await aKnownWorld(null, feed), bytes)).toEqual([]);
    }));

  test('arbitrary XML brings nothing unsafe, and no more posts than it has items', () =>
    always(anyXml, async (bytes) => {
      const most = new TextDecoder().decode(bytes).split(/item|entry|<li/).length - 1;
      for (const feed of [FEED, LIST]) {
        const sent = await posted(await aKnownWorld(null, feed), bytes);
        expect(sent.length).toBeLessThanOrEqual(most);
      }
    }));

  const mutants = fc.tuple(fc.constantFrom(...DOCUMENTS), damages);

  test('a document damaged anywhere brings nothing unsafe, and at most two posts a mishap that the whole one would not have brought', () =>
    always(mutants, async ([bytes, mishaps]) => {
      const clean = await cleanItems(bytes);
      const sent = await posted(await aKnownWorld(null), mishaps.reduce(damage, bytes));
      // Another character in place of one is a title like any other: no reader can know. It can't become many posts.
      const strange = sent.filter(
        ({ source }) => !clean.has(mark({ title: source?.title ?? '', url: source?.url ?? null })),
      );
      expect(strange.length).toBeLessThanOrEqual(mishaps.length * 2);
    }));

  const torn = fc.tuple(fc.constantFrom(...DOCUMENTS), oneDamage);

  test('a document damaged once in its markup brings no post that the whole one would not have brought', () =>
    always(torn, async ([bytes, mishap]) => {
      const clean = await cleanItems(bytes);
      const sent = await posted(await aKnownWorld(null), damageMarkup(bytes, mishap));
      for (const { source } of sent)
        expect(clean).toContain(mark({ title: source?.title ?? '', url: source?.url ?? null }));
    }));

  test('a known document that comes back damaged in its markup brings no post at all', () =>
    always(torn, async ([bytes, mishap]) => {
      expect(await posted(await aKnownWorld(bytes), damageMarkup(bytes, mishap))).toEqual([]);
    }));

  test('a document cut off anywhere brings no post that the whole one would not have brought', () =>
    always(
      fc.tuple(fc.constantFrom(...DOCUMENTS), fc.double({ min: 0, max: 1, noNaN: true })),
      async ([bytes, at]) => {
        const clean = await cleanItems(bytes);
        const sent = await posted(await aKnownWorld(null), bytes.subarray(0, Math.floor(at * bytes.length)));
        for (const { source } of sent)
          expect(clean).toContain(mark({ title: source?.title ?? '', url: source?.url ?? null }));
      },
    ));

  test('whole, the same documents are posted: nothing above holds because nothing ever goes out', async () => {
    const sent = await Promise.all(
      DOCUMENTS.map(async (bytes) => (await posted(await aKnownWorld(null), bytes)).length),
    );
    expect(sent.slice(0, 2)).toEqual([NEWS.length, NEWS.length]);
    expect(sent.filter((count) => count > 0).length).toBeGreaterThan(ministryDocuments.length);
  });
});
