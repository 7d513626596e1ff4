import type { Lang } from './item.ts';

/** CSS selectors by which an HTML list page is read, relative to `item` but for `item` itself. */
export type ListSelectors = { item: string; title: string; link: string; date: string | null };

/** One configured source of announcements. Defaults are in `config.ts`; durations are milliseconds. */
export type FeedConfig = {
  /** Unique short name; entries and seen items refer to it. */
  name: string;
  kind: 'feed' | 'html-list';
  /** http(s) address, or (only when a person typed it on the command line) a file path. */
  location: { kind: 'url'; url: string } | { kind: 'file'; path: string };
  enabled: boolean;
  /** null: found per item from its title. */
  lang: Lang | null;
  pollIntervalMs: number;
  /** People are told when nothing new came for this long. */
  longestSilenceMs: number;
  /** Only items whose title holds one of these (after NFKC, without regard to case) are looked at; empty: all. */
  titleIncludes: readonly string[];
  selectors: ListSelectors | null;
  /** Loopback and private addresses are refused unless this is set. */
  allowPrivateAddress: boolean;
  /** More new items than this in one poll are held as a batch. */
  burst: number;
};
