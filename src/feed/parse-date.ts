import type { EpochMs } from './item.ts';
import { readDay } from './read-day.ts';

/**
 * An instant that a text names. `dateOnly`: no usable time of day (none given, or midnight, which is how publishing systems
 * write "none"). `zoned`: the text names its zone; without one it is Japan's.
 */
export type ReadDate = { at: EpochMs; dateOnly: boolean; zoned: boolean };

const MINUTE = 60_000;
const JST = 9 * 60;

/** Hours east of Greenwich, by the names that mean one thing in feeds. */
const ZONE_HOURS =
  'z 0 ut 0 utc 0 gmt 0 wet 0 jst 9 日本時間 9 kst 9 est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9 akdt -8 ' +
  'hst -10 ast -4 adt -3 et -5 ct -6 mt -7 pt -8 bst 1 cet 1 met 1 cest 2 mest 2 eet 2 eest 3 msk 3 ist 5.5 hkt 8 aest 10 ' +
  'aedt 11 nzst 12';
const ZONES = new Map(
  [...ZONE_HOURS.matchAll(/(\S+) (-?[\d.]+)/g)].map(([, name = '', hours]) => [name, Number(hours) * 60]),
);

/**
 * Reads RFC 822, ISO 8601, Japanese dates (2026年10月1日, 令和8年10月1日, R8.10.1, full-width digits) and what lies between.
 * Null for what is no date and for days that don't exist. Never uses the time zone of the process.
 */
export function parseDate(raw: string): ReadDate | null {
  if (raw.length > 200) return null;
  const text = raw
    .normalize('NFKC')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  const found = readDay(text);
  if (found === null) return null;
  const { year, month, day, rest } = found;
  if (!isRealDay(year, month, day)) return null;
  const clock = readClock(rest);
  if (clock === null) return null;
  const zone = readZone(clock.rest, found.before);
  if (zone === undefined) return null;
  const midnight = Date.UTC(year, month - 1, day) - (zone ?? JST) * MINUTE;
  return {
    at: midnight + clock.ms,
    dateOnly: !clock.given || clock.ms === 0,
    zoned: clock.given && zone !== null,
  };
}

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The time of day behind the day, in milliseconds; null where it is impossible. */
function readClock(text: string): { ms: number; given: boolean; rest: string } | null {
  const found =
    /(午前|午後)?\s*(\d{1,2})\s*(?::|時)\s*(?:(\d{1,2})\s*分?)?(?::?\s*(\d{1,2})秒?)?(?:[.,](\d{1,9}))?\s*([ap]m\b)?/i.exec(
      text,
    ) ?? /()T(\d{2})(\d{2})(\d{2})?()()/.exec(text);
  if (found === null) return { ms: 0, given: false, rest: text };
  const afternoon = found[1] === '午後' || found[6]?.toLowerCase() === 'pm';
  const half = found[1] !== undefined && found[1] !== '' ? true : found[6] !== undefined && found[6] !== '';
  const written = Number(found[2]);
  const hour = half ? (written % 12) + (afternoon ? 12 : 0) : written;
  const minute = Number(found[3] ?? 0);
  // A leap second is counted as the second before it.
  const second = Math.min(Number(found[4] ?? 0), 59);
  if (hour > 24 || minute > 59 || Number(found[4] ?? 0) > 60 || (hour === 24 && minute + second > 0))
    return null;
  const fraction = Number(`0.${found[5] ?? '0'}`) || 0;
  const ms = ((hour * 60 + minute) * 60 + second) * 1_000 + Math.floor(fraction * 1_000);
  return { ms, given: true, rest: text.slice(found.index + found[0].length) };
}

/** Minutes east; null where none is named; undefined where one is named that can't be. */
function readZone(rest: string, before: string): number | null | undefined {
  const offset = /^\s*(?:GMT|UTC?|Z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?(?!\d)/i.exec(rest);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 15 * 60 ? undefined : (offset[1] === '-' ? -1 : 1) * minutes;
  }
  const name =
    /(?:^|[\s(])([a-z]{1,4}|日本時間)(?=$|[\s)\d])/i.exec(rest) ?? /(?:^|\s)([a-z]{3,4})$/i.exec(before);
  return name === null ? null : (ZONES.get((name[1] ?? '').toLowerCase()) ?? null);
}
