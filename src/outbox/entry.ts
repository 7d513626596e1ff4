import type { Topic } from '../classify/classification.ts';
import type { DraftSource } from '../compose/draft.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import type { PolicyRule, Reason } from '../policy/verdict.ts';

/** Where a post may go. What was made for one mode is refused by a publisher of another. */
export type Mode = 'live' | 'sandbox' | 'drill';

/** Every stored row belongs to one mode and one account (the handle, without `@`). */
export type Scope = { mode: Mode; account: string };

export const STATES = [
  'queued',
  'held',
  'refused',
  'attempting',
  'uncertain',
  'published',
  'rejected',
  'cancelled',
  'expired',
  'withdrawing',
  'withdrawn',
] as const;
export type State = (typeof STATES)[number];

/** Why the entry exists. A `forced` one was typed by a person; a `correction` belongs to a withdrawal. */
export type EntryKind = 'announcement' | 'update' | 'forced' | 'correction';

/** One POST, recorded durably before its first byte leaves. */
export type Attempt = {
  /** 1 for the first attempt of the entry. */
  number: number;
  at: EpochMs;
  /** Unique to this attempt; an outcome without it is not accepted. */
  nonce: string;
  /** The lease's fencing token under which it was claimed. */
  epoch: number;
  /** No byte of this attempt may leave after this instant. */
  deadlineAt: EpochMs;
  /** The newest own post known when it was claimed; what is ours is newer. */
  sinceRemoteId: string | null;
};

/** A person's yes to exactly these bytes, and to the reasons that were shown beside them. */
export type Approval = {
  by: string;
  at: EpochMs;
  hash: string;
  reason: string;
  covers: readonly PolicyRule[];
  /** One person's word in place of two, with a typed reason and a fresh sign-in; reviewed by another person afterwards. */
  breakGlass?: true;
};

/** What looking for an uncertain post has found so far. */
export type Search = {
  reads: number;
  /** Reads that counted as "not there" (they began after the quarantine). */
  misses: number;
  lastReadAt: EpochMs | null;
  nextReadAt: EpochMs;
  /** X refused a repeat of the text: it may exist, so it is never sent again by itself. */
  duplicateRefused: boolean;
};

/** A draft in the outbox: all that is needed to publish it, judge it again, and explain it years later. */
export type Entry = Scope & {
  /** Sorts by time of making; short enough to type. */
  id: string;
  kind: EntryKind;
  topic: Topic;
  state: State;
  lang: Lang;
  text: string;
  weight: number;
  url: string | null;
  /** SHA-256 (hex) of text + media + account: what an approval signs and the publisher checks again. */
  textHash: string;
  /** Normalised text without links' trackers: two entries of a scope with the same key within 30 days are duplicates. */
  textKey: string;
  /** Identity of the announcement, unique within the scope; null for what a person typed. */
  originKey: string | null;
  /** Rule that classified it, or `forced`. */
  rule: string;
  reasons: readonly Reason[];
  policyVersion: string;
  source: DraftSource | null;
  template: string;
  predecessorId: string | null;
  correctsId: string | null;
  batchId: string | null;
  approvals: readonly Approval[];
  approvalsNeeded: number;
  createdAt: EpochMs;
  dueAt: EpochMs;
  heldSince: EpochMs | null;
  /** Marked for a person: doubt that looking could not end. */
  needsPerson: boolean;
  attempts: number;
  attempt: Attempt | null;
  firstAttemptAt: EpochMs | null;
  search: Search | null;
  remoteId: string | null;
  publishedAt: EpochMs | null;
  /** The last outcome in X's own words, or the reason of the last act. */
  note: string | null;
  /** Who made or last changed it: an operator's name, or `kosatsu`. */
  by: string;
  /** A pause does not stop it: forced by hand with --override-pause. */
  overridePause: boolean;
  /** Counts changes; every write names the revision it read. */
  revision: number;
};

/** One line of an entry's life, written in the same transaction as the change it tells of. */
export type HistoryLine = {
  entryId: string;
  at: EpochMs;
  event: string;
  from: State | null;
  to: State;
  by: string;
  reason: string | null;
};
