import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postWeight } from '../../src/compose/post-weight.ts';
import { weightAtMost } from '../../src/compose/weight-bound.ts';
import { cpuTime } from '../cpu-time.ts';

describe('X counts', () => {
  test.each<[string, string, number]>([
    ['Latin letters as 1', 'Patent', 6],
    ['accented Latin as 1', 'Türkiye', 7],
    ['letters that NFC joins as one', 'e\u0301', 1],
    ['kana and kanji as 2', '特許ちょう', 10],
    ['half-width kana as 2', 'ﾄｯｷｮ', 8],
    ['full-width signs as 2', '【】(', 5],
    ['an ellipsis as 2', '…', 2],
    ['typographic quotes and dashes as 1', '“–”', 3],
    ['a line feed as 1', 'a\nb', 3],
    ['an emoji as 2', '😀', 2],
    ['an emoji of many parts as 2', '👩‍👩‍👧‍👦', 2],
    ['an emoji with a skin tone as 2', '👍🏽', 2],
    ['an emoji newer than the tables as 2', '🐦‍🔥', 2],
    ['people holding hands as 2', '🧑🏽‍🤝‍🧑🏻', 2],
    ['a heart on fire as 2', '❤️‍🔥', 2],
    ['a flag as 2', '🇯🇵', 2],
    ['a flag made of tags as 2', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', 2],
    ['a keycap as 2', '1️⃣', 2],
    ['a sign shown as emoji as 2, as text as 1', '©️©', 3],
    ['a short link as 23', 'http://a.jp', 23],
    ['a long link as 23', `https://www.jpo.go.jp/${'a'.repeat(300)}`, 23],
    ['an address without a scheme as 23', 'jpo.go.jp', 23],
    ['a link and what follows it in Japanese', 'https://jpo.go.jp/をご覧', 23 + 6],
    ['a link under a newer domain as 23', 'https://a.kids', 23],
    ['what follows such a link besides', 'https://a.kids。特許', 23 + 6],
    ['such a link with a path as 23', 'https://a.kids/x?y=1', 23],
    ['a longer one as at least its length', `https://a.kids/${'x'.repeat(30)}`, 45],
    ['a link under a newer domain in kana as 23', 'https://例え.アマゾン', 23],
    ['two of them as 46', 'https://a.kids https://b.music', 47],
    ['a mail address as its letters', 'info@example.invalid', 20],
    ['nothing as 0', '', 0],
    ['280 letters as 280', 'a'.repeat(280), 280],
    ['140 kanji as 280', '特'.repeat(140), 280],
  ])('%s', (_, text, weight) => {
    expect(postWeight(text)).toBe(weight);
  });
});

describe('texts that nobody could post', () => {
  test.each([
    ['a text made to be slow', `${'a-'.repeat(20_000)}.com`],
    ['a text of dots', 'a.'.repeat(10_000)],
    ['a text of schemes', 'https://'.repeat(10_000)],
  ])('%s is weighed in under two seconds, and is too heavy', (_, text) => {
    const spent = cpuTime();
    expect(postWeight(text)).toBeGreaterThan(280);
    expect(spent()).toBeLessThan(2_000);
  });

  test('a long text never weighs less than its beginning', () => {
    expect(postWeight('特'.repeat(5_000))).toBeGreaterThanOrEqual(10_000);
  });
});

describe('the bound that is reckoned without twitter-text', () => {
  test('is never below what X counts', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        'a.jp',
        'https://',
        '例え.jp',
        '、',
        '.',
        ' ',
        '\n',
        '👍🏽',
        '1️⃣',
        '–',
        '特許庁',
        'e\u0301',
        '…',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(weightAtMost(text)).toBeGreaterThanOrEqual(postWeight(text));
      }),
    );
  });

  test.each(['【特許庁】手続の取扱い\n2026年12月31日23:59 更新', 'Office notice – see “Notices”, no. 3\n'])(
    'is exact for what templates hold: %s',
    (text) => expect(weightAtMost(text)).toBe(postWeight(text)),
  );
});
