import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../src/feed/identity.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { Parsed } from '../../src/feed/parsed-feed.ts';
import { publishableLink } from '../../src/feed/publishable-link.ts';
import { fixtures } from '../fixtures/feed/documents.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';

const NOW = Date.UTC(2026, 10, 22);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const LIST = feedConfig({ kind: 'html-list', selectors: { item: 'li', title: 'a', link: 'a', date: null } });

/** Reads the bytes as feed and as list, and holds what comes out to what later stages rely on. */
async function check(bytes: Uint8Array, contentType: string | null = null): Promise<Parsed> {
  const input = { bytes, contentType, finalUrl: 'https://www.jpo.go.jp/news/', now: NOW };
  const begun = performance.now();
  const list = await parseDocument({ ...input, feed: LIST });
  const feed = await parseDocument({ ...input, feed: feedConfig() });
  expect(performance.now() - begun).toBeLessThan(2_000);
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

// prettier-ignore
const TOKENS = [
  '<rss version="2.0">', '<channel>', '</channel>', '</rss>', '<item>', '</item>', '<title>', '</title>', '<link>', '</link>',
  '<feed xmlns="http://www.w3.org/2005/Atom">', '<entry>', '</entry>', '<link href="', '"/>', '<rdf:RDF ', 'xmlns:a="', '">',
  '<![CDATA[', ']]>', '<!--', '-->', '<!DOCTYPE a [', '<!ENTITY e "', ']>', '&e;', '&amp;', '&#0;', '&#x202e;', '&#xd800;',
  '<?xml encoding="Shift_JIS"?>', '<a:item>', '<pubDate>', '令和8年10月1日', '手続', ' ', '\0', 'é', 'javascript:', 'https://',
  'http://[', '__proto__', '<guid isPermaLink="', '<a xml:base="', '{"items":[', '<li><a href=/x>',
];

describe('whatever arrives, the reader answers in time, and nothing unsafe comes out of it', () => {
  test('arbitrary bytes', async () => {
    const anything = fc.record({ bytes: fc.uint8Array({ maxLength: 2_000 }), type: fc.option(fc.string()) });
    await expect(
      fc.assert(
        fc.asyncProperty(anything, async ({ bytes, type }) => void (await check(bytes, type))),
        { numRuns: RUNS },
      ),
    ).resolves.toBeUndefined();
  });

  test('arbitrary XML', async () => {
    const xml = fc.array(fc.oneof(fc.constantFrom(...TOKENS), fc.string({ unit: 'binary', maxLength: 8 })), {
      maxLength: 60,
    });
    await expect(
      fc.assert(
        fc.asyncProperty(
          xml,
          async (tokens) => void (await check(new TextEncoder().encode(tokens.join('')))),
        ),
        { numRuns: RUNS * 3 },
      ),
    ).resolves.toBeUndefined();
  });

  test('mutated documents: flipped bits, cuts, swaps, repetitions', async () => {
    const mutation = fc.record({
      kind: fc.constantFrom('flip' as const, 'cut' as const, 'swap' as const, 'repeat' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      bit: fc.nat(7),
    });
    const mutants = fc.tuple(
      fc.constantFrom(...fixtures),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
    );
    await expect(
      fc.assert(
        fc.asyncProperty(mutants, async ([fixture, mutations]) => {
          await check(mutations.reduce(mutate, fixture.bytes), fixture.contentType);
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

type Parts = { head: Uint8Array; middle: Uint8Array; tail: Uint8Array; bit: number };

const MUTATIONS = {
  flip: ({ head, middle, tail, bit }: Parts) => [
    ...head,
    ...middle.map((byte) => byte ^ (1 << bit)),
    ...tail,
  ],
  cut: ({ head, tail }: Parts) => [...head, ...tail],
  swap: ({ head, middle, tail }: Parts) => [...head, ...tail, ...middle],
  repeat: ({ head, middle, tail }: Parts) => [...head, ...middle, ...middle, ...middle, ...tail],
};

type Mutation = { kind: keyof typeof MUTATIONS; at: number; length: number; bit: number };

function mutate(bytes: Uint8Array, { kind, at, length, bit }: Mutation): Uint8Array {
  const from = Math.floor(at * bytes.length);
  const [head, tail] = [bytes.subarray(0, from), bytes.subarray(from + length)];
  return Uint8Array.from(MUTATIONS[kind]({ head, middle: bytes.subarray(from, from + length), tail, bit }));
}
