import { describe, expect, test } from 'vitest';
import { feedFilter, nextPollAt } from '../../src/feed/poll-plan.ts';
import type { PollOutcome } from '../../src/feed/poll-plan.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function check(name: string, outcome: Partial<PollOutcome>, waitMs: number): void {
  test(name, () => {
    const whole = {
      intervalMs: 5 * MINUTE,
      failures: 0,
      notBeforeMs: null,
      gone: false,
      fraction: 0,
      now: 1_000,
      ...outcome,
    };
    expect(nextPollAt(whole) - 1_000).toBe(waitMs);
  });
}

describe('a feed is asked again politely, and never given up', () => {
  check('after a success: the interval', {}, 5 * MINUTE);
  check('with jitter, only later', { fraction: 0.5 }, 5.25 * MINUTE);
  check('after one failure: twice the interval', { failures: 1 }, 10 * MINUTE);
  check('after three: eight times', { failures: 3 }, 40 * MINUTE);
  check('after a thousand: six hours', { failures: 1_000 }, 6 * HOUR);
  check(
    'a slow feed is not asked more often because it fails',
    { intervalMs: 12 * HOUR, failures: 9 },
    12 * HOUR,
  );
  check('the server asks for an hour', { notBeforeMs: HOUR }, HOUR);
  check('the server asks for less than the interval', { notBeforeMs: 1 }, 5 * MINUTE);
  check('the server asks for a year', { notBeforeMs: 365 * 24 * HOUR }, 6 * HOUR);
  check('the server asks for the past', { notBeforeMs: -HOUR }, 5 * MINUTE);
  check('gone: once a day', { gone: true, failures: 4 }, 24 * HOUR);
  check('an interval of nothing', { intervalMs: 0 }, 10_000);
});

describe('a ministry’s feed is narrowed to the institution', () => {
  const feed = feedConfig({ titleIncludes: ['特許庁', 'JPO'] });
  const cases: readonly [string, boolean][] = [
    ['特許庁の組織改正', true],
    ['ＪＰＯの取組', true],
    ['the jpo and WIPO', true],
    ['経済産業省の取組', false],
  ];
  for (const [title, wanted] of cases)
    test(title, () => expect(feedFilter(feed, item({ title }))).toBe(wanted));
  test('without words everything is wanted', () => expect(feedFilter(feedConfig(), item())).toBe(true));
});
