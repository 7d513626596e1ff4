import { createHash } from 'node:crypto';
import type { EpochMs } from '../feed/item.ts';
import { governanceLimits } from '../limits/storage.ts';
import { foldPersonName } from '../outbox/person-name.ts';

/** One try to sign in with a password. */
export type SignInAttempt = { at: EpochMs; succeeded: boolean };

/** Whether another try is allowed now, and else when. */
export type SignInGate = { kind: 'open' } | { kind: 'wait'; until: EpochMs };

/**
 * Five tries in fifteen minutes are free; then each further failure doubles the wait. A success, or a day, wipes the slate.
 * `attempts` are those of one name, in the order in which they were kept. Tries from the future (a clock was set back) count as of now.
 */
export function signInGate(attempts: readonly SignInAttempt[], now: EpochMs): SignInGate {
  const { freeTries, windowMs, firstWaitMs, longestWaitMs, forgetMs } = governanceLimits.signIn;
  const lastSuccess = attempts.findLastIndex(({ succeeded }) => succeeded);
  const failures = attempts
    .slice(lastSuccess + 1)
    .map(({ at }) => Math.min(at, now))
    .filter((at) => at > now - forgetMs)
    .toSorted((a, b) => a - b);
  if (failures.length < freeTries || !hasBurst(failures, freeTries, windowMs)) return { kind: 'open' };
  const doublings = Math.min(failures.length - freeTries, 30);
  const wait = Math.min(firstWaitMs * 2 ** doublings, longestWaitMs);
  const until = (failures.at(-1) ?? now) + wait;
  return until > now ? { kind: 'wait', until } : { kind: 'open' };
}

/** The key under which a name's tries are kept: people type passwords into the wrong field, and those must not be stored. */
export function signInKey(name: string): string {
  return createHash('sha256').update(foldPersonName(name), 'utf8').digest('hex');
}

function hasBurst(times: readonly EpochMs[], size: number, windowMs: number): boolean {
  return times.some((at, index) => {
    const first = times[index - size + 1];
    return first !== undefined && at - first <= windowMs;
  });
}
