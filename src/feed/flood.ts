import { floodLimits } from '../limits/intake.ts';
import type { FeedConfig } from './feed-config.ts';
import type { FeedState } from './feed-state.ts';
import { identityKeys, type Identified } from './identity.ts';
import type { SeenItem } from './seen-item.ts';

/**
 * Why the news of one poll is not believed as it stands. `many`: more at once than the feed may bring. `replaced`: nothing, or nearly
 * nothing, of what the feed lists was ever met, so it lists something else now (another site's feed, an archive, every title rewritten). `met-before`: most of
 * it stands on pages, or bears titles, that are known.
 */
export const FLOOD_KINDS = ['many', 'replaced', 'met-before'] as const;
export type FloodKind = (typeof FLOOD_KINDS)[number];

/** One poll's news as the breaker sees it; `fresh` are the identified items that are new or edited. */
export type PollNews = {
  identified: readonly Identified[];
  fresh: readonly Identified[];
  /** The records that share a key with one of the items, as they were before this poll. */
  remembered: readonly SeenItem[];
  feed: Pick<FeedConfig, 'name' | 'burst'>;
  state: FeedState | null;
};

/** Whether the news of a poll is a flood, and of which kind; null where it may be believed. The first reading of a feed is no flood. */
export function floodOf({ identified, fresh, remembered, feed, state }: PollNews): FloodKind | null {
  if (state?.baselineDone !== true) return null;
  if (fresh.length > feed.burst) return 'many';
  if (fresh.length < floodLimits.fewestItems) return null;
  if (fresh.length >= identified.length * floodLimits.replacedShare) return 'replaced';
  const keys = new Set(remembered.flatMap((record) => record.keys));
  const met = fresh.filter(({ item }) => identityKeys(item, feed.name).some((key) => keys.has(key)));
  return met.length >= Math.max(floodLimits.fewestItems, fresh.length * floodLimits.metBeforeShare)
    ? 'met-before'
    : null;
}
