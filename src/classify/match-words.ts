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

/** Where a word stands in a text: the offset of its first character, and the one after its last. */
export type Hit = { start: number; end: number };

/** A piece of a word between its gaps. `open`: more letters may follow. */
type Part = { text: string; open: boolean };

/** A word taken apart: its first piece and what must follow near it. */
type Entry<Name> = { name: Name; head: Part; rest: readonly Part[] };

/** Words of many lists, by the two characters that they begin with, so that a title is gone through once for all of them. */
export type WordIndex<Name> = ReadonlyMap<string, readonly Entry<Name>[]>;

/**
 * Words are plain: `地震` is found anywhere, `flood` only as a whole Latin word, `flood*` also as the beginning of one,
 * and `郵便…遅延` where both stand near each other, in that order (NFKC has made three dots of `…`). No regular
 * expression is made of a word, so that no word can make matching slow.
 */
export function indexWords<Name>(
  lists: Iterable<readonly [name: Name, words: readonly string[]]>,
): WordIndex<Name> {
  const index = new Map<string, Entry<Name>[]>();
  for (const [name, words] of lists) {
    for (const word of words) {
      const [head, ...rest] = partsOf(word);
      if (head === undefined) continue;
      const key = head.text.slice(0, 2);
      const known = index.get(key);
      if (known === undefined) index.set(key, [{ name, head, rest }]);
      else known.push({ name, head, rest });
    }
  }
  return index;
}

/** Every place where a word of the index stands, from left to right; at one place in the order of the words. */
export function* hitsIn<Name>(text: string, index: WordIndex<Name>): Generator<Hit & { name: Name }> {
  for (let start = 0; start < text.length; start++) {
    // A word begins nowhere inside a Latin word.
    if (isLatin(text.charCodeAt(start)) && start > 0 && isLatin(text.charCodeAt(start - 1))) continue;
    // The second key is that of words of one character.
    for (const key of [text.slice(start, start + 2), text.slice(start, start + 1)]) {
      for (const { name, head, rest } of index.get(key) ?? []) {
        const end = endOfPart(text, head, start);
        const last = end === null ? null : followOn(text, rest, end);
        if (last !== null) yield { name, start, end: last };
      }
      if (key.length === 1) break;
    }
  }
}

function partsOf(word: string): Part[] {
  const parts = word.includes('...') ? word.split('...') : [word];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*')
    .map((part) =>
      part.endsWith('*') ? { text: part.slice(0, -1), open: true } : { text: part, open: false },
    );
}

function followOn(text: string, parts: readonly Part[], from: number): number | null {
  let end = from;
  for (const part of parts) {
    const next = nextPart(text, part, end);
    if (next === null) return null;
    end = next;
  }
  return end;
}

/** Looks no farther than the gap allows, so that a long title takes no longer a word. */
function nextPart(text: string, part: Part, from: number): number | null {
  const near = text.slice(from, from + classifyLimits.gapMax + part.text.length);
  for (let at = near.indexOf(part.text); at !== -1; at = near.indexOf(part.text, at + 1)) {
    const end = endOfPart(text, part, from + at);
    if (end !== null) return end;
  }
  return null;
}

/** Where a part that begins here ends, or null where it isn't here or is a piece of a longer Latin word. */
function endOfPart(text: string, { text: part, open }: Part, start: number): number | null {
  if (!text.startsWith(part, start)) return null;
  const end = start + part.length;
  const cut = (at: number): boolean => isLatin(text.charCodeAt(at - 1)) && isLatin(text.charCodeAt(at));
  return (start > 0 && cut(start)) || (!open && end < text.length && cut(end)) ? null : end;
}

/** Latin letters and digits; a text in match form has no upper-case ones. */
function isLatin(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return code < 0x250 && /\p{Script=Latin}/u.test(String.fromCharCode(code));
}
