import { PASS, sourceOf, type Check } from './check.ts';
import { datesIn, daysMeant, weekdayOf, type WrittenDate } from './dates.ts';
import { ownWords } from './own-words.ts';
import { placeIn } from './excerpt.ts';

/**
 * A weekday that does not belong to its date, or a day that no calendar has: one of the two was mistyped, and nobody can
 * tell which. A person who typed it is asked to mend it; an item from a feed is compared with its page.
 */
export const checkDateWeekday: Check = (draft, context) => {
  for (const date of datesIn(ownWords(draft, context))) {
    const wrong = wrongIn(date, context.now);
    if (wrong === null) continue;
    const place = placeIn(draft.text, date.at, date.written.length);
    const params = { ...place, ...wrong, date: date.written, from: sourceOf(context) };
    return { kind: context.forced ? 'deny' : 'hold', params };
  }
  return PASS;
};

function wrongIn(date: WrittenDate, now: number): { actual: number } | null {
  const days = daysMeant(date, now);
  // 0: the calendar has no such day.
  if (days.length === 0) return { actual: 0 };
  if (date.weekday === null || days.some((day) => weekdayOf(day) === date.weekday)) return null;
  const nearest = days.toSorted((a, b) => Math.abs(a - now) - Math.abs(b - now))[0] ?? now;
  return { actual: weekdayOf(nearest) };
}
