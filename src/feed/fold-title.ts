import { identityLimits } from '../limits/intake.ts';

/**
 * The form of a title in which two spellings of one title are equal: NFKC, lower case, no white space, brackets or
 * punctuation, one kind of dash and of wave. For matching only, never shown. What separates two digits stays, so that
 * `7.1` is not `71`.
 */
export function foldTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〜∼∾˜]/g, '~')
    .replace(/[\u2010-\u2015\u2212\u2500\u2501ー―-]/g, '-')
    .replace(/(?<=\d)[[\p{P}\p{Z}\p{C}]--[~\-]]+(?=\d)/gv, '·')
    .replace(/[[\p{P}\p{Z}\p{C}\p{M}\s]--[~\-·]]/gv, '')
    .slice(0, identityLimits.foldedCharsMax);
}

/** The digits of a folded title, in order: 第1報 and 第2報 are two announcements, however alike. */
export function digitsOf(folded: string): string {
  return folded.replace(/[^\p{Nd}一二三四五六七八九十〇]+/gu, ' ').trim();
}

/** Dice coefficient of the two texts' character pairs, 0 to 1. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < a.length; at++) {
    const pair = a.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at + 1 < b.length; at++) {
    const pair = b.slice(at, at + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    shared += 1;
    pairs.set(pair, left - 1);
  }
  const total = a.length + b.length - 2;
  return total <= 0 ? 0 : (2 * shared) / total;
}
