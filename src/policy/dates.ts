import { DateTime } from 'luxon';
import type { EpochMs } from '../feed/item.ts';
import { calendarLimits } from '../limits/running.ts';
import { DATE_FORMS, DAY_SIGNS, KANJI_DAYS, LONE_DAY } from './date-forms.ts';
import { ofLastText } from './last-text.ts';
import { narrowed } from './narrowed.ts';

/**
 * A date as it stands in a text. `weekday`: 1 is Monday, 7 is Sunday, as luxon counts; null where none is written. `day` null: the whole
 * month is meant, which ends with its last day; `month` null: the day of a month that only its weekday can tell.
 */
export type WrittenDate = {
  at: number;
  written: string;
  year: number | null;
  month: number | null;
  day: number | null;
  weekday: number | null;
};

const ERAS: Readonly<Record<string, number>> = {
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  '㋿': 2018,
  S: 1925,
  H: 1988,
  R: 2018,
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const KANJI_NUMBERS = '〇一二三四五六七八九';
const ZONE = 'Asia/Tokyo';

/** Every date that a text writes out, in its order; widths of figures and brackets don't matter. */
export const datesIn = ofLastText((text): readonly WrittenDate[] => {
  const narrow = narrowed(text);
  const found: WrittenDate[] = [];
  for (const form of [...DATE_FORMS, LONE_DAY]) {
    for (const match of narrow.matchAll(form)) {
      const end = match.index + match[0].length;
      if (found.some(({ at, written }) => match.index < at + written.length && at < end)) continue;
      found.push(read(match, text.slice(match.index, end)));
    }
  }
  const inOrder = found.toSorted((a, b) => a.at - b.at);
  return inOrder.map((date, index) => (date.month === null ? inMonthOf(date, inOrder[index - 1]) : date));
});

/** 「12月4日（金）から7日（月）まで」: the second day is of the same month, unless it would lie before the first. */
function inMonthOf(date: WrittenDate, before: WrittenDate | undefined): WrittenDate {
  if (before === undefined || before.day === null || (date.day ?? 0) <= before.day) return date;
  return { ...date, year: before.year, month: before.month };
}

/** The days, as midnights in Japan, that a date may mean; none where the calendar has no such day. */
export function daysMeant(date: WrittenDate, now: EpochMs): readonly EpochMs[] {
  const today = DateTime.fromMillis(now, { zone: ZONE });
  if (date.month === null) {
    const months = [-1, 0, 1].map((step) => today.startOf('month').plus({ months: step }));
    return months.flatMap(({ year, month }) => midnight(year, month, date.day));
  }
  const { month, day } = date;
  if (date.year !== null) return midnight(date.year, month, day);
  const days = [today.year - 1, today.year, today.year + 1].flatMap((year) => midnight(year, month, day));
  const near = days.filter(
    (each) => each - now > -calendarLimits.yearlessPastMs && each - now < calendarLimits.yearlessFutureMs,
  );
  // Only 29 February can be that far away. Another year's is not meant where this one has none: it was mistyped.
  return near.length > 0 ? near : midnight(today.year, month, day);
}

/** Empty where the calendar has no such day; without a day the last one of the month. */
function midnight(year: number, month: number, day: number | null): EpochMs[] {
  const first = DateTime.fromObject({ year, month, day: day ?? 1 }, { zone: ZONE });
  const meant = day === null ? first.endOf('month').startOf('day') : first;
  return meant.isValid ? [meant.toMillis()] : [];
}

/** The weekday of a midnight in Japan, 1 for Monday. */
export function weekdayOf(day: EpochMs): number {
  return DateTime.fromMillis(day, { zone: ZONE }).weekday;
}

type Parts = Readonly<Record<string, string | undefined>>;

function read(match: RegExpExecArray, written: string): WrittenDate {
  const part = match.groups ?? {};
  const weekday = weekdayIn(part['weekday'] ?? part['weekdayBefore']);
  return { at: match.index, written, ...yearMonthDay(part), weekday };
}

function yearMonthDay(part: Parts): Pick<WrittenDate, 'year' | 'month' | 'day'> {
  const { first, second, monthName } = part;
  const year = yearOf(part);
  if (first !== undefined && second !== undefined)
    return { year, ...monthAndDay(Number(first), Number(second)) };
  if (part['month'] === undefined && monthName === undefined && part['day'] === undefined) {
    // A year ends in December, a fiscal year in the March that follows.
    return part['fiscal'] === undefined || year === null
      ? { year, month: 12, day: null }
      : { year: year + 1, month: 3, day: null };
  }
  const month = monthName === undefined ? numberOf(part['month']) : indexIn(MONTHS, monthName) + 1;
  return { year, month, day: numberOf(part['day']) };
}

/** 20/11/2026 and 11/20/2026 are told apart by their size; 3/4/2026 is the later of the two that it may be. */
function monthAndDay(first: number, second: number): { month: number; day: number } {
  if (first > 12) return { month: second, day: first };
  if (second > 12) return { month: first, day: second };
  return { month: Math.max(first, second), day: Math.min(first, second) };
}

function yearOf({ year, era, eraYear }: Parts): number | null {
  if (year !== undefined) return numberOf(year);
  if (era === undefined || eraYear === undefined) return null;
  return (ERAS[era.toUpperCase()] ?? 0) + (eraYear === '元' ? 1 : (numberOf(eraYear) ?? 0));
}

/** 12, 十二 and 二〇二六 as numbers. */
function numberOf(written: string | undefined): number | null {
  if (written === undefined) return null;
  if (/^\d+$/u.test(written)) return Number(written);
  const [tens = '', ones = ''] = written.includes('十') ? written.split('十') : ['〇', written];
  const digits = (part: string): number =>
    Array.from(part).reduce((sum, sign) => sum * 10 + KANJI_NUMBERS.indexOf(sign), 0);
  return (tens === '' ? 1 : digits(tens)) * 10 + digits(ones);
}

function weekdayIn(written: string | undefined): number | null {
  if (written === undefined) return null;
  if (DAY_SIGNS.includes(written)) return (DAY_SIGNS.indexOf(written) % 7) + 1;
  if (KANJI_DAYS.includes(written)) return KANJI_DAYS.indexOf(written) + 1;
  return indexIn(DAYS, written) + 1;
}

function indexIn(names: readonly string[], written: string): number {
  return names.indexOf(written.slice(0, 3).toLowerCase());
}
