import { pollLimits } from '../limits/intake.ts';
import type { FeedOutage, FeedProblem } from './feed-state.ts';
import type { EpochMs } from './item.ts';

/** What is kept of a feed's failed polls after one more of them. One that follows at once with the same answer goes on with the last outage. */
export function noteOutage(
  known: readonly FeedOutage[],
  { code, detail }: FeedProblem,
  { now, goesOn }: { now: EpochMs; goesOn: boolean },
): readonly FeedOutage[] {
  const last = known.at(-1);
  if (goesOn && last?.code === code && last.detail === detail)
    return [...known.slice(0, -1), { ...last, to: now, polls: last.polls + 1 }];
  return [...known, { code, detail, from: now, to: now, polls: 1 }].slice(-pollLimits.outagesKept);
}
