import type { EpochMs } from '../feed/item.ts';

/** Header names in lower case, as Node gives them; a header that came twice may be a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * What came back of one HTTP request, before anyone judges it. `body` is parsed JSON, or the text where it is not JSON.
 * `complete` is false where the answer ended early. A failure without any status says whether a byte had left.
 */
export type Answer =
  | { kind: 'response'; status: number; headers: AnswerHeaders; body: unknown; complete: boolean }
  | { kind: 'failure'; phase: 'before-write' | 'after-write'; code: string; message: string };

/** JSON where it is JSON, whatever the content type claims; else the text itself. Never throws. */
export function parseBody(text: string): unknown {
  if (text === '') return '';
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a header, the first where it came more than once; null where it is absent or empty. */
export function headerText(headers: AnswerHeaders, name: string): string | null {
  const value = headers[name];
  const first = typeof value === 'string' ? value : value?.[0];
  return first === undefined || first.trim() === '' ? null : first.trim();
}

/** X's own clock by its Date header, in whole seconds; null where the header is missing or no date. */
export function serverTime(headers: AnswerHeaders): EpochMs | null {
  const text = headerText(headers, 'date');
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

/** X's post and user ids: decimal strings of up to 19 digits (OpenAPI of X API v2). A number is not an id: it has lost digits. */
export function isRemoteId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9]{1,19}$/.test(value);
}
