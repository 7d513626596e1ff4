import { classifyLimits } from '../limits/words.ts';
import { matchForm } from './match-words.ts';

/** A line of a block of text that is neither empty nor a comment; `line` counts from 0, as the block's lines do. */
export type BlockLine = { line: number; text: string };

/** A mistake in a block or a list, and the line or element in which it stands. */
export type WordMistake = { at: number; message: string };

/** The lines of a block. One that begins with `#` is a comment. */
export function blockLines(block: string): BlockLine[] {
  return block
    .split('\n')
    .map((text, line) => ({ line, text: text.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/**
 * Words in match form, out of a block (apart by commas and line ends) or a list. A block of thousands of words is one
 * value to YAML, a list is thousands: a command that only shows something must not wait for that.
 */
export function readWords(given: string | readonly string[]): { words: string[]; mistakes: WordMistake[] } {
  const words: string[] = [];
  const mistakes: WordMistake[] = [];
  const keep = (at: number, word: string): void => {
    const message = fault(word);
    if (message === null) words.push(word);
    else mistakes.push({ at, message: `"${word.slice(0, 20)}": ${message}` });
  };
  if (typeof given !== 'string') given.forEach((word, at) => keep(at, matchForm(word)));
  else {
    for (const { line, text } of blockLines(given)) {
      const parts = matchForm(text)
        .split(',')
        .map((part) => part.trim());
      for (const word of parts.filter((part) => part !== '')) keep(line, word);
    }
  }
  if (words.length > classifyLimits.wordsMax)
    mistakes.push({ at: 0, message: `more than ${classifyLimits.wordsMax} words` });
  return { words, mistakes };
}

/**
 * One Latin letter or a lone `*` would match almost everything. Whoever writes a regular expression believes that it is one: as a word it
 * would match nothing, and as what it was meant to be it might never end.
 */
function fault(word: string): string | null {
  if (word.length > classifyLimits.wordMax) return `longer than ${classifyLimits.wordMax} characters`;
  if (/[\\^$|{}]|[.)\]][*+?]|\(\?/.test(word)) return 'words are plain; no regular expression is run';
  return /[^\x20-\x7e]|[a-z0-9]&?[a-z0-9]/.test(word) ? null : 'a word of one letter matches too much';
}

/** A test as one line: a title, and after it in angle brackets the address where that matters. */
export function readTestLine(text: string): { title: string; url: string | null } {
  const found = /^(?<title>.*\S)\s+<(?<url>https?:[^<>\s]+)>$/u.exec(text);
  const { title, url } = found?.groups ?? {};
  return title === undefined || url === undefined ? { title: text, url: null } : { title, url };
}
