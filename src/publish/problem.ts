import { answerLimits } from '../limits/publishing.ts';
import { isRecord } from './answer.ts';
import type { AccountRefusal } from './publisher.ts';

/** An error body of X in a shape that is known: problem+json of v2, or the numbered errors of v1. */
export type Problem = {
  title: string;
  detail: string;
  /** The end of the problem's address (`user-suspended`): its host differs between answers. */
  type: string;
  codes: readonly number[];
  messages: readonly string[];
};

/** Reads an error body; null where its shape is unknown, which proves nothing about the post. */
export function readProblem(body: unknown): Problem | null {
  if (!isRecord(body)) return null;
  const errors = Array.isArray(body['errors']) ? body['errors'].filter(isRecord) : [];
  const codes = errors
    .map((error) => error['code'])
    .filter((code): code is number => Number.isSafeInteger(code));
  const messages = errors.map((error) => error['message']).filter((text) => typeof text === 'string');
  const title = textOf(body['title']);
  const detail = textOf(body['detail']);
  const isProblem = title !== '' && detail !== '';
  if (!isProblem && codes.length === 0) return null;
  return { title, detail, type: textOf(body['type']).split('/').at(-1) ?? '', codes, messages };
}

/** Numbered errors of v1 that X still sends; they mean the account or the app, not the post. */
const REFUSAL_BY_CODE: Readonly<Record<number, AccountRefusal>> = {
  32: 'unauthorized',
  63: 'suspended',
  64: 'suspended',
  89: 'unauthorized',
  135: 'unauthorized',
  141: 'suspended',
  185: 'account-limit',
  215: 'unauthorized',
  226: 'account-limit',
  261: 'client-forbidden',
  326: 'locked',
  416: 'client-forbidden',
};

const REFUSAL_BY_TYPE: Readonly<Record<string, AccountRefusal>> = {
  'user-suspended': 'suspended',
  'app-suspended': 'suspended',
  'client-forbidden': 'client-forbidden',
  'oauth1-permissions': 'client-forbidden',
  'unsupported-authentication': 'unauthorized',
  credits: 'credits',
  'usage-capped': 'credits',
};

/** X's sentences where it gives no better sign. Only for 403: there X does not quote the post back. */
const REFUSAL_BY_WORDS: readonly (readonly [RegExp, AccountRefusal])[] = [
  [/\b(?:user|account|app(?:lication)?)\b.*\bsuspended\b/i, 'suspended'],
  [/\b(?:account|user)\b.*\blocked\b/i, 'locked'],
  // Not any limit: a text over the character limit is the post's fault, and must not stop the account.
  [/\bdaily\b.*\blimit\b|\bover\b.*\b(?:update|posting)\b.*\blimit\b/i, 'account-limit'],
  [/^client forbidden$/i, 'client-forbidden'],
  [/^unsupported authentication$/i, 'unauthorized'],
];

/** Does the answer refuse the account rather than the post? `byWords` also reads X's sentences. */
export function accountRefusalOf(problem: Problem, byWords: boolean): AccountRefusal | null {
  for (const code of problem.codes) {
    const refusal = REFUSAL_BY_CODE[code];
    if (refusal !== undefined) return refusal;
  }
  const byType = REFUSAL_BY_TYPE[problem.type];
  if (byType !== undefined) return byType;
  if (!byWords) return null;
  const words = [problem.title, problem.detail, ...problem.messages];
  return REFUSAL_BY_WORDS.find(([pattern]) => words.some((text) => pattern.test(text)))?.[1] ?? null;
}

const DUPLICATE_CODE = 187;

/** X says that the text exists already, without saying which post it means. */
export function isDuplicate(problem: Problem, byWords: boolean): boolean {
  if (problem.codes.includes(DUPLICATE_CODE)) return true;
  return byWords && [problem.detail, ...problem.messages].some((text) => /\bduplicate\b/i.test(text));
}

/** X's own words on one line, without control characters, short enough for a list. */
export function wordsOf(problem: Problem): string {
  const parts = [problem.title, problem.detail, ...problem.messages].filter((text) => text !== '');
  const codes = problem.codes.map((code) => `code ${String(code)}`);
  return oneLine([...new Set([...parts, ...codes])].join(' / '));
}

/** One line of plain text, shortened; what stands in a log or a list must not break it. */
export function oneLine(text: string): string {
  const plain = text
    .slice(0, answerLimits.detailMaxChars * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ')
    .trim();
  const letters = Array.from(plain);
  return letters.length <= answerLimits.detailMaxChars
    ? plain
    : `${letters.slice(0, answerLimits.detailMaxChars - 1).join('')}…`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
