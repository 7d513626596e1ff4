/** What can be wrong with settings. Each code has its sentence in mistakes.ts. */
export const MISTAKE_CODES = [
  'folder-missing',
  'file-missing',
  'file-unknown',
  'file-unreadable',
  'file-too-large',
  'not-utf8',
  'yaml-syntax',
  'required',
  'required-in-live',
  'unknown-key',
  'wrong-type',
  'not-one-of',
  'out-of-range',
  'too-few',
  'too-many',
  'wrong-form',
  'name-form',
  'handle-form',
  'contact-form',
  'origin-form',
  'duration',
  'duration-range',
  'time-of-day',
  'quiet-hours-empty',
  'reserve-too-large',
  'monthly-reserve-too-large',
  'ceiling-below-reserve',
  'host-form',
  'url-form',
  'url-scheme',
  'url-credentials',
  'hook-scheme',
  'poll-too-often',
  'name-taken',
  'name-reserved',
  'selectors-needed',
  'selectors-unused',
  'selector-form',
  'rule-test',
  'env-unknown',
  'env-line',
  'env-credentials-partial',
  'env-credential-form',
  'env-not-loopback',
  'env-empty-api-url',
  'env-database',
  'other',
] as const;
export type MistakeCode = (typeof MISTAKE_CODES)[number];

/** Is it one of our codes? Schemas of other stages report theirs in words of their own. */
export function isMistakeCode(code: unknown): code is MistakeCode {
  return MISTAKE_CODES.some((known) => known === code);
}

/** One mistake, at a place that a person can go to. `file` as the person knows it, `line` from 1, `key` with dots. */
export type Mistake = {
  file: string;
  line: number | null;
  key: string;
  code: MistakeCode;
  params: Readonly<Record<string, string | number>>;
};
