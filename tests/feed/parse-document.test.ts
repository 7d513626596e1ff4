import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { Parsed } from '../../src/feed/parsed-feed.ts';
import { fixtures } from '../fixtures/feed/documents.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { cpuTime } from '../cpu-time.ts';

const NOW = Date.UTC(2026, 10, 22);

function read(bytes: Uint8Array, contentType: string | null = null): Promise<Parsed> {
  return parseDocument({
    bytes,
    contentType,
    finalUrl: 'https://www.jpo.go.jp/news.rdf',
    feed: feedConfig(),
    now: NOW,
  });
}

function readText(text: string): Promise<Parsed> {
  return read(new TextEncoder().encode(text));
}

describe('odd documents give what is certain in them, and say what is not', () => {
  for (const { name, bytes, contentType, items, problems, itemProblems, waiting } of fixtures) {
    test(name, async () => {
      const parsed = await read(bytes, contentType);
      const shown = parsed.items.map(({ title, url, publishedAt }) => [
        title,
        url,
        publishedAt === null ? null : new Date(publishedAt).toISOString(),
      ]);
      expect(shown).toEqual(items);
      expect(parsed.problems.map(({ code }) => code)).toEqual(problems);
      const codes = new Set(parsed.items.flatMap((item) => item.problems.map(({ code }) => code)));
      const blocked = parsed.items.filter((item) => item.problems.some(({ blocking }) => blocking));
      expect(blocked).toHaveLength(waiting ?? blocked.length);
      expect([...codes].toSorted()).toEqual((itemProblems ?? [...codes]).toSorted());
    });
  }
});

/** Each must end within a second and in bounded memory, whatever it says. */
function checkAttack(name: string, text: string, codes: readonly string[]): void {
  test(name, async () => {
    const spent = cpuTime();
    const parsed = await readText(text);
    expect(parsed.problems.map(({ code }) => code)).toEqual(codes);
    expect(parsed.items.length).toBeLessThanOrEqual(2_000);
    // Linear readers take a tenth of this; the quadratic ones that it is about take minutes.
    expect(spent()).toBeLessThan(5_000);
  });
}

describe('no document hangs the reader', () => {
  const feed = (inner: string): string => `<rss version="2.0"><channel>${inner}</channel></rss>`;
  const item = (inner: string): string => feed(`<item><title>a</title><link>/a</link>${inner}</item>`);
  checkAttack(
    '200,000 "<" in a description',
    item(`<description>${'&lt;'.repeat(200_000)}</description>`),
    [],
  );
  checkAttack('80 kB of unclosed breaks in a description', item(`<description>${'&lt;br '.repeat(20_000)}`), [
    'truncated',
  ]);
  checkAttack(
    '100,000 "<br " in a title',
    feed(`<item><title>${'&lt;br '.repeat(100_000)}</title></item>`),
    [],
  );
  checkAttack('a million "<" as text', '<'.repeat(1_000_000), ['not-xml']);
  checkAttack('nesting just too deep', feed(`<item><title>${'<a>'.repeat(61)}`), ['too-deep']);
  checkAttack('nesting 100,000 deep', feed(`<item><title>${'<a>'.repeat(100_000)}`), ['too-deep']);
  checkAttack('a million unclosed tags', '<rss>'.repeat(1_000_000), ['too-deep']);
  checkAttack('400,000 empty elements', feed('<x/>'.repeat(400_000)), ['too-many']);
  checkAttack(
    '100 attributes',
    feed(`<item ${Array.from({ length: 100 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
    ['too-many'],
  );
  checkAttack('3,000 items', feed('<item><title>a</title></item>'.repeat(3_000)), ['too-many']);
  checkAttack(
    '3,000 JSON items',
    JSON.stringify({ items: Array.from({ length: 3_000 }, () => ({ title: 'a' })) }),
    ['too-many'],
  );
  checkAttack('11 million characters', feed('x'.repeat(11_000_000)), ['too-large']);
  checkAttack(
    'a title of 9 million characters',
    feed(`<item><title>${'あ'.repeat(9_000_000)}</title></item>`),
    [],
  );
  checkAttack(
    'an attribute of 9 million characters',
    feed(`<item><link href="${'a'.repeat(9_000_000)}"/></item>`),
    [],
  );
  checkAttack('a declaration without an end', `<!DOCTYPE rss [${'<!ENTITY a "'.repeat(100_000)}`, [
    'not-xml',
  ]);
  checkAttack('comments without an end', '<!--'.repeat(300_000), ['not-xml']);
  checkAttack('ampersands', feed(`<item><title>${'&'.repeat(1_000_000)}</title></item>`), []);
  checkAttack('deep JSON', '['.repeat(1_000_000), ['not-xml']);
  checkAttack('deep JSON in an object', `{"items":${'['.repeat(1_000_000)}`, ['not-a-feed']);
});

describe('what is true of the whole feed is told', () => {
  test('the day it was built, and its ttl', async () => {
    const parsed = await readText(
      '<rss version="2.0"><channel><lastBuildDate> Thu, 01 Oct 2026 </lastBuildDate><ttl>60</ttl></channel></rss>',
    );
    expect(parsed).toMatchObject({ lastBuildDate: 'Thu, 01 Oct 2026', ttlMs: 3_600_000 });
  });
  const withGuids = (guids: readonly string[]): string =>
    `<rss version="2.0"><channel>${guids.map((guid, i) => `<item><title>t${i}</title><guid>${guid}</guid></item>`).join('')}</channel></rss>`;
  test('a guid of ordinary length is the id, and of a longer one its hash', async () => {
    const parsed = await readText(withGuids(['g'.repeat(4_096), 'g'.repeat(4_097)]));
    expect(parsed.items.map(({ id }) => id.slice(0, 7))).toEqual(['ggggggg', 'sha256:']);
  });
  test('doubled guids', async () => {
    expect((await readText(withGuids(['a', 'a', 'a', 'b']))).doubledGuids).toBe(true);
    expect((await readText(withGuids(['a', 'b', 'c', 'd']))).doubledGuids).toBe(false);
  });
  test('one time of day on every item is no time of day', async () => {
    const items = [1, 2, 3, 4, 5].map(
      (day) => `<item><title>t</title><pubDate>2026-10-0${day}T05:00:00+09:00</pubDate></item>`,
    );
    const parsed = await readText(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
    expect(parsed.items.map(({ dateOnly }) => dateOnly)).toEqual([true, true, true, true, true]);
  });
  test('the language is that of the feed where one is configured', async () => {
    const bytes = new TextEncoder().encode('<rss><channel><item><title>特許</title></item></channel></rss>');
    const input = { bytes, contentType: null, finalUrl: null, now: NOW };
    const [item] = (await parseDocument({ ...input, feed: feedConfig({ lang: 'en' }) })).items;
    expect(item?.lang).toBe('en');
  });
});
