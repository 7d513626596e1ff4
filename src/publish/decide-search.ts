import { reconcileLimits, searchLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry, Search } from '../outbox/entry.ts';
import { likenessOf } from './match-own-post.ts';
import type { OwnPost, OwnTimeline, Unreadable } from './publisher.ts';
import { olderId, snowflakeAt } from './snowflake.ts';

/** Waits of the search; a channel may set them, with a floor in live mode. Milliseconds and counts. */
export type SearchWaits = {
  quarantineMs: number;
  missSpacingMs: number;
  missesNeeded: number;
  readsMax: number;
};

/** What one look at the own timeline means for an uncertain entry. */
export type SearchDecision =
  | { kind: 'found'; remoteId: string; publishedAt: EpochMs }
  /** Sure enough that it is not at X: it may go again. */
  | { kind: 'not-found' }
  /** `counts`: the look proved that it was not there yet; only such looks lead to `not-found`. */
  | { kind: 'look-again'; at: EpochMs; counts: boolean; detail: string }
  /** Looking can't end the doubt; a person must. */
  | { kind: 'gave-up'; detail: string };

const NO_SEARCH = { reads: 0, misses: 0, lastReadAt: null, duplicateRefused: false };

/**
 * Judges one look. A post is ours where it says the same and is not older than our first attempt. "Not there" counts only if
 * the look began a quarantine after the attempt's deadline, was whole, and stands apart from the look before. The quarantine is
 * measured twice: by wall time, and by `doubtAgeMs`, how long this process has known the doubt on a clock that never jumps. An entry whose text
 * X called a duplicate is never declared absent: X says it exists.
 */
export function decideSearch(
  entry: Entry,
  reading: OwnTimeline,
  waits: SearchWaits,
  now: EpochMs,
  doubtAgeMs: number,
): SearchDecision {
  const search = entry.search ?? NO_SEARCH;
  const { attempt } = entry;
  if (attempt === null) return { kind: 'gave-up', detail: 'no attempt is on record' };
  if (reading.kind === 'unreadable') return afterUnreadable(search, reading, waits, now);

  const firstAt = Math.min(entry.firstAttemptAt ?? attempt.at, attempt.at) - reconcileLimits.skewMs;
  const same = reading.posts.filter((post) => likenessOf(entry, post) === 'same');
  const ours = oldest(same.filter((post) => post.createdAt >= firstAt));
  if (ours !== null) return { kind: 'found', remoteId: ours.remoteId, publishedAt: ours.createdAt };

  // An attempt dated ahead of now was dated by a clock that has jumped since: then only the boot clock can tell its age.
  const futureDated = attempt.at > now + reconcileLimits.skewMs;
  const countsFrom = futureDated ? 0 : attempt.deadlineAt + waits.quarantineMs;
  const ageNeeded = waits.quarantineMs + (futureDated ? attempt.deadlineAt - attempt.at : 0);
  const spaced =
    search.misses === 0 || search.lastReadAt === null || now - search.lastReadAt >= waits.missSpacingMs;
  const tooEarly = reading.beganAt < countsFrom || doubtAgeMs < ageNeeded;
  if (!reading.complete || !spaced || tooEarly) {
    const why = reading.complete
      ? 'too early to say that it is not there'
      : 'the timeline could not be read to its end';
    return lookAgain(search, waits, now, countsFrom, why);
  }
  const stranger =
    oldest(same) ??
    reading.posts.find((post) => post.createdAt >= firstAt && likenessOf(entry, post) === 'alike');
  if (stranger !== undefined)
    return { kind: 'gave-up', detail: strangerDetail(stranger, stranger.createdAt < firstAt) };
  if (search.misses + 1 < waits.missesNeeded) {
    if (search.reads + 1 >= waits.readsMax) return { kind: 'gave-up', detail: gaveUpDetail(waits) };
    return { kind: 'look-again', at: now + waits.missSpacingMs, counts: true, detail: 'not on the timeline' };
  }
  if (search.duplicateRefused) {
    return { kind: 'gave-up', detail: 'X says that the text exists, but the timeline does not show it' };
  }
  return { kind: 'not-found' };
}

/**
 * The oldest id that a look for the entry must read back to: everything that may be ours, or X may mean, is newer. Of all dates the
 * earliest counts: a clock that has jumped back since may have dated an attempt hours ahead, and what it sent stands before that.
 */
export function searchSinceId(entry: Entry, now: EpochMs): string | null {
  if (entry.attempt === null) return null;
  const firstAt = Math.min(entry.firstAttemptAt ?? now, entry.attempt.at, now);
  const lookback =
    entry.search?.duplicateRefused === true ? searchLimits.duplicateLookbackMs : searchLimits.lookbackMs;
  const byTime = snowflakeAt(firstAt - lookback);
  // Of two marks the older one: the newest own post at a second attempt may be younger than the first attempt's.
  const byId = entry.attempt.sinceRemoteId;
  return byId === null ? byTime : olderId(byTime, byId);
}

function afterUnreadable(
  search: Pick<Search, 'reads'>,
  reading: Unreadable,
  waits: SearchWaits,
  now: EpochMs,
): SearchDecision {
  const { detail } = reading;
  const readsMax =
    reading.cause === 'forbidden' ? Math.min(searchLimits.forbiddenReadsMax, waits.readsMax) : waits.readsMax;
  if (search.reads + 1 >= readsMax) return { kind: 'gave-up', detail: `own posts can't be read: ${detail}` };
  const backoff = Math.min(
    probeWait(search.reads, waits) * 2 ** Math.max(0, search.reads - LAST_PROBE + 1),
    searchLimits.unreadableWaitMaxMs,
  );
  const wished = reading.until === null ? 0 : Math.min(reading.until - now, reconcileLimits.lookAheadMaxMs);
  return {
    kind: 'look-again',
    at: now + Math.max(backoff, wished),
    counts: false,
    detail: `own posts can't be read: ${detail}`,
  };
}

function lookAgain(
  search: Pick<Search, 'reads'>,
  waits: SearchWaits,
  now: EpochMs,
  countsFrom: EpochMs,
  why: string,
): SearchDecision {
  if (search.reads + 1 >= waits.readsMax) return { kind: 'gave-up', detail: gaveUpDetail(waits) };
  const probe = now + probeWait(search.reads, waits);
  const counting = countsFrom + searchLimits.dateGrainMs;
  // Early looks can only find; once they are used up, wait until a look can count. A mark far ahead is a clock that jumped.
  const wait =
    search.reads < LAST_PROBE || counting <= probe
      ? probe
      : Math.min(counting, now + reconcileLimits.lookAheadMaxMs);
  return { kind: 'look-again', at: wait, counts: false, detail: why };
}

const LAST_PROBE = reconcileLimits.probeMs.length;

function probeWait(reads: number, waits: SearchWaits): number {
  return reconcileLimits.probeMs[reads] ?? Math.max(waits.missSpacingMs, searchLimits.dateGrainMs);
}

function oldest(posts: readonly OwnPost[]): OwnPost | null {
  return posts.reduce<OwnPost | null>(
    (a, b) => (a === null || olderId(a.remoteId, b.remoteId) === b.remoteId ? b : a),
    null,
  );
}

function strangerDetail(post: OwnPost, isOlder: boolean): string {
  const at = new Date(post.createdAt).toISOString();
  return isOlder
    ? `post ${post.remoteId} of ${at} says the same, but is older than the first attempt`
    : `post ${post.remoteId} of ${at} has the same link under other words`;
}

function gaveUpDetail(waits: SearchWaits): string {
  return `still unknown after ${String(waits.readsMax)} looks`;
}
