import type { Topic } from '../classify/classification.ts';
import type { EpochMs, Lang } from '../feed/item.ts';

/** Where a draft came from, frozen with it, so that no later step needs the feed. */
export type DraftSource = {
  feed: string;
  itemId: string;
  title: string;
  url: string | null;
  publishedAt: EpochMs | null;
  /** Codes of the item's problems; a blocking one holds the draft. */
  problems: readonly { code: string; detail: string; blocking: boolean }[];
};

/** Composed text before judgement. `text` is exactly what X would receive. */
export type Draft = {
  topic: Topic;
  lang: Lang;
  text: string;
  /** X's weighted length, by compose/post-weight.ts. */
  weight: number;
  weightMax: number;
  url: string | null;
  template: string;
  /** True where the title did not fit and ends in an ellipsis. */
  shortened: boolean;
  source: DraftSource | null;
};
