import { describe, expect, test } from 'vitest';
import type { PollDay } from '../../src/feed/feed-state.ts';
import { countPoll } from '../../src/feed/poll-days.ts';
import { pollLimits } from '../../src/limits/intake.ts';

const DAY = 86_400_000;
/** Midnight in Tokyo, 1 October 2026. */
const MIDNIGHT = Date.UTC(2026, 8, 30, 15);

describe('the polls of a day', () => {
  test('are counted by how they ended, from midnight to midnight in Japan', () => {
    let days: readonly PollDay[] = [];
    days = countPoll(days, 'read', MIDNIGHT - 1);
    days = countPoll(days, 'unchanged', MIDNIGHT);
    days = countPoll(days, 'unchanged', MIDNIGHT + DAY - 1);
    days = countPoll(days, 'failed', MIDNIGHT + DAY);
    expect(days).toEqual([
      { from: MIDNIGHT - DAY, read: 1, unchanged: 0, failed: 0 },
      { from: MIDNIGHT, read: 0, unchanged: 2, failed: 0 },
      { from: MIDNIGHT + DAY, read: 0, unchanged: 0, failed: 1 },
    ]);
  });

  test('are forgotten after so many days', () => {
    let days: readonly PollDay[] = [];
    for (let day = 0; day < 100; day += 1) days = countPoll(days, 'read', MIDNIGHT + day * DAY);
    expect(days).toHaveLength(pollLimits.daysKept);
    expect(days.at(-1)?.from).toBe(MIDNIGHT + 99 * DAY);
  });

  test('go on with the last day where the clock was set back', () => {
    const days = countPoll(countPoll([], 'read', MIDNIGHT), 'failed', MIDNIGHT - DAY);
    expect(days).toEqual([{ from: MIDNIGHT, read: 1, unchanged: 0, failed: 1 }]);
  });
});
