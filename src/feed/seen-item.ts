import type { EpochMs, Lang } from './item.ts';

/** What is remembered of an item, so that it is never news again. Kept at least 400 days after it was last seen. */
export type SeenItem = {
  /** Our own id; stays the same when the item returns under other keys. */
  seenId: string;
  feed: string;
  /** Every key under which the item was met (see feed/identity.ts); grows, never shrinks. */
  keys: readonly string[];
  title: string;
  url: string | null;
  lang: Lang;
  publishedAt: EpochMs | null;
  firstSeenAt: EpochMs;
  lastSeenAt: EpochMs;
  /** Why no entry exists, or that one does. */
  disposition: 'baseline' | 'recorded' | 'ignored';
  /** The newest entry made from it. */
  entryId: string | null;
};
