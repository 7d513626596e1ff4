import * as fc from 'fast-check';
import tt from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/compose/compose.ts';
import { postWeight } from '../../src/compose/post-weight.ts';
import type { Item } from '../../src/feed/item.ts';
import { linksOf } from '../../src/policy/links.ts';
import { itemOf, LINK, shippedTemplates as templates } from './shipped-templates.ts';

const now = Date.UTC(2026, 0, 12, 5, 30);

type Case = {
  item?: Partial<Item>;
  topic?: 'main' | 'urgent';
  update?: { of: { publishedAt: number | null }; at: number };
};

function check({ item = {}, topic = 'main', update }: Case) {
  const request = { item: itemOf(item), topic, templates, now };
  return compose(update === undefined ? request : { ...request, update });
}

describe('the wording as shipped', () => {
  test.each<[string, Case, string]>([
    ['a main update in Japanese', { item: { title: '特許出願統計速報' } }, `特許出願統計速報\n${LINK}`],
    [
      'a main update in English',
      { item: { title: 'Filing Figures', lang: 'en' } },
      `Filing Figures\n${LINK}`,
    ],
    [
      'an urgent notice in Japanese',
      { topic: 'urgent' },
      `【重要】令和8年台風第15号により影響を受けた手続の取扱いについて\n手続の期間や救済措置の詳細は、次のページをご確認ください。\n${LINK}`,
    ],
    [
      'an urgent notice in English',
      { topic: 'urgent', item: { title: 'Relief after the Flood', lang: 'en' } },
      `[Important] Relief after the Flood\nFor time limits and relief measures, please see:\n${LINK}`,
    ],
    [
      'an update, with the time in Japan and the day of the first announcement',
      { topic: 'urgent', update: { of: { publishedAt: Date.UTC(2026, 0, 3, 16) }, at: now } },
      `【重要・更新】令和8年台風第15号により影響を受けた手続の取扱いについて\n掲載内容が更新されています（1月12日14:30現在）。\n当初のお知らせ：2026年1月4日\n${LINK}`,
    ],
    [
      'an update of an announcement without a date',
      {
        item: { title: 'Fees', lang: 'en' },
        update: { of: { publishedAt: null }, at: now },
      },
      `[Update] Fees\nThe page has been updated (as of 12 January 2026, 14:30 JST).\n${LINK}`,
    ],
    ['an item without a link', { item: { title: '特許', url: null } }, '特許'],
    [
      'a title that has the mark already',
      { topic: 'urgent', item: { title: '【重要】手続の取扱い' } },
      `【重要】手続の取扱い\n手続の期間や救済措置の詳細は、次のページをご確認ください。\n${LINK}`,
    ],
    [
      'a title that looks like a placeholder',
      { item: { title: '{url}の{title}' } },
      `{url}の{title}\n${LINK}`,
    ],
    ['a title with signs', { item: { title: '@jpo $ABC #特許' } }, `@ jpo $ ABC # 特許\n${LINK}`],
  ])('%s', (_, given, text) => {
    const draft = check(given);
    expect(draft.text).toBe(text);
    expect(draft.weight).toBe(postWeight(text));
    expect(draft.shortened).toBe(false);
  });
});

test('a title of 600 characters is shortened, the link is whole and the weight is within 280', () => {
  const draft = check({ topic: 'urgent', item: { title: '特許出願の手続について、'.repeat(50) } });
  expect(draft.shortened).toBe(true);
  expect(draft.weight).toBeGreaterThan(240);
  expect(draft.weight).toBeLessThanOrEqual(280);
  expect(draft.text).toMatch(/特許出願の…\n手続の期間/);
  expect(draft.text.endsWith(`\n${LINK}`)).toBe(true);
});

test('an update differs from what it updates, and two updates differ from each other', () => {
  const of = { publishedAt: now };
  const texts = [check({}), check({ update: { of, at: now } }), check({ update: { of, at: now + 60_000 } })];
  expect(new Set(texts.map(({ text }) => text)).size).toBe(3);
});

test('where the item came from is frozen with the draft, in the words of the feed', () => {
  const problem = { code: 'date-missing', detail: 'no date', blocking: false } as const;
  const { source, template, url } = check({ item: { title: '@a', problems: [problem] } });
  expect({ template, url }).toEqual({ template: 'main', url: LINK });
  expect(source).toEqual({
    feed: 'jpo',
    itemId: 'https://www.jpo.go.jp/1',
    title: '@a',
    url: LINK,
    publishedAt: Date.UTC(2026, 0, 4, 3),
    problems: [problem],
  });
});

test.each([600, 2_096, 2_097, 2_100, 4_000])(
  '%i characters of emoji are cut between two of them',
  (length) => {
    const family = '👩‍👩‍👧‍👦';
    const title = `${'あ'.repeat(length % 11)}${family.repeat(Math.floor(length / 11))}`;
    const { text, weight } = check({ item: { title } });
    expect(text.isWellFormed()).toBe(true);
    expect(text.split('\n')[0]?.replace(/^あ*/u, '').replaceAll(family, '')).toMatch(/^…?$/u);
    expect(weight).toBeLessThanOrEqual(280);
  },
);

test.each(['', '（）', 'https://', '\u200B', '('.repeat(1_000)])(
  'a title of which nothing readable is left (%j) blocks the draft',
  (title) => {
    const { source } = check({ item: { title } });
    expect(source?.problems).toEqual([
      { code: 'title-missing', detail: title.slice(0, 200), blocking: true },
    ]);
  },
);

const titles = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 700 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 4 }),
        fc.constantFrom(
          '@name',
          '$ABC',
          '＃タグ',
          'example.com',
          'foo.community',
          'http://a.jp',
          '特許の',
          '(',
          '」',
          '2026年',
          '👩‍👩‍👧',
          '🐦‍🔥',
          '\uD83D',
          '\u202E',
          '【重要】',
        ),
      ),
      { maxLength: 150 },
    )
    .map((parts) => parts.join('')),
);

test('whatever the title: within 280, link intact and alone, NFC, well formed, nothing linked or hidden', () => {
  const topics = fc.constantFrom('main' as const, 'urgent' as const);
  const langs = fc.constantFrom('ja' as const, 'en' as const);
  fc.assert(
    fc.property(titles, topics, langs, fc.boolean(), (title, topic, lang, isUpdate) => {
      const update = { of: { publishedAt: now }, at: now };
      const draft = check({ item: { title, lang }, topic, ...(isUpdate ? { update } : {}) });
      const { text } = draft;
      expect(draft.weight).toBe(postWeight(text));
      expect(draft.weight).toBeLessThanOrEqual(280);
      expect(text.endsWith(LINK)).toBe(true);
      expect(tt.extractUrls(text, { extractUrlsWithoutProtocol: true })).toEqual([LINK]);
      expect(linksOf(text).map(({ written }) => written)).toEqual([LINK]);
      expect(tt.extractMentions(text)).toEqual([]);
      expect(tt.extractHashtags(text)).toEqual([]);
      expect(tt.extractCashtags(text)).toEqual([]);
      expect(text).not.toMatch(/(?<![A-Za-z0-9_])[@＠][A-Za-z0-9_]/u);
      expect(text).toBe(text.normalize('NFC'));
      expect(text.isWellFormed()).toBe(true);
    }),
    { numRuns: 600 },
  );
});
