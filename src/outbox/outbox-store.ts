import type { FeedState } from '../feed/feed-state.ts';
import type { EpochMs } from '../feed/item.ts';
import type { SeenItem } from '../feed/seen-item.ts';
import type { Topic } from '../classify/classification.ts';
import type { Attempt, Entry, HistoryLine, Scope, State } from './entry.ts';
import type { EntryEvent } from './event.ts';
import type { StopKey } from './stops.ts';

/** All that one poll learned. It commits whole or not at all, so no item is marked seen whose entry is not recorded. */
export type PollRecord = {
  scope: Scope;
  feed: FeedState;
  /**
   * When the feed had last been polled as this poll began (null: never). Where it has been polled since, by a process that took over
   * from one that was frozen, what this poll read is old: the call is a `conflict`. Not given: not asked.
   */
  lastPollBefore?: EpochMs | null;
  /** Inserted, or replaced where the seenId exists. */
  seen: readonly SeenItem[];
  /** Entries in state queued, held or refused, as judged. */
  entries: readonly Entry[];
  /**
   * Unsent predecessors that a newer report replaces, of earlier polls or of this one, and what tells of an edit that was undone and is
   * held; carried out after `entries` are recorded, where it is still legal.
   */
  supersede: readonly { id: string; event: EntryEvent }[];
};

export type Applied =
  | { kind: 'applied'; entry: Entry }
  /**
   * The table forbids the event in the entry's present state, or another entry of the scope already has the post that the event
   * names (one post is never the proof of two entries); nothing was written.
   */
  | { kind: 'illegal'; entry: Entry }
  | { kind: 'missing' };

export type Claimed =
  | { kind: 'claimed'; entry: Entry }
  | { kind: 'nothing-due'; nextDueAt: EpochMs | null }
  | { kind: 'lease-lost' };

/** Main posts and urgent posts never wait for each other. */
export type Slot = Topic;

/** A stop of publishing, set by people (`pause`) or by X's refusals of the account (`account`). */
export type Stop = StopKey & {
  reason: string;
  by: string;
  since: EpochMs;
  /** When to try again by itself (throttling, credentials); null: only `resume` ends it. */
  until: EpochMs | null;
};

/** Something people must know, shown until it is no longer so. `code` picks the sentence. */
export type Alert = {
  key: string;
  code: string;
  params: Readonly<Record<string, string | number>>;
  since: EpochMs;
  lastToldAt: EpochMs;
};

/** That X accepted an attempt, as it was kept beside a store that could not take it. */
export type KeptOutcome = { entryId: string; nonce: string; remoteId: string; at: EpochMs };

/** Every condition that is given must hold. The order is that of making: `createdAt`, then `id`. */
export type EntryFilter = {
  scope?: Scope;
  states?: readonly State[];
  limit?: number;
  newestFirst?: boolean;
  /** Made at or after the instant. */
  madeFrom?: EpochMs;
  /** Made before the instant. */
  madeBefore?: EpochMs;
  /** Comes after this one in the order that is asked for: the last of one page begins the next. */
  after?: { createdAt: EpochMs; id: string };
  /** Was, or may have been, sent at or after the instant, as countSent() counts. */
  sentFrom?: EpochMs;
};

/**
 * The durable memory of the program. One method is one transaction; none does network I/O inside.
 * A method rejects with StoreError only when the storage itself fails (full, read-only, locked, corrupt);
 * then nothing of the call was committed, unless `commitUnknown` says that it cannot be known.
 */
