import { pollLimits } from '../limits/intake.ts';
import { DAY, HOUR } from '../limits/units.ts';
import type { PollDay } from './feed-state.ts';
import type { EpochMs } from './item.ts';

/** Japan is nine hours ahead of UTC all the year round. */
const TOKYO_AHEAD_MS = 9 * HOUR;

/** The days with one more poll counted; the oldest are forgotten. A clock that was set back counts into the day that is last. */
export function countPoll(
  days: readonly PollDay[],
  ended: 'read' | 'unchanged' | 'failed',
  now: EpochMs,
): readonly PollDay[] {
  const from = Math.floor((now + TOKYO_AHEAD_MS) / DAY) * DAY - TOKYO_AHEAD_MS;
  const last = days.at(-1);
  const isNew = last === undefined || last.from < from;
  const today = isNew ? { from, read: 0, unchanged: 0, failed: 0 } : last;
  const before = isNew ? days : days.slice(0, -1);
  return [...before, { ...today, [ended]: today[ended] + 1 }].slice(-pollLimits.daysKept);
}
