import { classifyLimits } from '../limits/words.ts';

/**
 * The form in which titles and the words of rules meet: NFKC (full-width digits, half-width brackets), lower case,
 * dashes and slashes as spaces (COVID-19 and COVID 19), curly apostrophes straight, white space folded and, between
 * Japanese characters, dropped. Titles longer than the limit are cut: what decides stands near the beginning.
 */
export function matchForm(text: string): string {
  return text
    .slice(0, classifyLimits.titleMax)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[-‐‑‒–—―−/]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[^\x20-\x7e]) (?=[^\x20-\x7e])/g, '')
    .trim();
}

/**
 * Where a word first occurs in a text in match form, or null. Words are plain: `地震` is found anywhere, `flood` only as
 * a whole Latin word, `flood*` also as the beginning of one, and `郵便…遅延` where both stand near each other, in that
 * order (NFKC has made three dots of `…`). No regular expression is made of a word, so that no word can make matching slow.
 */
export function findWord(text: string, word: string, from = 0): { start: number; end: number } | null {
  // Thousands of words are looked for in each title, and nearly none of them has a gap.
  if (!word.includes('...')) return findPart(text, word.trim(), from);
  const parts = word
    .split('...')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const first = parts[0];
  if (first === undefined) return null;
  for (let at = from; ;) {
    const head = findPart(text, first, at);
    if (head === null) return null;
    const end = followOn(text, parts.slice(1), head.end);
    if (end !== null) return { start: head.start, end };
    at = head.start + 1;
  }
}

function followOn(text: string, parts: readonly string[], from: number): number | null {
  let end = from;
  for (const part of parts) {
    const hit = findPart(text, part, end);
    if (hit === null || hit.start - end > classifyLimits.gapMax) return null;
    end = hit.end;
  }
  return end;
}

function findPart(text: string, part: string, from: number): { start: number; end: number } | null {
  const open = part.endsWith('*');
  const plain = open ? part.slice(0, -1) : part;
  if (plain === '') return null;
  for (let start = text.indexOf(plain, from); start !== -1; start = text.indexOf(plain, start + 1)) {
    const end = start + plain.length;
    const startsWord = !isLatin(plain[0]) || !isLatin(text[start - 1]);
    const endsWord = open || !isLatin(plain.at(-1)) || !isLatin(text[end]);
    if (startsWord && endsWord) return { start, end };
  }
  return null;
}

function isLatin(char: string | undefined): boolean {
  return char !== undefined && /[\p{Script=Latin}0-9]/u.test(char);
}
