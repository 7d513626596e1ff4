import * as fc from 'fast-check';
import tt from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { neutralise } from '../../src/compose/neutralise.ts';

describe('what X would link is taken apart in plain sight', () => {
  test.each<[string, string, string]>([
    ['a mention', '@jpo_NIPPON のお知らせ', '@ jpo_NIPPON のお知らせ'],
    ['a mention after Japanese', '特許庁@jpo_NIPPON', '特許庁@ jpo_NIPPON'],
    ['a full-width mention', '＠cosme事件', '＠ cosme事件'],
    ['a doubled sign', '@@name', '@@ name'],
    ['a list', '@name/list', '@ name/list'],
    ['a cashtag', '商標 $ABC について', '商標 $ ABC について'],
    ['a full-width cashtag', '＄ABC', '＄ ABC'],
    ['a hashtag', '#特許の日', '# 特許の日'],
    ['a hashtag that begins with a sign', '＃゛A', '＃ ゛A'],
    ['a full-width hashtag', '＃特許の日', '＃ 特許の日'],
    ['an address', 'example.com を偽るサイト', 'example．com を偽るサイト'],
    ['an address of several parts', 'www.example.co.jp', 'www．example．co．jp'],
    ['a link', '詳細は https://example.com/a.html へ', '詳細は example．com/a．html へ'],
    ['an address under a newer domain', 'shop.amazon', 'shop．amazon'],
    ['a file name that is also an address', 'README.md', 'README．md'],
  ])('%s', (_, text, harmless) => {
    expect(neutralise(text)).toBe(harmless);
  });
});

describe('what X does not link stays as it is', () => {
  test.each([
    '令和6年能登半島地震により影響を受けた手続の取扱いについて(第4報)',
    'info@jpo.go.jp',
    'C#2、US$5、$100',
    'Rule 134(5) EPC: No. 15, e.g. fees',
    '家族 👩‍👩‍👧‍👦 と 🏴󠁧󠁢󠁳󠁣󠁴󠁿 と ❤️‍🔥',
    '「」『』【】〔〕 R&D <特許>',
  ])('%s', (text) => {
    expect(neutralise(text)).toBe(text);
  });
});

describe('what no reader sees is removed', () => {
  test.each<[string, string, string]>([
    ['bidi overrides', 'a\u202Ecod\u202Cb\u200F', 'acodb'],
    ['zero-width characters', '特\u200B許\u2060庁\uFEFF', '特許庁'],
    ['joiners outside emoji', 'a\u200Db\u200Cc', 'abc'],
    ['control characters', 'a\u0000b\u0007c\u001B[31m', 'abc[31m'],
    ['line breaks and tabs, folded into one space', 'a\r\n\tb\u2028c', 'a b c'],
    ['soft hyphens and fillers', 'a\u00ADb\u3164c\uFFA0', 'abc'],
    ['tags outside flags', 'a\u{E0041}b', 'ab'],
    ['a mention hidden by a zero-width character', '@\u200Bname', '@ name'],
  ])('%s', (_, text, seen) => {
    expect(neutralise(text)).toBe(seen);
  });

  test('half a character becomes the mark of damage, so that it is held, not hidden', () => {
    expect(neutralise('特\uD83D許')).toBe('特\uFFFD許');
  });
});

const pieces = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      '@',
      '＠',
      '#',
      '＃',
      '$',
      '＄',
      'jpo',
      'ABC',
      '.com',
      '.jp',
      'a.',
      '特許',
      'http://',
      'https://',
      ' ',
      '\n',
      '\u200B',
      '\u202E',
      '/',
      '_',
      '👩‍👩‍👧',
      '．',
    ),
  ),
  { maxLength: 20 },
);

test('whatever a feed holds, X finds no mention, tag or link in it, and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = neutralise(parts.join(''));
      expect(tt.extractEntitiesWithIndices(text)).toEqual([]);
      expect(tt.extractUrls(text, { extractUrlsWithoutProtocol: true })).toEqual([]);
      expect(text).not.toMatch(/https?:\/\//iu);
      expect(text).toBe(text.normalize('NFC'));
      expect(text.isWellFormed()).toBe(true);
      expect(text.replaceAll(/\p{RGI_Emoji}/gv, '')).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
      expect(neutralise(text)).toBe(text);
    }),
    { numRuns: 3_000 },
  );
});
