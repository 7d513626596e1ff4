import { DateTime } from 'luxon';
import type { EpochMs, Lang } from '../feed/item.ts';

const ZONE = 'Asia/Tokyo';
const DAY: Readonly<Record<Lang, string>> = { ja: 'yyyy年M月d日', en: 'd LLLL yyyy' };
const MOMENT: Readonly<Record<Lang, string>> = { ja: 'M月d日HH:mm', en: "d LLLL yyyy, HH:mm 'JST'" };

/** A day as a post writes it, in Japan's time: 2026年1月4日, or 4 January 2026. */
export function postDay(at: EpochMs, lang: Lang): string {
  return inTokyo(at, lang).toFormat(DAY[lang]);
}

/** A moment as a post writes it, in Japan's time: 1月4日14:30, or 4 January 2026, 14:30 JST. */
export function postMoment(at: EpochMs, lang: Lang): string {
  return inTokyo(at, lang).toFormat(MOMENT[lang]);
}

/** Every moment that a post writes, in either language; what postMoment() makes is matched whole. */
export const POST_MOMENT = /\d{1,2}月\d{1,2}日\d{2}:\d{2}|\d{1,2} \p{L}+ \d{4}, \d{2}:\d{2} JST/gu;

/** What a person typed as a day (2026-01-04) or moment (2026-01-04T14:30, Japan's time), or null where it is neither. */
export function readTypedTime(text: string, kind: 'date' | 'datetime'): EpochMs | null {
  const format = kind === 'date' ? 'yyyy-MM-dd' : "yyyy-MM-dd'T'HH:mm";
  const read = DateTime.fromFormat(text.replace(/(?<=\d) (?=\d)/, 'T'), format, { zone: ZONE, locale: 'en' });
  return read.isValid ? read.toMillis() : null;
}

function inTokyo(at: EpochMs, lang: Lang): DateTime {
  return DateTime.fromMillis(at, { zone: ZONE, locale: lang });
}
