import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/feed/parse-date.ts';

/** `expected`: the instant, `day` behind it where only the day is known; null: no date. */
function check(text: string, expected: string | null): void {
  test(`${JSON.stringify(text)} is ${expected ?? 'no date'}`, () => {
    const read = parseDate(text);
    const shown = read === null ? null : `${new Date(read.at).toISOString()}${read.dateOnly ? ' day' : ''}`;
    expect(shown).toBe(expected);
  });
}

describe('RFC 822 and what passes for it', () => {
  check('Thu, 01 Oct 2026 14:00:00 +0900', '2026-10-01T05:00:00.000Z');
  check('Thu, 01 Oct 2026 14:00:00 JST', '2026-10-01T05:00:00.000Z');
  check('Thu, 01 Oct 2026 14:00:00 GMT', '2026-10-01T14:00:00.000Z');
  check('Thu, 01 Oct 2026 14:00:00 EDT', '2026-10-01T18:00:00.000Z');
  check('Thu, 01 Oct 2026 14:00:00 (JST)', '2026-10-01T05:00:00.000Z');
  check('01 Oct 26 14:00 +0900', '2026-10-01T05:00:00.000Z');
  check('Thu Oct 01 14:00:00 JST 2026', '2026-10-01T05:00:00.000Z');
  check('Thu Oct  1 14:00:00 2026', '2026-10-01T05:00:00.000Z');
  check('October 1, 2026', '2026-09-30T15:00:00.000Z day');
  check('Mon, 28 Jul 2025 00:00:00 GMT', '2025-07-28T00:00:00.000Z day');
  check('Fri, 01 Oct 2026 14:00:00 +0900', '2026-10-01T05:00:00.000Z');
});

describe('ISO 8601 and what passes for it', () => {
  check('2026-10-01T14:00:00+09:00', '2026-10-01T05:00:00.000Z');
  check('2026-10-01T14:00:00.5Z', '2026-10-01T14:00:00.500Z');
  check('2026-10-01T14:00Z', '2026-10-01T14:00:00.000Z');
  check('20261001T140000Z', '2026-10-01T14:00:00.000Z');
  check('2026-10-01', '2026-09-30T15:00:00.000Z day');
  check('20261001', '2026-09-30T15:00:00.000Z day');
  check('2026/10/1', '2026-09-30T15:00:00.000Z day');
  check('2026.10.01', '2026-09-30T15:00:00.000Z day');
  check('2026-10-01T00:00:00+09:00', '2026-09-30T15:00:00.000Z day');
  check('2026-10-01T24:00:00+09:00', '2026-10-01T15:00:00.000Z');
  check('2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z');
});

describe('without a zone, the time is Japan’s, in whatever zone the program runs', () => {
  check('2026-10-01 14:00:00', '2026-10-01T05:00:00.000Z');
  check('Thu, 01 Oct 2026 14:00:00', '2026-10-01T05:00:00.000Z');
  check('2026/10/01 14:00', '2026-10-01T05:00:00.000Z');
});

describe('Japanese dates', () => {
  check('2026年10月1日', '2026-09-30T15:00:00.000Z day');
  check('２０２６年１０月１日（木）', '2026-09-30T15:00:00.000Z day');
  check('2026年10月1日 14時00分', '2026-10-01T05:00:00.000Z');
  check('2026年10月1日 午後2時30分', '2026-10-01T05:30:00.000Z');
  check('令和8年10月1日', '2026-09-30T15:00:00.000Z day');
  check('令和元年5月1日', '2019-04-30T15:00:00.000Z day');
  check('平成31年4月30日', '2019-04-29T15:00:00.000Z day');
  check('R8.10.1', '2026-09-30T15:00:00.000Z day');
  check('令和８年１０月１日 １４：００', '2026-10-01T05:00:00.000Z');
  check('公開日：2026年10月1日', '2026-09-30T15:00:00.000Z day');
});

describe('what is no date is none', () => {
  for (const text of [
    '',
    '0',
    '-1',
    'yesterday',
    '2026-02-30',
    '2026年2月30日',
    '2026-13-01',
    '令和8年13月1日',
  ]) {
    check(text, null);
  }
  check('2026-10-01T25:00:00Z', null);
  check('2026-10-01T14:61:00Z', null);
  check('Fri, 11 Mar 2016 01:15:00 +3000', null);
  check('9'.repeat(10_000), null);
});
