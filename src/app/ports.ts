import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedProblem, FeedState } from '../feed/feed-state.ts';
import type { EpochMs, Item } from '../feed/item.ts';

/** Wall time decides what is due and what is stale; boot time (counts suspend, never jumps) measures waits and leases. */
export interface Clock {
  now(): EpochMs;
  bootMs(): number;
  /** Resolves after the time, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Ids and jitter are drawn here, so that tests and the simulation can choose them. */
export interface Randomness {
  /** Sorts by `now`; unique. */
  entryId(now: EpochMs): string;
  nonce(): string;
  /** 256 bits that nobody can guess, as 64 hexadecimal digits. */
  secret(): string;
  /** Uniform in [0, 1). */
  fraction(): number;
}

/** One poll's reading of a feed, fetched, decoded and parsed; never throws. Feed-level problems explain missing items. */
export type FeedReading =
  | {
      kind: 'items';
      items: readonly Item[];
      problems: readonly FeedProblem[];
      state: FeedReadingState;
      doubledGuids: boolean;
    }
  | { kind: 'unchanged'; problems: readonly FeedProblem[]; state: FeedReadingState }
  | { kind: 'failed'; problems: readonly FeedProblem[]; retryAfterMs: number | null; gone: boolean };

/** Validators and hints to remember once the items are committed. */
export type FeedReadingState = Pick<
  FeedState,
  'etag' | 'lastModified' | 'bodyHash' | 'lastBuildDate' | 'ttlMs'
> & {
  /** The server's wish for the next poll (ttl, Cache-Control, Retry-After), milliseconds; null: none. */
  notBeforeMs: number | null;
};

export interface FeedReader {
  read(feed: FeedConfig, state: FeedState | null, now: EpochMs, signal: AbortSignal): Promise<FeedReading>;
  close(): Promise<void>;
}

/** Tells people. Delivery may fail; that is logged and never stops publishing. */
export interface Notifier {
  tell(notice: Notice): Promise<void>;
}
export type Notice = {
  code: string;
  params: Readonly<Record<string, string | number>>;
  severity: 'info' | 'warning' | 'alarm';
};

/** Hands small documents to a server that the institution named in its configuration, and to no other. */
export interface Outside {
  /**
   * One POST of JSON, never repeated; `delivered` is a 2xx. `none`: no address is configured for the purpose. Never rejects, and answers
   * within `outsideLimits.deadlineMs`.
   */
  post(purpose: 'audit-head' | 'alarm', body: object, signal: AbortSignal): Promise<Delivery>;
}
export type Delivery = { kind: 'delivered' } | { kind: 'none' } | { kind: 'failed'; detail: string };

/** Structured log. Secrets are redacted by the adapter. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
