import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/feed/item.ts';
import { item } from '../fixtures/feed/item.ts';
import { Memory } from '../fixtures/feed/memory.ts';

/** Twelve announcements on six pages: series whose titles differ by a number only, as offices write them. */
const ANNOUNCEMENTS = Array.from({ length: 12 }, (_, n) =>
  item({
    title: `令和8年度 特許審査に関する説明会（第${n + 1}回）の開催について`,
    url: `https://www.jpo.go.jp/news/${n % 6}/index.html?lang=ja`,
    publishedAt: Date.UTC(2026, 8, 1 + (n % 3)),
  }),
);

type Look = {
  which: number;
  scheme: string;
  host: string;
  tail: string;
  guid: string | null;
  day: number | null;
  wide: boolean;
};

/** How one announcement looks in one poll: every mark that a site may change without meaning anything. */
const look: fc.Arbitrary<Look> = fc.record({
  which: fc.nat(ANNOUNCEMENTS.length - 1),
  scheme: fc.constantFrom('https', 'http'),
  host: fc.constantFrom('www.jpo.go.jp', 'jpo.go.jp', 'WWW.jpo.go.jp:443'),
  tail: fc.constantFrom(
    'index.html?lang=ja',
    '?lang=ja',
    '?utm_source=x&lang=ja',
    'index.html?lang=ja#:~:text=a',
  ),
  guid: fc.oneof(fc.constant(null), fc.constantFrom('g1', 'g2', 'g3'), fc.uuid()),
  day: fc.option(fc.nat(40)),
  wide: fc.boolean(),
});

function shown({ which, scheme, host, tail, guid, day, wide }: Look): Item {
  const announcement = ANNOUNCEMENTS[which] ?? item();
  const url = `${scheme}://${scheme === 'http' ? host.replace(':443', '') : host}/news/${which % 6}/${tail}`;
  return {
    ...announcement,
    url,
    id: guid ?? url,
    publishedAt: day === null ? null : Date.UTC(2026, 8, day),
    title: wide
      ? announcement.title.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))
      : announcement.title,
  };
}

describe('over any sequence of polls', () => {
  test('every announcement is told once: not never, not twice', async () => {
    const polls = fc.array(fc.array(look, { maxLength: 14 }), { minLength: 1, maxLength: 12 });
    const property = fc.property(polls, (sequence) => {
      const memory = new Memory();
      const told = new Set<string>();
      for (const looks of sequence) {
        const identified = memory.poll(looks.map(shown));
        for (const [index, { verdict }] of identified.entries()) {
          const title = ANNOUNCEMENTS[looks[index]?.which ?? -1]?.title ?? '';
          // An edit is told too, as an update; here it comes of a guid that was used again on one page.
          expect({ title, known: verdict.kind === 'known' }).toEqual({ title, known: told.has(title) });
          told.add(title);
        }
      }
    });
    expect(fc.check(property, { numRuns: 500 })).toMatchObject({ failed: false });
  });
});
