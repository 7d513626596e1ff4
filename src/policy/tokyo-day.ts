import { DateTime } from 'luxon';
import type { EpochMs } from '../feed/item.ts';

const ZONE = 'Asia/Tokyo';
/** Japan has had no summer time since 1951; every draft is counted against its day, so this is reckoned and not looked up. */
const JST_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;

/** Midnight at the beginning of the day in Japan; budgets count from here. */
export function startOfTokyoDay(now: EpochMs): EpochMs {
  return Math.floor((now + JST_MS) / DAY_MS) * DAY_MS - JST_MS;
}

/** The next midnight in Japan. */
export function startOfNextTokyoDay(now: EpochMs): EpochMs {
  return DateTime.fromMillis(now, { zone: ZONE }).startOf('day').plus({ days: 1 }).toMillis();
}

/** Midnight at the beginning of the month in Japan; costs count from here. */
export function startOfTokyoMonth(now: EpochMs): EpochMs {
  return DateTime.fromMillis(now, { zone: ZONE }).startOf('month').toMillis();
}

/** Minutes since midnight in Japan. */
export function tokyoMinute(now: EpochMs): number {
  const time = DateTime.fromMillis(now, { zone: ZONE });
  return time.hour * 60 + time.minute;
}
