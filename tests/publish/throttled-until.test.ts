import { expect, test } from 'vitest';
import type { AnswerHeaders } from '../../src/publish/answer.ts';
import { throttledUntil } from '../../src/publish/throttled-until.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const S = NOW / 1_000;

/** `expected` in seconds from now. */
function check(name: string, headers: AnswerHeaders, expected: number | null): void {
  test(name, () =>
    expect(throttledUntil(headers, NOW)).toBe(expected === null ? null : NOW + expected * 1_000),
  );
}

const window = (remaining: string, reset: string): AnswerHeaders => ({
  'x-rate-limit-limit': '100',
  'x-rate-limit-remaining': remaining,
  'x-rate-limit-reset': reset,
});

const day = (remaining: string, reset: string): AnswerHeaders => ({
  'x-user-limit-24hour-remaining': remaining,
  'x-user-limit-24hour-reset': reset,
});

const cases: readonly (readonly [string, AnswerHeaders, number | null])[] = [
  ['no headers: no time', {}, null],
  ['the window that is used up decides', window('0', String(S + 600)), 600],
  ['only 24-hour headers are enough', day('0', String(S + 7_200)), 7_200],
  [
    'of two that are used up the later decides',
    { ...window('0', String(S + 600)), ...day('0', String(S + 7_200)) },
    7_200,
  ],
  [
    'a day that is not used up does not decide',
    { ...window('0', String(S + 600)), ...day('5', String(S + 7_200)) },
    600,
  ],
  [
    'where none is used up the earliest decides',
    { ...window('3', String(S + 600)), ...day('5', String(S + 7_200)) },
    600,
  ],
  [
    'the app window counts',
    { 'x-app-limit-24hour-remaining': '0', 'x-app-limit-24hour-reset': String(S + 60) },
    60,
  ],
  ['a reset without the rest counts', { 'x-rate-limit-reset': String(S + 60) }, 60],
  ['a reset that is no number is none', window('0', 'soon'), null],
  ['an empty reset is none', window('0', ''), null],
  ['NaN is none', window('0', 'NaN'), null],
  ['a reset in exponents is none', window('0', '1e300'), null],
  ['a past reset is none', window('0', String(S - 1)), null],
  ['a negative reset is none', window('0', '-5'), null],
  ['milliseconds for seconds are none', window('0', String(NOW + 600_000)), null],
  ['a reset in 26 hours is none', window('0', String(S + 26 * 3_600)), null],
  ['retry-after in seconds', { 'retry-after': '30' }, 30],
  ['retry-after as a date', { 'retry-after': new Date(NOW + 90_000).toUTCString() }, 90],
  ['retry-after that is neither', { 'retry-after': 'later' }, null],
  ['of headers given twice the first counts', { 'x-rate-limit-reset': [String(S + 60), String(S + 90)] }, 60],
];
for (const [name, headers, expected] of cases) check(name, headers, expected);

const real = NOW + 3 * 3_600_000;
check(
  'a clock of ours that is three hours wrong changes the wait by nothing',
  { ...window('0', String(real / 1_000 + 600)), date: new Date(real).toUTCString() },
  600,
);

check('a Date header that is none is ignored', { ...window('0', String(S + 600)), date: 'yesterday' }, 600);
