import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedProblem, FeedState } from '../feed/feed-state.ts';
import type { EpochMs, Item } from '../feed/item.ts';
import type { Scope } from '../outbox/entry.ts';

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
      /** What was read, where it was a document of its own. */
      document?: KeptDocument;
    }
  | { kind: 'unchanged'; problems: readonly FeedProblem[]; state: FeedReadingState }
  | {
      kind: 'failed';
      problems: readonly FeedProblem[];
      retryAfterMs: number | null;
      gone: boolean;
      document?: KeptDocument;
    };

/** A document exactly as a server or a file gave it. */
export type KeptDocument = {
  bytes: Uint8Array;
  contentType: string | null;
  /** The address that its links are relative to; null: it has none. */
  finalUrl: string | null;
  readAt: EpochMs;
};

/**
 * The last documents of each feed, so that people can see again what a poll saw. Keeping is a convenience: what fails is logged, and
 * no method rejects. Bounded in number, bytes and age.
 */
export interface DocumentShelf {
  /** A document that equals the newest one is not kept a second time. */
  keep(scope: Scope, feed: string, document: KeptDocument): Promise<void>;
  /** Newest first. */
  list(scope: Scope, feed: string): Promise<readonly { readAt: EpochMs; bytes: number }[]>;
  /** null: it is no longer kept. */
  find(scope: Scope, feed: string, readAt: EpochMs): Promise<KeptDocument | null>;
  /** Removes what was read before the instant, of every feed and scope; returns how many. */
  forget(before: EpochMs): Promise<number>;
}

/** Parses a document as a poll would have at the time it was read; never throws. */
export type ReadKept = (feed: FeedConfig, document: KeptDocument) => Promise<FeedReading>;

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
  post(purpose: OutsidePurpose, body: object, signal: AbortSignal): Promise<Delivery>;
  /**
   * Whether the server can be reached and proves who it is: a connection that is closed again, and nothing sent on it, so that nobody is
   * called. `delivered`: it does. As bounded as post().
   */
  reach(purpose: OutsidePurpose, signal: AbortSignal): Promise<Delivery>;
}
export type OutsidePurpose = 'audit-head' | 'alarm';
export type Delivery = { kind: 'delivered' } | { kind: 'none' } | { kind: 'failed'; detail: string };

/** Structured log. Secrets are redacted by the adapter. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
