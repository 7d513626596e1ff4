import type { Lang } from '../feed/item.ts';
import type { SentenceParams } from './sentence.ts';

/** Where something stands in a text, as an author counts it (parameter: position); nothing where it is not known. */
export function placeJa(p: SentenceParams): string {
  return p['position'] === undefined ? '' : `（${p['position']}文字目）`;
}

/** The same in English. */
export function placeEn(p: SentenceParams): string {
  return p['position'] === undefined ? '' : ` (character ${p['position']})`;
}

const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  ja: ['月', '火', '水', '木', '金', '土', '日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** A weekday by its number, 1 for Monday. */
export function weekdayName(number: string | number | undefined, lang: Lang): string {
  return WEEKDAYS[lang][Number(number) - 1] ?? '—';
}
