import { describe, expect, test } from 'vitest';
import { freshForMs, retryAfterMs, type HintHeaders } from '../../../src/adapters/http/server-hints.ts';

const NOW = Date.UTC(2026, 10, 22, 3, 0, 0);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('Retry-After', () => {
  const check = (value: string | undefined, expected: number | null, date?: string): void => {
    test(`${value ?? '(absent)'} means ${expected ?? 'nothing'}`, () => {
      expect(retryAfterMs({ 'retry-after': value, date }, NOW)).toBe(expected);
    });
  };
  check(undefined, null);
  check('', null);
  check('120', 120_000);
  check(' 120 ', 120_000);
  check('0', null);
  check('-5', null);
  check('1.5', null);
  check('soon', null);
  check('99999999', DAY);
  check('999999999999999999999999', null);
  check('Sun, 22 Nov 2026 03:10:00 GMT', 600_000);
  check('Sun, 22 Nov 2026 02:00:00 GMT', null);
  check('Sun, 22 Nov 2099 02:00:00 GMT', DAY);
  // The server's clock is an hour slow: what counts is the difference between its two times.
  check('Sun, 22 Nov 2026 02:10:00 GMT', 600_000, 'Sun, 22 Nov 2026 02:00:00 GMT');
  check('2026-11-22 03:10:00', null);
});

describe('freshness', () => {
  const check = (name: string, headers: HintHeaders, expected: number | null): void => {
    test(`${name} means ${expected ?? 'nothing'}`, () => {
      expect(freshForMs(headers, NOW)).toBe(expected);
    });
  };
  check('no header', {}, null);
  check('max-age', { 'cache-control': 'public, max-age=300' }, 300_000);
  check('a quoted max-age', { 'cache-control': 'MAX-AGE="300"' }, 300_000);
  check('max-age less Age', { 'cache-control': 'max-age=300', age: '100' }, 200_000);
  check('an Age beyond max-age', { 'cache-control': 'max-age=300', age: '400' }, null);
  check('a senseless Age', { 'cache-control': 'max-age=300', age: '-1' }, 300_000);
  check('max-age of zero', { 'cache-control': 'max-age=0' }, null);
  check('no-cache', { 'cache-control': 'no-cache, max-age=300' }, null);
  check('no-store', { 'cache-control': 'no-store', expires: 'Sun, 22 Nov 2026 04:00:00 GMT' }, null);
  check('a year of max-age', { 'cache-control': 'max-age=31536000' }, HOUR);
  check(
    'max-age before Expires',
    { 'cache-control': 'max-age=60', expires: 'Sun, 22 Nov 2026 03:30:00 GMT' },
    60_000,
  );
  check('Expires', { expires: 'Sun, 22 Nov 2026 03:10:00 GMT' }, 600_000);
  check(
    'Expires less Date',
    { expires: 'Sun, 22 Nov 2026 02:10:00 GMT', date: 'Sun, 22 Nov 2026 02:00:00 GMT' },
    600_000,
  );
  check('Expires in the past', { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, null);
  check('Expires of zero', { expires: '0' }, null);
});
