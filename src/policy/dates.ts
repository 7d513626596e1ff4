import { DateTime } from 'luxon';
import type { EpochMs } from '../feed/item.ts';
import { calendarLimits } from '../limits/running.ts';

/** A date as it stands in a text. `weekday`: 1 is Monday, 7 is Sunday, as luxon counts; null where none is written. */
export type WrittenDate = {
  at: number;
  written: string;
  year: number | null;
  month: number;
  day: number;
  weekday: number | null;
};

const ERAS: Readonly<Record<string, number>> = {
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  S: 1925,
  H: 1988,
  R: 2018,
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const KANJI_DAYS = '月火水木金土日';

const MONTH =
  '(?<monthName>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY_NAME = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\.?';
const BEFORE = `(?:(?<dayBefore>${DAY_NAME}),?\\s+(?:the\\s+)?)?`;
const AFTER = `(?:,?\\s*\\(\\s*(?<dayAfter>${DAY_NAME})\\s*\\))?`;
const KANJI_AFTER = `(?:\\s*[(（]\\s*(?<kanji>[${KANJI_DAYS}])(?:曜日?)?\\s*(?:[・･]\\s*(?:祝|休)\\s*)?[)）]|(?<kanjiBare>[${KANJI_DAYS}])曜日?)?`;
const ENGLISH_IN_BRACKETS = `(?:\\s*\\(\\s*(?<dayInBrackets>${DAY_NAME})\\s*\\))?`;

/** Longer forms first: a place that one of them has read is not read again. */
const FORMS: readonly RegExp[] = [
  new RegExp(
    `(?:(?<era>令和|平成|昭和)\\s*(?<eraYear>元|\\d{1,2})\\s*年\\s*|(?<year>\\d{4})\\s*年\\s*)?(?<month>\\d{1,2})\\s*月\\s*(?<day>\\d{1,2})\\s*日${KANJI_AFTER}`,
    'giu',
  ),
  new RegExp(
    `(?<![\\d./-])(?:(?<year>\\d{4})[./-]|(?<![A-Za-z])(?<era>[RHS])(?<eraYear>\\d{1,2})[./-])(?<month>\\d{1,2})[./-](?<day>\\d{1,2})(?![\\d./-]\\d)${KANJI_AFTER}${ENGLISH_IN_BRACKETS}`,
    'giu',
  ),
  // Without a year, 3/4 may be a share or a number of a form: only a weekday makes it a date.
  new RegExp(
    `(?<![\\d./-])(?<month>\\d{1,2})[/.](?<day>\\d{1,2})\\s*[(（]\\s*(?<kanji>[${KANJI_DAYS}])(?:曜日?)?\\s*(?:[・･]\\s*(?:祝|休)\\s*)?[)）]`,
    'gu',
  ),
  new RegExp(
    `(?<![A-Za-z\\d])${BEFORE}(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}(?:,?\\s+(?<year>\\d{4}))?(?![A-Za-z\\d])${AFTER}`,
    'giu',
  ),
  new RegExp(
    `(?<![A-Za-z])${BEFORE}${MONTH}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(?<year>\\d{4}))?(?![A-Za-z\\d])${AFTER}`,
    'giu',
  ),
];

/** Every date that a text writes out, in its order; widths of figures and brackets don't matter. */
export function datesIn(text: string): readonly WrittenDate[] {
  const narrow = narrowed(text);
  const found: WrittenDate[] = [];
  for (const form of FORMS) {
    for (const match of narrow.matchAll(form)) {
      const end = match.index + match[0].length;
      if (found.some(({ at, written }) => match.index < at + written.length && at < end)) continue;
      found.push(read(match, text.slice(match.index, end)));
    }
  }
  return found.toSorted((a, b) => a.at - b.at);
}

/** The days, as midnights in Japan, that a date may mean; none where the calendar has no such day. */
export function daysMeant(date: WrittenDate, now: EpochMs): readonly EpochMs[] {
  const { month, day } = date;
  const thisYear = DateTime.fromMillis(now, { zone: ZONE }).year;
  const years = date.year === null ? [thisYear - 1, thisYear, thisYear + 1] : [date.year];
  const days = years
    .map((year) => DateTime.fromObject({ year, month, day }, { zone: ZONE }))
    .filter((each) => each.isValid)
    .map((each) => each.toMillis());
  if (date.year !== null) return days;
  const near = days.filter(
    (each) => each - now > -calendarLimits.yearlessPastMs && each - now < calendarLimits.yearlessFutureMs,
  );
  return near.length > 0 ? near : days;
}

/** The weekday of a midnight in Japan, 1 for Monday. */
export function weekdayOf(day: EpochMs): number {
  return DateTime.fromMillis(day, { zone: ZONE }).weekday;
}

const ZONE = 'Asia/Tokyo';

function read(match: RegExpExecArray, written: string): WrittenDate {
  const part = match.groups ?? {};
  return {
    at: match.index,
    written,
    year: yearOf(part),
    month: part['monthName'] === undefined ? Number(part['month']) : indexIn(MONTHS, part['monthName']) + 1,
    day: Number(part['day']),
    weekday: weekdayIn(part),
  };
}

type Parts = Readonly<Record<string, string | undefined>>;

function yearOf({ year, era, eraYear }: Parts): number | null {
  if (year !== undefined) return Number(year);
  if (era === undefined || eraYear === undefined) return null;
  return (ERAS[era.toUpperCase()] ?? 0) + (eraYear === '元' ? 1 : Number(eraYear));
}

function weekdayIn(part: Parts): number | null {
  const kanji = part['kanji'] ?? part['kanjiBare'];
  if (kanji !== undefined) return KANJI_DAYS.indexOf(kanji) + 1;
  const name = part['dayBefore'] ?? part['dayAfter'] ?? part['dayInBrackets'];
  return name === undefined ? null : indexIn(DAYS, name) + 1;
}

function indexIn(names: readonly string[], written: string): number {
  return names.indexOf(written.slice(0, 3).toLowerCase());
}

/** Full-width ASCII as half-width, sign for sign, so that every place keeps its number. */
function narrowed(text: string): string {
  return text.replace(/[！-～]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0));
}
