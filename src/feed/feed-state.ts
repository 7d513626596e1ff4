import type { EpochMs } from './item.ts';

/** What can be wrong with a whole feed; `detail` is the evidence (status line, byte count, parser's words). */
export type FeedProblem = {
  code:
    | 'unreachable'
    | 'timeout'
    | 'http-status'
    | 'gone'
    | 'throttled'
    | 'address-refused'
    | 'redirect-refused'
    | 'too-large'
    | 'truncated'
    | 'tls'
    | 'empty'
    | 'html'
    | 'not-xml'
    | 'not-a-feed'
    | 'too-deep'
    | 'too-many'
    | 'parse-timeout'
    | 'parse-failed'
    | 'lossy-encoding'
    | 'selectors-match-nothing'
    | 'items-vanished'
    | 'silent'
    | 'unchanged-build-date'
    | 'certificate-expires'
    | 'moved'
    | 'items-held'
    | 'burst';
  detail: string;
  since: EpochMs;
};

/** What is known of a feed between polls. Committed in the same transaction as the items it describes. */
export type FeedState = {
  feed: string;
  etag: string | null;
  lastModified: string | null;
  bodyHash: string | null;
  lastPollAt: EpochMs | null;
  lastSuccessAt: EpochMs | null;
  lastNewItemAt: EpochMs | null;
  /** When a document was read last that was not the one before: what it listed was seen then. Absent before the first. */
  lastItemsAt?: EpochMs;
  nextPollAt: EpochMs;
  failures: number;
  itemCount: number | null;
  lastBuildDate: string | null;
  /** How long the document itself asks to be left alone (`ttl`), milliseconds; it holds while the document is unchanged. */
  ttlMs?: number | null;
  /** Set once the first successful poll has marked what it found as known. */
  baselineDone: boolean;
  /** Set for good once more than 5 % of a poll's guids were doubled: they identify nothing. */
  guidsUnreliable: boolean;
  problems: readonly FeedProblem[];
  /** How its polls went, a line for each day on which there was one, oldest first, and no more than are kept. Absent before the first. */
  pollDays?: readonly PollDay[];
  /** The last times at which it could not be read, oldest first, and no more than are kept. Absent before the first. */
  outages?: readonly FeedOutage[];
};

/** Polls one after the other that failed with the same answer, the first and the last of them at these times. */
export type FeedOutage = Pick<FeedProblem, 'code' | 'detail'> & { from: EpochMs; to: EpochMs; polls: number };

/** The polls of one day in Japan, which begins at `from`, by how they ended. */
export type PollDay = { from: EpochMs; read: number; unchanged: number; failed: number };

/** A feed that has never been read; due at once. */
export function emptyFeedState(feed: string): FeedState {
  return {
    feed,
    etag: null,
    lastModified: null,
    bodyHash: null,
    lastPollAt: null,
    lastSuccessAt: null,
    lastNewItemAt: null,
    nextPollAt: 0,
    failures: 0,
    itemCount: null,
    lastBuildDate: null,
    baselineDone: false,
    guidsUnreliable: false,
    problems: [],
  };
}
