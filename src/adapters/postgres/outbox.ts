import type { FeedState } from '../../feed/feed-state.ts';
import type { EpochMs } from '../../feed/item.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import { stopClearedFact, stopSetFact } from '../../governance/audit-facts.ts';
import { compareIds } from '../../outbox/due.ts';
import type { DueRequest } from '../../outbox/due.ts';
import type { Entry, HistoryLine, Scope, State } from '../../outbox/entry.ts';
import type { EntryEvent } from '../../outbox/event.ts';
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
import { assertNewestPoll } from '../../outbox/outbox-store.ts';
import { compareStops, stopName } from '../../outbox/stops.ts';
import type { StopKey } from '../../outbox/stops.ts';
import { versionFacts } from '../../outbox/versions.ts';
import { appendFact } from './audit.ts';
import type { Database } from './connection.ts';
import * as entries from './entries.ts';
import { PostgresGovernance } from './governance.ts';
import * as rows from './scope-rows.ts';

/** The outbox in a PostgreSQL database that several machines share. Each method is one transaction; writers take turns. */
export class PostgresOutbox implements OutboxStore {
  /** People and the log, in the same schema and the same transactions. */
  readonly governance: PostgresGovernance;
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
    this.governance = new PostgresGovernance(db);
  }

  recordPoll(record: PollRecord): Promise<void> {
    const { scope } = record;
    return this.#db.transaction(async (db) => {
      assertNewestPoll(record, await rows.findNamed<FeedState>(db, scope, 'feed', record.feed.feed));
      for (const entry of record.entries) await entries.insertEntry(db, entry);
      // A predecessor that has gone on meanwhile is no longer unsent: then it stays, and its successor waits for it.
      for (const { id, event } of record.supersede) await entries.applyEvent(db, id, event);
      for (const item of record.seen) await rows.rememberItem(db, scope, item);
      await rows.saveNamed(db, scope, 'feed', record.feed.feed, record.feed);
    });
  }

  recordEntry(entry: Entry, factName?: string): Promise<void> {
    return this.#db.transaction(async (db) => {
      await entries.insertEntry(db, entry);
      if (factName !== undefined) await rows.saveNamed(db, entry, 'fact', factName, entry.id);
    });
  }

  apply(id: string, event: EntryEvent, alongside?: Entry): Promise<Applied> {
    return this.#db.transaction(async (db) => {
      const applied = await entries.applyEvent(db, id, event);
      if (applied.kind !== 'applied' || alongside === undefined) return applied;
      await entries.insertEntry(db, alongside);
      if (event.kind === 'edit') await entries.followVersion(db, id, alongside);
      for (const [name, value] of versionFacts(id, event, alongside))
        await rows.saveNamed(db, alongside, 'fact', name, value);
      return applied;
    });
  }

  keptOutcomes(): Promise<readonly KeptOutcome[]> {
    return Promise.resolve([]);
  }

  claim(request: Parameters<OutboxStore['claim']>[0]): Promise<Claimed> {
    return this.#db.transaction(async (db): Promise<Claimed> => {
      if ((await rows.leaseEpoch(db)) !== request.epoch) return { kind: 'lease-lost' };
      const next = await entries.nextDue(db, request);
      if (next === null) return { kind: 'nothing-due', nextDueAt: await entries.nextDueAt(db, request) };
      const attempt = { ...request.attempt, number: next.attempts + 1 };
      const event: EntryEvent = { kind: 'claim', at: request.attempt.at, by: 'kosatsu', attempt };
      const applied = await entries.applyEvent(db, next.id, event);
      if (applied.kind !== 'applied') throw new Error(`a due entry could not be claimed: ${next.id}`);
      return { kind: 'claimed', entry: applied.entry };
    });
  }

  peekDue(request: DueRequest): Promise<Entry | null> {
    return entries.nextDue(this.#db, request);
  }

  countDue(scope: Scope, slot: Slot, now: EpochMs): Promise<number> {
    return entries.countDue(this.#db, scope, slot, now);
  }

  find(id: string): Promise<Entry | null> {
    return entries.findEntry(this.#db, id);
  }

  list(filter: EntryFilter): Promise<readonly Entry[]> {
    return entries.listEntries(this.#db, filter);
  }

  history(entryId: string): Promise<readonly HistoryLine[]> {
    return entries.historyOf(this.#db, entryId);
  }

  findByTextKey(scope: Scope, textKey: string, since: EpochMs): Promise<readonly Entry[]> {
    return entries.findByTextKey(this.#db, scope, textKey, since);
  }

  findByOriginKeys(scope: Scope, originKeys: readonly string[]): Promise<readonly Entry[]> {
    return entries.findByOriginKeys(this.#db, scope, originKeys);
  }

  countSent(scope: Scope, since: EpochMs): Promise<{ main: number; urgent: number }> {
    return entries.countSent(this.#db, scope, since);
  }

  countByState(scope: Scope): Promise<Partial<Record<State, number>>> {
    return entries.countByState(this.#db, scope);
  }

  findByRemoteId(scope: Scope, remoteId: string): Promise<Entry | null> {
    return entries.findByRemoteId(this.#db, scope, remoteId);
  }

  newestRemoteId(scope: Scope): Promise<string | null> {
    return entries.newestRemoteId(this.#db, scope);
  }

  lastPublished(scope: Scope): Promise<Entry | null> {
    return entries.lastPublished(this.#db, scope);
  }

  feedState(scope: Scope, feed: string): Promise<FeedState | null> {
    return rows.findNamed<FeedState>(this.#db, scope, 'feed', feed);
  }

  saveFeedState(scope: Scope, state: FeedState): Promise<void> {
    return rows.saveNamed(this.#db, scope, 'feed', state.feed, state);
  }

  findSeen(scope: Scope, keys: readonly string[]): Promise<readonly SeenItem[]> {
    return rows.findSeen(this.#db, scope, keys);
  }

  lastSeen(scope: Scope, feed: string | null, limit: number): Promise<readonly SeenItem[]> {
    return rows.lastSeen(this.#db, scope, feed, limit);
  }

  async forgetSeen(scope: Scope, lastSeenBefore: EpochMs): Promise<number> {
    let forgotten = 0;
    let batch: number;
    do {
      batch = await this.#db.transaction((db) => rows.forgetBatch(db, scope, lastSeenBefore));
      forgotten += batch;
    } while (batch > 0);
    return forgotten;
  }

  async stops(scope: Scope): Promise<readonly Stop[]> {
    return (await rows.allNamed<Stop>(this.#db, scope, 'stop')).toSorted(compareStops);
  }

  setStop(scope: Scope, stop: Stop): Promise<void> {
    return this.#db.transaction(async (db) => {
      const before = await rows.findNamed<Stop>(db, scope, 'stop', stopName(stop));
      await appendFact(db, stopSetFact(scope, stop, before));
      await rows.saveNamed(db, scope, 'stop', stopName(stop), stop);
      await rows.addStopLine(db, scope, { event: 'set', ...stop });
    });
  }

  clearStop(scope: Scope, stop: StopKey, by: string, reason: string, at: EpochMs): Promise<boolean> {
    const { kind, topic, feed } = stop;
    return this.#db.transaction(async (db) => {
      const before = await rows.findNamed<Stop>(db, scope, 'stop', stopName(stop));
      const isCleared = await rows.deleteNamed(db, scope, 'stop', stopName(stop));
      if (before !== null) await appendFact(db, stopClearedFact(scope, before, { by, reason, at }));
      const line = { event: 'cleared', kind, topic, feed, by, reason, at };
      if (isCleared) await rows.addStopLine(db, scope, line);
      return isCleared;
    });
  }

  async alerts(scope: Scope): Promise<readonly Alert[]> {
    const alerts = await rows.allNamed<Alert>(this.#db, scope, 'alert');
    return alerts.toSorted((a, b) => a.since - b.since || compareIds(a.key, b.key));
  }

  saveAlert(scope: Scope, alert: Alert): Promise<void> {
    return rows.saveNamed(this.#db, scope, 'alert', alert.key, alert);
  }

  clearAlert(scope: Scope, key: string): Promise<boolean> {
    return rows.deleteNamed(this.#db, scope, 'alert', key);
  }

  fact(scope: Scope, name: string): Promise<string | null> {
    return rows.findNamed<string>(this.#db, scope, 'fact', name);
  }

  async setFact(scope: Scope, name: string, value: string | null): Promise<void> {
    if (value === null) await rows.deleteNamed(this.#db, scope, 'fact', name);
    else await rows.saveNamed(this.#db, scope, 'fact', name, value);
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}
