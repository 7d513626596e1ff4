import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../src/feed/identity.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { Parsed } from '../../src/feed/parsed-feed.ts';
import { publishableLink } from '../../src/feed/publishable-link.ts';
import { anyBytes, anyXml, damage, damages } from '../fixtures/feed/damage.ts';
import { fixtures } from '../fixtures/feed/documents.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { cpuTime } from '../cpu-time.ts';

const NOW = Date.UTC(2026, 10, 22);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const LIST = feedConfig({ kind: 'html-list', selectors: { item: 'li', title: 'a', link: 'a', date: null } });

/** Reads the bytes as feed and as list, and holds what comes out to what later stages rely on. */
async function check(bytes: Uint8Array, contentType: string | null = null): Promise<Parsed> {
  const input = { bytes, contentType, finalUrl: 'https://www.jpo.go.jp/news/', now: NOW };
  const spent = cpuTime();
  const list = await parseDocument({ ...input, feed: LIST });
  const feed = await parseDocument({ ...input, feed: feedConfig() });
  expect(spent()).toBeLessThan(2_000);
  for (const item of [...feed.items, ...list.items]) {
    const blocked = item.problems.some(({ blocking }) => blocking);
    expect(item.title.isWellFormed()).toBe(true);
    expect(item.title).not.toMatch(/[\p{Cc}\p{Co}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
    expect(blocked || (item.title !== '' && item.url !== null && !item.title.includes('\ufffd'))).toBe(true);
    if (item.url === null) continue;
    expect(publishableLink(item.url, null)).toEqual({ kind: 'link', url: item.url });
  }
  // A defect that was caught is still a defect.
  expect(feed.problems.filter(({ code }) => code === 'parse-failed')).toEqual([]);
  expect(list.problems.filter(({ code }) => code === 'parse-failed')).toEqual([]);
  identify({ items: feed.items, known: [], feed: null, now: NOW, newSeenId: String });
  return feed;
}

describe('whatever arrives, the reader answers in time, and nothing unsafe comes out of it', () => {
  test('arbitrary bytes', async () => {
    await expect(
      fc.assert(
        fc.asyncProperty(anyBytes, async ({ bytes, type }) => void (await check(bytes, type))),
        { numRuns: RUNS },
      ),
    ).resolves.toBeUndefined();
  });

  test('arbitrary XML', async () => {
    await expect(
      fc.assert(
        fc.asyncProperty(anyXml, async (bytes) => void (await check(bytes))),
        { numRuns: RUNS * 3 },
      ),
    ).resolves.toBeUndefined();
  });

  test('mutated documents: flipped bits, cuts, swaps, repetitions', async () => {
    const mutants = fc.tuple(fc.constantFrom(...fixtures), damages);
    await expect(
      fc.assert(
        fc.asyncProperty(mutants, async ([fixture, mutations]) => {
          await check(mutations.reduce(damage, fixture.bytes), fixture.contentType);
        }),
        { numRuns: RUNS * 3 },
      ),
    ).resolves.toBeUndefined();
  });

  test('a cut document gives whole items only, and says that it is cut', async () => {
    const bytes = new TextEncoder().encode(
      `<rss version="2.0"><channel>${Array.from({ length: 20 }, (_, i) => `<item><title>第${i}回 審議会 A &amp; B</title><link>/news/${i}.html</link></item>`).join('')}</channel></rss>`,
    );
    const whole = new Set((await check(bytes)).items.map(({ title, url }) => `${title} ${url}`));
    for (let end = 0; end < bytes.length; end += 7) {
      const cut = await check(bytes.subarray(0, end));
      for (const { title, url, problems } of cut.items) {
        expect(whole).toContain(`${title} ${url}`);
        expect(problems.map(({ code }) => code)).toContain('document-truncated');
      }
    }
  });
});
