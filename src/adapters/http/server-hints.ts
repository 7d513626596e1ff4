import { fetchLimits } from '../../limits/intake.ts';
import type { EpochMs } from '../../feed/item.ts';

/** The headers that say when to come again, as Node gives them (lower-case names, the first of doubles). */
export type HintHeaders = {
  'cache-control'?: string | undefined;
  age?: string | undefined;
  expires?: string | undefined;
  date?: string | undefined;
  'retry-after'?: string | undefined;
};

/** Retry-After (RFC 9110, 10.2.3) in milliseconds from now: seconds or an HTTP date; capped; null where absent or senseless. */
export function retryAfterMs(headers: HintHeaders, now: EpochMs): number | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d{1,9}$/.test(text)) return capped(Number(text) * 1_000, fetchLimits.retryAfterMaxMs);
  const at = httpDate(text);
  if (at === null) return null;
  return capped(at - (httpDate(headers.date) ?? now), fetchLimits.retryAfterMaxMs);
}

/** How long the answer stays fresh (RFC 9111, 4.2): max-age less Age, else Expires less Date; capped; null where unsaid. */
export function freshForMs(headers: HintHeaders, now: EpochMs): number | null {
  const control = (headers['cache-control'] ?? '').toLowerCase();
  if (/\bno-(?:cache|store)\b/.test(control)) return null;
  const seconds = /\bmax-age\s*=\s*"?(\d{1,9})/.exec(control)?.[1];
  if (seconds !== undefined) {
    const age = /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
    return capped((Number(seconds) - age) * 1_000, fetchLimits.freshForMaxMs);
  }
  const until = httpDate(headers.expires);
  if (until === null) return null;
  return capped(until - (httpDate(headers.date) ?? now), fetchLimits.freshForMaxMs);
}

// A wait of nothing is no wish at all.
function capped(ms: number, maxMs: number): number | null {
  return ms > 0 ? Math.min(ms, maxMs) : null;
}

function httpDate(text: string | undefined): EpochMs | null {
  // HTTP dates name a weekday and GMT; anything else would be read in the zone of this machine.
  if (text === undefined || !/^[A-Za-z]{3,9},? .* GMT$/.test(text.trim())) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
