import type { EpochMs } from '../feed/item.ts';
import { reconcileLimits } from '../limits/publishing.ts';

/** X's ids count milliseconds from 2010-11-04T01:42:54.657Z in the bits above the lowest 22. */
const X_EPOCH_MS = 1_288_834_974_657n;
const LOW_BITS = 22n;

/** When X made the id. Meaningless for ids that are not snowflakes (posts before November 2010). */
export function snowflakeTime(id: string): EpochMs {
  return Number((BigInt(id) >> LOW_BITS) + X_EPOCH_MS);
}

/** The smallest id that X could give at the instant: ids at or above it are not older. Not below 1. */
export function snowflakeAt(at: EpochMs): string {
  const id = (BigInt(Math.floor(at)) - X_EPOCH_MS) << LOW_BITS;
  return (id < 1n ? 1n : id).toString();
}

/** The older of two ids. Ids do not fit a JavaScript number. */
export function olderId(a: string, b: string): string {
  return BigInt(a) < BigInt(b) ? a : b;
}

/** Whether X cannot have made the id yet, however our clock and X's differ: with a clock that is further behind, X signs nobody in. */
export function isAhead(id: string, now: EpochMs): boolean {
  return snowflakeTime(id) > now + reconcileLimits.lookAheadMaxMs;
}
