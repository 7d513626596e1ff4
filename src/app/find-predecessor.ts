import { followUpOf, type FollowUp } from '../classify/follow-up.ts';
import { digitsOf, foldTitle, likeness } from '../feed/fold-title.ts';
import type { EpochMs, Item } from '../feed/item.ts';
import { followUpLimits } from '../limits/words.ts';
import type { Entry, State } from '../outbox/entry.ts';
import type { App } from './app.ts';

/** That an item follows an earlier announcement, and which entry that one is, where it is known. */
export type Following = { followUp: FollowUp; predecessor: Entry | null };

/** An entry that never became, and never will become, a post has no follow-up. */
const TOLD: readonly State[] = [
  'queued',
  'held',
  'attempting',
  'uncertain',
  'published',
  'withdrawing',
  'withdrawn',
  'rejected',
  'expired',
];

/** Asks for the earlier announcements of the scope once, and only where some item speaks of one. */
export class Predecessors {
  readonly #app: App;
  readonly #now: EpochMs;
  #entries: Promise<readonly Entry[]> | null = null;

  constructor(app: App, now: EpochMs) {
    this.#app = app;
    this.#now = now;
  }

  /** null where the item follows nothing, or its title only sounds so and no earlier announcement is known. */
  async of(item: Item): Promise<Following | null> {
    const followUp = followUpOf(item.title);
    if (followUp === null) return null;
    this.#entries ??= this.#recent();
    const predecessor = findPredecessor(item, followUp, await this.#entries);
    return predecessor === null && !followUp.marked ? null : { followUp, predecessor };
  }

  async #recent(): Promise<readonly Entry[]> {
    const { scope, store } = this.#app;
    const limit = followUpLimits.entriesMax;
    const entries = await store.list({ scope, states: TOLD, newestFirst: true, limit });
    return entries.filter(({ createdAt }) => this.#now - createdAt <= followUpLimits.reachMs);
  }
}

/**
 * The newest announcement of the same matter in the same language: the same page, or the same title but for the marks.
 * Figures must agree (台風第15号 is not 第16号), and near likeness is not enough: two disasters are worded alike.
 */
function findPredecessor(
  item: Pick<Item, 'title' | 'url' | 'lang'>,
  followUp: FollowUp,
  newestFirst: readonly Entry[],
): Entry | null {
  const stem = foldTitle(followUp.stem);
  return (
    newestFirst.find((entry) => {
      if (entry.source === null || entry.lang !== item.lang) return false;
      if (item.url !== null && item.url === entry.source.url) return true;
      const title = entry.source.title;
      const earlier = foldTitle(followUpOf(title)?.stem ?? title);
      return isSameMatter(stem, earlier);
    }) ?? null
  );
}

function isSameMatter(stem: string, earlier: string): boolean {
  if (stem === '' || earlier === '' || digitsOf(stem) !== digitsOf(earlier)) return false;
  const [short, long] = stem.length < earlier.length ? [stem, earlier] : [earlier, stem];
  if (short.length >= followUpLimits.stemMin && long.startsWith(short)) return true;
  return likeness(stem, earlier) >= followUpLimits.likenessMin;
}
