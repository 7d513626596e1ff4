import { DAY } from './units.ts';

/*
 * Bounds of classifying, composing and judging text.
 * Every bound has its unit and its reason; a loop, queue, body, batch, retry or wait without one in this folder is a defect.
 */

/** Judging titles by the words of config/rules.yaml. */
export const classifyLimits = {
  /** Characters of a title that are looked at. Real titles stay under 300. */
  titleMax: 2_000,
  /** Characters between the parts of a word with a gap: about one clause. */
  gapMax: 40,
  /** Between two words that a rule wants near each other, a Japanese character counted as two: an adjective or a date. */
  nearMax: 24,
  /** Words of one list that are tried for that. */
  nearHitsMax: 20,
  /** Characters of one word, words of one list, rules and tests of one file: far above what people maintain. */
  wordMax: 80,
  wordsMax: 1_000,
  rulesMax: 100,
  testsMax: 1_000,
} as const;

/** Composing posts. */
export const composeLimits = {
  /** Characters of a text that twitter-text weighs; its time grows with the square (3.5 s for 40,000). */
  weighedCharsMax: 4_000,
  /** Characters of a title that are composed with: a post holds at most 140 emoji of 15 characters. */
  titleMax: 2_100,
  /** Characters of a title that are cleaned before that. */
  rawTitleMax: 4_000,
  /** Share of the room that a cut at a phrase border may leave empty before a lesser border is taken. */
  phraseLossMax: 0.5,
  /** Looks at a text whose links were taken apart; each round leaves fewer. */
  unlinkRoundsMax: 4,
  /** Weight that a template must leave for the title: 40 Japanese characters, below which titles lose their sense. */
  titleRoomMin: 80,
  /** Characters of a field of a template for forced notices. */
  fieldMax: 200,
} as const;

/** Tying an announcement to the one that it follows. */
export const followUpLimits = {
  /** Earlier entries that are compared, the newest first; some months of an office's announcements. */
  entriesMax: 500,
  /** Relief after a great disaster is extended for years; beyond this a page is a matter of its own. */
  reachMs: 800 * DAY,
  /** Folded characters that a common beginning must have: 手続の取扱い alone begins many titles. */
  stemMin: 16,
  /** Folded characters that the name of an event must have to tie two notices: 台風 alone names none. */
  eventMin: 6,
  /** Two titles at least this alike are one matter; those of two disasters reach about 0.85. */
  likenessMin: 0.95,
} as const;
