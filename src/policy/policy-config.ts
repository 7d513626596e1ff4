import type { MonthlyBudget, Prices } from './cost.ts';

/** How many people must say yes before a post goes out. */
export type ApprovalMode = 'auto' | 'one' | 'two';

/** The policy in the institution's own words, as it stands before the public. */
export type PublishedPolicy = {
  /** Where questions and opinions go, because the account answers none. */
  opinionBox: string;
  ja: { title: string; clauses: readonly string[] };
  en: { title: string; clauses: readonly string[] };
};

/** The institution's published policy, as the program enforces it (config/policy.yaml). Durations are milliseconds. */
export type PolicyConfig = {
  /** Recorded with every entry that it judged. */
  version: string;
  /** Hosts that a post may link to; `jpo.go.jp` also allows its subdomains. */
  allowedHosts: readonly string[];
  shortenerHosts: readonly string[];
  /** Main updates wait inside these hours, in minutes after midnight, Asia/Tokyo; may pass midnight. null: never. */
  quietHours: { fromMinute: number; toMinute: number } | null;
  dailyBudget: { posts: number; reservedForUrgent: number };
  approval: { feedMain: ApprovalMode; feedUrgent: ApprovalMode; forced: ApprovalMode };
  /** An approval older than this no longer counts: what it said yes to may have changed in the world. */
  approvalExpiresMs: number;
  /** A main item whose date is older than this is held. */
  staleItemMs: number;
  /** A queued main post older than this expires. */
  mainQueuedMaxMs: number;
  duplicateTextWindowMs: number;
  futureDatedMs: number;
  prices: Prices;
  budget: MonthlyBudget;
  /** null: the settings hold no text. */
  published: PublishedPolicy | null;
};