export interface OutboxStore {
  recordPoll(record: PollRecord): Promise<void>;
  /**
   * Records an entry that comes from no feed, with its first history line. `factName` is set to the entry's id in the
   * same transaction, so that a repeated request finds the entry that it made.
   */
  recordEntry(entry: Entry, factName?: string): Promise<void>;
  /**
   * Reads the entry, runs transition(), writes it `WHERE state and revision are as read`, and a history line. `alongside` is
   * an entry recorded in the same transaction if the event is applied: the correction that goes with a withdrawal, the next version
   * that comes of an edit. Where the event is an edit, the facts that lead from one version to the other are set as well (versions.ts), and
   * what followed the one follows the other.
   * Where the event brings an entry back that might have been at X, a newer report that goes out itself takes its place in the same
   * transaction (supersede.ts): the entry returned is then cancelled.
   */
  apply(id: string, event: EntryEvent, alongside?: Entry): Promise<Applied>;
  /**
   * Acceptances that the storage refused when they came. Whoever recovers applies each as `accepted`; once that was answered, the store
   * forgets it. Always empty where nothing is kept beside the store.
   */
  keptOutcomes(): Promise<readonly KeptOutcome[]>;
  /**
   * Claims the next due entry of a slot (state queued, due, oldest first; a successor never before an unsettled predecessor, its own or that of one that it replaced) as one
   * attempt, if `epoch` is still the lease's. With `onlyId`, that entry or nothing. What a paused feed brought waits, unless it overrides pauses.
   */
  claim(request: {
    scope: Scope;
    slot: Slot;
    now: EpochMs;
    epoch: number;
    onlyId?: string;
    overridePauseOnly: boolean;
    pausedFeeds?: readonly string[];
    attempt: Omit<Attempt, 'number'>;
  }): Promise<Claimed>;
  /** The entry that claim() would take, without taking it. */
  peekDue(request: {
    scope: Scope;
    slot: Slot;
    now: EpochMs;
    overridePauseOnly: boolean;
    pausedFeeds?: readonly string[];
    onlyId?: string;
  }): Promise<Entry | null>;
  /** Entries that stand in a slot's queue and are due, whatever keeps them back. */
  countDue(scope: Scope, slot: Slot, now: EpochMs): Promise<number>;
  find(id: string): Promise<Entry | null>;
  list(filter: EntryFilter): Promise<readonly Entry[]>;
  history(entryId: string): Promise<readonly HistoryLine[]>;
  /** Entries of the scope with this text key made at or after `since`, in any state but refused, cancelled and expired. */
  findByTextKey(scope: Scope, textKey: string, since: EpochMs): Promise<readonly Entry[]>;
  findByOriginKeys(scope: Scope, originKeys: readonly string[]): Promise<readonly Entry[]>;
  /** Posts that were or may have been sent since the instant (published, attempting, uncertain, withdrawn), by topic. */
  countSent(scope: Scope, since: EpochMs): Promise<{ main: number; urgent: number }>;
  countByState(scope: Scope): Promise<Partial<Record<State, number>>>;
  /** The entry that became this post, or null. */
  findByRemoteId(scope: Scope, remoteId: string): Promise<Entry | null>;
  newestRemoteId(scope: Scope): Promise<string | null>;
  lastPublished(scope: Scope): Promise<Entry | null>;

  feedState(scope: Scope, feed: string): Promise<FeedState | null>;
  saveFeedState(scope: Scope, state: FeedState): Promise<void>;
  /** Remembered items of the scope that share one of the keys, from any feed. */
  findSeen(scope: Scope, keys: readonly string[]): Promise<readonly SeenItem[]>;
  /** Remembered items of the scope, those met last first: of one feed, or (null) of all; `limit` of them at most. */
  lastSeen(scope: Scope, feed: string | null, limit: number): Promise<readonly SeenItem[]>;
  /** Removes items last seen before the instant; returns how many. */
  forgetSeen(scope: Scope, lastSeenBefore: EpochMs): Promise<number>;

  stops(scope: Scope): Promise<readonly Stop[]>;
  setStop(scope: Scope, stop: Stop): Promise<void>;
  /** Ends the stop of exactly this kind and reach; false where there is none. */
  clearStop(scope: Scope, stop: StopKey, by: string, reason: string, at: EpochMs): Promise<boolean>;
  alerts(scope: Scope): Promise<readonly Alert[]>;
  saveAlert(scope: Scope, alert: Alert): Promise<void>;
  clearAlert(scope: Scope, key: string): Promise<boolean>;
  /** Small facts about the account or the worker (account id, address of the status page); null deletes. */
  fact(scope: Scope, name: string): Promise<string | null>;
  setFact(scope: Scope, name: string, value: string | null): Promise<void>;
  close(): Promise<void>;
}

/**
 * `conflict`: another process recorded the same announcement first; what the call brought was not kept, and the next poll finds what is.
 * `too-old`: the SQLite library is not safe, or the database was made by a newer version of the program. `outdated`: the database is of an
 * older version, and whoever only reads does not bring it up to date.
 */
export type StoreErrorCode =
  'full' | 'read-only' | 'locked' | 'conflict' | 'corrupt' | 'io' | 'too-old' | 'outdated';

/** Refuses a poll that another one has overtaken; `stored` is the feed's state as it is now. */
export function assertNewestPoll(record: PollRecord, stored: FeedState | null): void {
  const { lastPollBefore } = record;
  if (lastPollBefore !== undefined && (stored?.lastPollAt ?? null) !== lastPollBefore)
    throw new StoreError('conflict', `feed has been polled since: ${record.feed.feed}`);
}

/** The storage failed. `code` decides what people are told; the message is the driver's own. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly commitUnknown: boolean;
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown; commitUnknown?: boolean }) {
    super(message, { cause: options?.cause });
    this.name = 'StoreError';
    this.code = code;
    this.commitUnknown = options?.commitUnknown ?? false;
  }
}
