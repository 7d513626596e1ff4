import type { FeedConfig } from './feed-config.ts';
import type { EpochMs, Item } from './item.ts';
import type { ParseProblem } from './raw-item.ts';

/** A fetched document and how to read it. Plain data: it crosses a worker thread. */
export type ParseInput = {
  bytes: Uint8Array;
  /** The Content-Type header, or null. */
  contentType: string | null;
  /** The address after redirects, against which relative links are meant; null for a file. */
  finalUrl: string | null;
  feed: FeedConfig;
  now: EpochMs;
};

/** What a document says. With problems, `items` holds what can still be believed; each item carries its own problems. */
export type Parsed = {
  items: readonly Item[];
  problems: readonly ParseProblem[];
  lastBuildDate: string | null;
  ttlMs: number | null;
  /** More than 5 % of the guids are doubled: they identify nothing. */
  doubledGuids: boolean;
};

/** Reads documents outside the main thread. Never rejects: a hang or a crash is a problem with no items. */
export interface FeedParser {
  parse(input: ParseInput): Promise<Parsed>;
  /** Ends the thread; what is being parsed resolves with `parse-failed`. */
  close(): Promise<void>;
}
