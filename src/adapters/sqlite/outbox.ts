import type { FeedState } from '../../feed/feed-state.ts';
import type { EpochMs } from '../../feed/item.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import type { DueRequest } from '../../outbox/due.ts';
import type { Entry, HistoryLine, Scope, State } from '../../outbox/entry.ts';
import type { EntryEvent, EventKind } from '../../outbox/event.ts';
import type {
  Alert,
  Applied,
  Claimed,
  EntryFilter,
  KeptOutcome,
  OutboxStore,
  PollRecord,
  Stop,
  Slot,
} from '../../outbox/outbox-store.ts';
import { StoreError, assertNewestPoll } from '../../outbox/outbox-store.ts';
import type { StopKey } from '../../outbox/stops.ts';
import { versionFacts } from '../../outbox/versions.ts';
import type { Ballast } from './ballast.ts';
import type { Connection } from './connection.ts';
import { toStoreError } from './errors.ts';
import * as entries from './entries.ts';
import { SqliteGovernance } from './governance.ts';
import type { FilePlace } from './file-place.ts';
import type { OutcomeSlots } from './outcome-slots.ts';
import * as rows from './scope-rows.ts';
import * as seen from './seen.ts';

/** What happened to a POST that has left: these commits must succeed even on a full disk. */
const SETTLING: readonly EventKind[] = ['accepted', 'doubt', 'later', 'not-sent', 'rejected'];

/**
 * The outbox in one SQLite file. The driver is synchronous, so every method has done its work when it returns, in one transaction.
 * Without a ballast (a reader, a database in memory) nothing is kept back for a full disk, and nothing may be claimed.
 */
export class SqliteOutbox implements OutboxStore {
  /** People and the log, in the same file and the same transactions. */
  readonly governance: SqliteGovernance;
  readonly #db: Connection;
  readonly #ballast: Ballast | null;
  readonly #slots: OutcomeSlots | null;
  readonly #place: FilePlace | null;

  constructor(
    db: Connection,
    ballast: Ballast | null,
    slots: OutcomeSlots | null = null,
    place: FilePlace | null = null,
  ) {
    this.#db = db;
    this.#ballast = ballast;
    this.#slots = slots;
    this.#place = place;
    this.governance = new SqliteGovernance(db);
  }

