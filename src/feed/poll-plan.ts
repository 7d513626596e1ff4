import { pollLimits } from '../limits/intake.ts';
import type { FeedConfig } from './feed-config.ts';
import type { EpochMs, Item } from './item.ts';

/** What decides when a feed is asked again; durations in milliseconds. */
export type PollOutcome = {
  intervalMs: number;
  /** Polls that failed one after another, this one included; 0 after a success. */
  failures: number;
  /** The server's wish (Retry-After, ttl, Cache-Control), from now; null: none. */
  notBeforeMs: number | null;
  /** The server said 410: the address is gone for good. */
  gone: boolean;
  /** Uniform in [0, 1). */
  fraction: number;
  now: EpochMs;
};

/** The instant of the next poll. Never sooner than the interval or the server wishes, but never put off without an end. */
export function nextPollAt({ intervalMs, failures, notBeforeMs, gone, fraction, now }: PollOutcome): EpochMs {
  const interval = Math.max(intervalMs, pollLimits.intervalMinMs);
  // The exponent is bounded first, because 2 ** 1100 is Infinity.
  const doubled = interval * 2 ** Math.min(Math.max(failures, 0), 20);
  const backedOff =
    failures === 0 ? interval : Math.min(doubled, Math.max(interval, pollLimits.backOffMaxMs));
  const wish = Math.min(Math.max(notBeforeMs ?? 0, 0), pollLimits.serverWishMaxMs);
  const wait = gone ? Math.max(pollLimits.goneMs, interval) : Math.max(backedOff, wish);
  // Only ever later: a server's wish is a floor.
  return now + Math.round(wait * (1 + pollLimits.jitterShare * fraction));
}

/** Whether the item is the institution's concern: some feeds carry a whole ministry's announcements. */
export function feedFilter(feed: FeedConfig, item: Item): boolean {
  if (feed.titleIncludes.length === 0) return true;
  const title = item.title.normalize('NFKC').toLowerCase();
  return feed.titleIncludes.some((wanted) => title.includes(wanted.normalize('NFKC').toLowerCase()));
}
