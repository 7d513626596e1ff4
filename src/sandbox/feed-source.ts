import { sandboxLimits } from '../limits/edges.ts';
import type { FeedItem } from './feed-item.ts';
import { baselineItems, releasedItem, SCRIPT_LENGTH } from './feed-script.ts';

/** How the sandbox feed behaves; times in milliseconds after the start. There are eight baseline items at most. */
export type FeedPlan = { baselineItems: number; firstReleaseMs: number; releaseEveryMs: number };

/** The items that stand in the feed at a given moment. */
export class FeedSource {
  readonly #plan: FeedPlan;
  readonly #baseline: readonly FeedItem[];
  #startedAt: number;
  #added: FeedItem[] = [];
  #addedAt = 0;

  constructor(plan: FeedPlan, startedAt: number) {
    // An interval of nothing would release without end.
    this.#plan = { ...plan, releaseEveryMs: Math.max(1, plan.releaseEveryMs) };
    this.#startedAt = startedAt;
    this.#baseline = baselineItems(plan.baselineItems, startedAt);
  }

  /** Newest first. No timer runs: what is released follows from the time alone. */
  items(now: number): FeedItem[] {
    const count = this.#releasedCount(now - this.#startedAt);
    const from = Math.max(0, count - sandboxLimits.feedItemsShown);
    const released = Array.from({ length: count - from }, (_, i) =>
      releasedItem(from + i, this.#startedAt, this.#startedAt + this.#releaseAfter(from + i)),
    );
    return [...this.#added, ...released.toReversed(), ...this.#baseline]
      .toSorted((a, b) => b.publishedAt - a.publishedAt)
      .slice(0, sandboxLimits.feedItemsShown);
  }

  /** When the feed last became another: the newest release, or the last item that was added, whatever its own date. */
  changedAt(now: number): number {
    return Math.max(this.#addedAt, this.items(now)[0]?.publishedAt ?? 0);
  }

  /** Releases an item at once. */
  add(item: FeedItem, now: number): void {
    this.#addedAt = now;
    this.#added.push(item);
    if (this.#added.length > sandboxLimits.feedItemsAddedMax) this.#added.shift();
  }

  /** Forgets the added items and tells the script again, as another story. */
  restart(now: number): void {
    this.#added = [];
    this.#startedAt = now;
  }

  #releaseAfter(index: number): number {
    const { firstReleaseMs, releaseEveryMs } = this.#plan;
    const inScript = Math.min(index, SCRIPT_LENGTH - 1);
    return firstReleaseMs + inScript * releaseEveryMs + (index - inScript) * this.#trickleMs();
  }

  #releasedCount(elapsedMs: number): number {
    const lastOfScript = this.#releaseAfter(SCRIPT_LENGTH - 1);
    if (elapsedMs >= lastOfScript)
      return SCRIPT_LENGTH + Math.floor((elapsedMs - lastOfScript) / this.#trickleMs());
    const since = elapsedMs - this.#plan.firstReleaseMs;
    return since < 0 ? 0 : 1 + Math.floor(since / this.#plan.releaseEveryMs);
  }

  #trickleMs(): number {
    return Math.max(sandboxLimits.feedTrickleMs, this.#plan.releaseEveryMs);
  }
}
