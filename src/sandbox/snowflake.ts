/** X counts the milliseconds of its ids from 2010-11-04T01:42:54.657Z. */
const X_EPOCH_MS = 1_288_834_974_657n;

/**
 * The next id after `lastId`: X's layout (milliseconds, then 22 low bits), strictly increasing even when the
 * clock stands still or jumps back. Returned as a decimal string, because it does not fit a JSON number.
 */
export function nextSnowflake(lastId: string | null, now: number): string {
  const byClock = (BigInt(now) - X_EPOCH_MS) << 22n;
  const last = lastId === null ? -1n : BigInt(lastId);
  return (byClock > last ? byClock : last + 1n).toString();
}

/** Compares two ids as numbers: negative where `a` is older. Their strings may differ in length. */
export function compareIds(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
