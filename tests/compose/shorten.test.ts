import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shorten } from '../../src/compose/shorten.ts';
import { cpuTime } from '../cpu-time.ts';

/** Shortened to so many characters. */
function check(title: string, room: number): string {
  return shorten(title, (text) => text.length <= room).text;
}

describe('a title ends where a phrase ends', () => {
  test.each<[string, number, string, string]>([
    [
      'after a particle',
      15,
      '令和6年能登半島地震により影響を受けた手続について',
      '令和6年能登半島地震により…',
    ],
    [
      'not between a noun and its particle',
      13,
      '特許庁による手続の期間の延長を行います',
      '特許庁による手続の期間の…',
    ],
    ['at a space in English', 30, 'Handling of Procedures Affected by the Flood', 'Handling of Procedures…'],
    [
      'not after a little word',
      36,
      'Relief for Applicants Affected by the Earthquake',
      'Relief for Applicants Affected…',
    ],
    ['not inside a date', 13, '申請は令和8年12月31日までに', '申請は令和8年12月…'],
    ['not inside an amount', 9, '手数料は1,000,000円', '手数料は…'],
    [
      'before a bracket',
      24,
      '特許出願の減免措置について(2019年4月1日以降の審査請求)',
      '特許出願の減免措置について…',
    ],
    [
      'in a bracket that holds nearly all, closed',
      20,
      '「特許法等の一部を改正する法律の施行」に対する意見',
      '「特許法等の一部を改正する法律の…」',
    ],
    [
      'with its report number',
      24,
      '東日本大震災により影響を受けた手続期間の延長について(第4報)',
      '東日本大震災により影響を受けた…(第4報)',
    ],
    [
      'with its report number in English',
      44,
      'Handling of Procedures Affected by Rain (3rd Report)',
      'Handling of Procedures… (3rd Report)',
    ],
    [
      'without a comma before the ellipsis',
      14,
      '特許、実用新案、意匠、商標について',
      '特許、実用新案、意匠…',
    ],
    ['inside a word only when there is no other way', 10, 'ア'.repeat(50), `${'ア'.repeat(9)}…`],
  ])('%s', (_, room, title, short) => {
    expect(check(title, room)).toBe(short);
  });
});

test('a title that fits is left alone', () => {
  expect(shorten('特許庁', () => true)).toEqual({ text: '特許庁', shortened: false });
});

test('where nothing fits, nothing is left', () => {
  expect(shorten('特許庁', () => false)).toEqual({ text: '', shortened: true });
});

test('an emoji of many parts is never cut', () => {
  const family = '👩‍👩‍👧‍👦';
  const { text } = shorten(family.repeat(10), (short) => short.length <= 40);
  expect(text).toBe(`${family.repeat(3)}…`);
});

test('whatever the title, the result fits, ends in an ellipsis, leaves no bracket open and begins like the title', () => {
  const unit = fc.constantFrom(
    '特許',
    'の',
    '(',
    ')',
    '「',
    '」',
    'file ',
    'of ',
    '12',
    '月',
    '、',
    '👍🏽',
    'ー',
    'が',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(unit, { minLength: 30, maxLength: 80 }),
      fc.integer({ min: 5, max: 25 }),
      (parts, room) => {
        const title = parts.join('').replace(/[()「」]/g, (sign, at: number) => (at % 7 === 0 ? sign : ''));
        fc.pre(title.length > room);
        const { text, shortened } = shorten(title, (short) => short.length <= room);
        expect(shortened).toBe(true);
        expect(text.length).toBeLessThanOrEqual(room);
        expect(text).toMatch(/…[)」]*$/u);
        expect(title.startsWith(text.slice(0, text.indexOf('…')))).toBe(true);
        expect(text.isWellFormed()).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('a title of 1,000 characters is shortened in under half a second', () => {
  const spent = cpuTime();
  check('特許出願の手続について、'.repeat(80), 130);
  expect(spent()).toBeLessThan(500);
});
