import { DateTime } from 'luxon';
import type { EpochMs } from '../feed/item.ts';

/** Midnight in Japan at the beginning of a day such as 2026-11-22; null where it is none. */
export function tokyoDay(day: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00+09:00`) : Number.NaN;
  // 31 February is read as a day of March.
  return Number.isNaN(at) || tokyoDate(at) !== day ? null : at;
}

/** The day in Japan in which an instant lies, such as 2026-11-22. */
export function tokyoDate(at: EpochMs): string {
  return DateTime.fromMillis(at, { zone: 'Asia/Tokyo' }).toFormat('yyyy-MM-dd');
}