  recordPoll(record: PollRecord): Promise<void> {
    const { scope } = record;
    return this.#write(() => {
      assertNewestPoll(record, rows.feedState(this.#db, scope, record.feed.feed));
      for (const entry of record.entries) entries.insertEntry(this.#db, entry);
      // A predecessor that has gone on meanwhile is no longer unsent: then it stays, and its successor waits for it.
      for (const { id, event } of record.supersede) entries.applyEvent(this.#db, id, event);
      for (const item of record.seen) seen.rememberItem(this.#db, scope, item);
      rows.saveFeedState(this.#db, scope, record.feed);
    });
  }

  recordEntry(entry: Entry, factName?: string): Promise<void> {
    return this.#write(() => {
      entries.insertEntry(this.#db, entry);
      if (factName !== undefined) rows.setFact(this.#db, entry, factName, entry.id);
    });
  }

  async apply(id: string, event: EntryEvent, alongside?: Entry): Promise<Applied> {
    const work = (): Promise<Applied> =>
      this.#write(() => {
        const applied = entries.applyEvent(this.#db, id, event);
        if (applied.kind !== 'applied' || alongside === undefined) return applied;
        entries.insertEntry(this.#db, alongside);
        if (event.kind === 'edit') entries.followVersion(this.#db, id, alongside);
        for (const [name, value] of versionFacts(id, event, alongside))
          rows.setFact(this.#db, alongside, name, value);
        return applied;
      });
    if (!SETTLING.includes(event.kind)) return work();
    try {
      const applied = await this.#withBallast(work);
      if (event.kind === 'accepted') this.#forgetBeside(event);
      return applied;
    } catch (error) {
      if (event.kind === 'accepted' && error instanceof StoreError) this.#keepBeside(id, event);
      throw error;
    }
  }

  keptOutcomes(): Promise<readonly KeptOutcome[]> {
    return this.#read(() => {
      try {
        return this.#slots?.kept() ?? [];
      } catch (error) {
        throw toStoreError(error);
      }
    });
  }

  claim(request: Parameters<OutboxStore['claim']>[0]): Promise<Claimed> {
    return this.#write(() => {
      if (rows.leaseEpoch(this.#db) !== request.epoch) return { kind: 'lease-lost' };
      const next = entries.nextDue(this.#db, request);
      if (next === null) return { kind: 'nothing-due', nextDueAt: entries.nextDueAt(this.#db, request) };
      // Before the attempt is on record: where its outcome could not be written, or found again, no request may leave.
      this.#place?.ensure();
      this.#ballast?.ensure();
      this.#slots?.ensure();
      const attempt = { ...request.attempt, number: next.attempts + 1 };
      const event: EntryEvent = { kind: 'claim', at: request.attempt.at, by: 'kosatsu', attempt };
      const applied = entries.applyEvent(this.#db, next.id, event);
      if (applied.kind !== 'applied') throw new Error(`a due entry could not be claimed: ${next.id}`);
      return { kind: 'claimed', entry: applied.entry };
    });
  }

  peekDue(request: DueRequest): Promise<Entry | null> {
    return this.#read(() => entries.nextDue(this.#db, request));
  }

  countDue(scope: Scope, slot: Slot, now: EpochMs): Promise<number> {
    return this.#read(() => entries.countDue(this.#db, scope, slot, now));
  }

  find(id: string): Promise<Entry | null> {
    return this.#read(() => entries.findEntry(this.#db, id));
  }

  list(filter: EntryFilter): Promise<readonly Entry[]> {
    return this.#read(() => entries.listEntries(this.#db, filter));
  }

  history(entryId: string): Promise<readonly HistoryLine[]> {
    return this.#read(() => entries.historyOf(this.#db, entryId));
  }

  findByTextKey(scope: Scope, textKey: string, since: EpochMs): Promise<readonly Entry[]> {
    return this.#read(() => entries.findByTextKey(this.#db, scope, textKey, since));
  }

  findByOriginKeys(scope: Scope, originKeys: readonly string[]): Promise<readonly Entry[]> {
    return this.#read(() => entries.findByOriginKeys(this.#db, scope, originKeys));
  }

  countSent(scope: Scope, since: EpochMs): Promise<{ main: number; urgent: number }> {
    return this.#read(() => entries.countSent(this.#db, scope, since));
  }

  countByState(scope: Scope): Promise<Partial<Record<State, number>>> {
    return this.#read(() => entries.countByState(this.#db, scope));
  }

  findByRemoteId(scope: Scope, remoteId: string): Promise<Entry | null> {
    return this.#read(() => entries.findByRemoteId(this.#db, scope, remoteId));
  }

  newestRemoteId(scope: Scope): Promise<string | null> {
    return this.#read(() => entries.newestRemoteId(this.#db, scope));
  }

  lastPublished(scope: Scope): Promise<Entry | null> {
    return this.#read(() => entries.lastPublished(this.#db, scope));
  }

  feedState(scope: Scope, feed: string): Promise<FeedState | null> {
    return this.#read(() => rows.feedState(this.#db, scope, feed));
  }

  saveFeedState(scope: Scope, state: FeedState): Promise<void> {
    return this.#write(() => rows.saveFeedState(this.#db, scope, state));
  }

  findSeen(scope: Scope, keys: readonly string[]): Promise<readonly SeenItem[]> {
    return this.#read(() => seen.findSeen(this.#db, scope, keys));
  }

  lastSeen(scope: Scope, feed: string | null, limit: number): Promise<readonly SeenItem[]> {
    return this.#read(() => seen.lastSeen(this.#db, scope, feed, limit));
  }

  async forgetSeen(scope: Scope, lastSeenBefore: EpochMs): Promise<number> {
    let forgotten = 0;
    let batch: number;
    do {
      batch = await this.#write(() => seen.forgetBatch(this.#db, scope, lastSeenBefore));
      forgotten += batch;
    } while (batch > 0);
    return forgotten;
  }

  stops(scope: Scope): Promise<readonly Stop[]> {
    return this.#read(() => rows.stops(this.#db, scope));
  }

  setStop(scope: Scope, stop: Stop): Promise<void> {
    return this.#write(() => rows.setStop(this.#db, scope, stop));
  }

  clearStop(scope: Scope, stop: StopKey, by: string, reason: string, at: EpochMs): Promise<boolean> {
    return this.#write(() => rows.clearStop(this.#db, scope, stop, { by, reason, at }));
  }

  alerts(scope: Scope): Promise<readonly Alert[]> {
    return this.#read(() => rows.alerts(this.#db, scope));
  }

  saveAlert(scope: Scope, alert: Alert): Promise<void> {
    return this.#write(() => rows.saveAlert(this.#db, scope, alert));
  }

  clearAlert(scope: Scope, key: string): Promise<boolean> {
    return this.#write(() => rows.clearAlert(this.#db, scope, key));
  }

  fact(scope: Scope, name: string): Promise<string | null> {
    return this.#read(() => rows.fact(this.#db, scope, name));
  }

  setFact(scope: Scope, name: string, value: string | null): Promise<void> {
    return this.#write(() => rows.setFact(this.#db, scope, name, value));
  }

  close(): Promise<void> {
    return this.#read(() => this.#db.close());
  }

  /** Where the disk is full, the ballast makes room for this one commit. */
  async #withBallast<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const isFull = error instanceof StoreError && error.code === 'full';
      if (!isFull || this.#ballast?.giveUp() !== true) throw error;
      return work();
    }
  }

  /** The last resort for X's word about a POST; what the caller must hear of is that the store failed. */
  #keepBeside(entryId: string, { nonce, remoteId, at }: EntryEvent & { kind: 'accepted' }): void {
    try {
      this.#slots?.keep({ entryId, nonce, remoteId, at });
    } catch {
      // Then a killed process leaves doubt, which looking at the timeline ends.
    }
  }

  /** What is recorded is recorded: an outcome that stays beside it is read again at the next start, and fits no entry any more. */
  #forgetBeside({ nonce }: EntryEvent & { kind: 'accepted' }): void {
    try {
      this.#slots?.forget(nonce);
    } catch {
      // As above.
    }
  }

  #write<T>(work: () => T): Promise<T> {
    return this.#read(() => this.#db.transaction(work));
  }

  /** What the driver throws becomes a rejection, as the port promises. */
  #read<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      resolve(work());
    });
  }
}
