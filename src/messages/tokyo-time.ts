import { DateTime } from 'luxon';
import type { EpochMs, Lang } from '../feed/item.ts';
import type { SentenceParams } from './sentence.ts';

const FORMAT: Readonly<Record<Lang, string>> = {
  ja: "yyyy'年'M'月'd'日（'ccc'）'HH:mm",
  en: "ccc d LLL yyyy HH:mm 'JST'",
};

/** An instant as people in Japan read it: 2026年11月22日（日）07:00, or Sun 22 Nov 2026 07:00 JST. */
export function tokyoTime(at: EpochMs, lang: Lang): string {
  return DateTime.fromMillis(at, { zone: 'Asia/Tokyo', locale: lang }).toFormat(FORMAT[lang]);
}

/** A parameter that holds an instant (milliseconds), in words; a dash where there is none. */
export function givenTime(params: SentenceParams, name: string, lang: Lang): string {
  const value = params[name];
  return typeof value === 'number' ? tokyoTime(value, lang) : '—';
}

const UNITS = [
  { ms: 86_400_000, ja: '日', en: 'day' },
  { ms: 3_600_000, ja: '時間', en: 'hour' },
  { ms: 60_000, ja: '分', en: 'minute' },
  { ms: 1_000, ja: '秒', en: 'second' },
] as const;

/** A length of time exactly, in the largest unit that holds it whole: 90 minutes, not 1 hour. */
export function exactLength(ms: number, lang: Lang): string {
  const unit = UNITS.find((candidate) => ms >= candidate.ms && ms % candidate.ms === 0) ?? UNITS[3];
  return inUnit(ms / unit.ms, unit, lang);
}

/** A length of time in its largest whole unit: 7日, 3 hours. Below a second it is 0. */
export function lengthOfTime(ms: number, lang: Lang): string {
  const unit = UNITS.find((candidate) => ms >= candidate.ms) ?? UNITS[3];
  return inUnit(Math.floor(ms / unit.ms), unit, lang);
}

function inUnit(count: number, unit: (typeof UNITS)[number], lang: Lang): string {
  return lang === 'ja' ? `${count}${unit.ja}` : `${count} ${unit.en}${count === 1 ? '' : 's'}`;
}
