import { answerLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import { type AnswerHeaders, headerText, serverTime } from './answer.ts';

/** X's windows: 15 minutes, then 24 hours of the app and of the user. Resets are epoch seconds by X's clock. */
const WINDOWS = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour'] as const;

/**
 * When a 429 ends, by our clock; null where X gives no usable time. The latest reset of the windows that are used up decides;
 * where none says so, the earliest reset, because a 429 does not tell which limit was met (the daily one may have no headers).
 * A reset that is no number, past, or absurdly far is as good as none.
 */
export function throttledUntil(headers: AnswerHeaders, now: EpochMs): EpochMs | null {
  // Differences by X's clock survive a wrong clock of ours.
  const reference = serverTime(headers) ?? now;
  const usedUp: EpochMs[] = [];
  const open: EpochMs[] = [];
  for (const window of WINDOWS) {
    const waitMs = (numberOf(headers, `${window}-reset`) ?? Number.NaN) * 1_000 - reference;
    if (!isUsable(waitMs)) continue;
    const remaining = numberOf(headers, `${window}-remaining`);
    (remaining !== null && remaining > 0 ? open : usedUp).push(now + waitMs);
  }
  const retryAfter = retryAfterMs(headers, reference);
  if (retryAfter !== null) usedUp.push(now + retryAfter);
  if (usedUp.length > 0) return Math.max(...usedUp);
  return open.length > 0 ? Math.min(...open) : null;
}

function retryAfterMs(headers: AnswerHeaders, reference: EpochMs): number | null {
  const text = headerText(headers, 'retry-after');
  if (text === null) return null;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - reference;
  return isUsable(waitMs) ? waitMs : null;
}

function numberOf(headers: AnswerHeaders, name: string): number | null {
  const text = headerText(headers, name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function isUsable(waitMs: number): boolean {
  return Number.isFinite(waitMs) && waitMs > 0 && waitMs <= answerLimits.throttleMaxMs;
}
