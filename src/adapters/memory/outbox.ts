import type { FeedState } from '../../feed/feed-state.ts';
import type { EpochMs } from '../../feed/item.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import { stopClearedFact, stopSetFact } from '../../governance/audit-facts.ts';
import { storeLimits } from '../../limits/storage.ts';
import type { DueRequest } from '../../outbox/due.ts';
import {
  SENT_STATES,
  TEXT_FREE_STATES,
  compareIds,
  compareRemoteIds,
  isWaiting,
  sameScope,
  sentAt,
} from '../../outbox/due.ts';
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
import { nextDue, nextDueAt } from './due.ts';
import { applyEvent, entriesWhere, followVersion, insertEntry, meets } from './entries.ts';
import { MemoryGovernance } from './governance.ts';
import { findSeenItems, forgetItem, rememberItem } from './seen.ts';
import { copyTables, emptyTables, keep, scopedKey, valuesOf } from './tables.ts';
import type { Tables } from './tables.ts';

/**
 * The outbox in memory: for previews, dry runs and the simulation. Each method runs to its end without yielding, so it is one
 * transaction. What it returns is frozen. `snapshot` and `restore` are the simulation's power loss and restored backup.
 */
export class MemoryOutbox implements OutboxStore {
  #tables: Tables = emptyTables();
  /** People and the log, in the same tables. */
  readonly governance: MemoryGovernance = new MemoryGovernance(() => this.#tables);

  /** All that is stored, as it is now; a later restore() brings exactly this back. */
  snapshot(): Tables {
    return copyTables(this.#tables);
  }

  /** All that is stored, without a copy; only to look at. */
  peek(): Readonly<Tables> {
    return this.#tables;
  }

  restore(snapshot: Tables): void {
    this.#tables = copyTables(snapshot);
  }

  /** For the lease beside this store only: counts take-overs. */
  takeEpoch(holder: string): number {
    const epoch = this.#tables.lease.epoch + 1;
    this.#tables.lease = { epoch, holder };
    return epoch;
  }

  // oxlint-disable-next-line typescript/require-await -- a failure must be a rejection, as with every other store
  async recordPoll(record: PollRecord): Promise<void> {
    this.#whole(() => {
      assertNewestPoll(record, this.#tables.feeds.get(scopedKey(record.scope, record.feed.feed)) ?? null);
      for (const entry of record.entries) insertEntry(this.#tables, entry);
      for (const { id, event } of record.supersede) applyEvent(this.#tables, id, event);
      for (const item of record.seen) rememberItem(this.#tables, record.scope, item);
      this.#tables.feeds.set(scopedKey(record.scope, record.feed.feed), keep(record.feed));
    });
  }

  // oxlint-disable-next-line typescript/require-await -- as above
  async recordEntry(entry: Entry, factName?: string): Promise<void> {
    insertEntry(this.#tables, entry);
    if (factName !== undefined) this.#tables.facts.set(scopedKey(entry, factName), entry.id);
  }

  // oxlint-disable-next-line typescript/require-await -- as above
  async apply(id: string, event: EntryEvent, alongside?: Entry): Promise<Applied> {
    if (alongside === undefined) return applyEvent(this.#tables, id, event);
    return this.#whole(() => {
      const applied = applyEvent(this.#tables, id, event);
      if (applied.kind !== 'applied') return applied;
      insertEntry(this.#tables, alongside);
      if (event.kind === 'edit') followVersion(this.#tables, id, alongside);
      for (const [name, value] of versionFacts(id, event, alongside))
        this.#tables.facts.set(scopedKey(alongside, name), value);
      return applied;
    });
  }

  keptOutcomes(): Promise<readonly KeptOutcome[]> {
    return Promise.resolve([]);
  }

  claim(request: Parameters<OutboxStore['claim']>[0]): Promise<Claimed> {
    if (request.epoch !== this.#tables.lease.epoch) return Promise.resolve({ kind: 'lease-lost' });
    const next = nextDue(this.#tables, request);
    if (next === null)
      return Promise.resolve({ kind: 'nothing-due', nextDueAt: nextDueAt(this.#tables, request) });
    const attempt = { ...request.attempt, number: next.attempts + 1 };
    const applied = applyEvent(this.#tables, next.id, {
      kind: 'claim',
      at: request.attempt.at,
      by: 'kosatsu',
      attempt,
    });
    if (applied.kind !== 'applied') throw new Error(`a due entry could not be claimed: ${next.id}`);
    return Promise.resolve({ kind: 'claimed', entry: applied.entry });
  }

  peekDue(request: DueRequest): Promise<Entry | null> {
    return Promise.resolve(nextDue(this.#tables, request));
  }

  countDue(scope: Scope, slot: Slot, now: EpochMs): Promise<number> {
    const request = { scope, slot, now, overridePauseOnly: false };
    return Promise.resolve(this.#entries((one) => isWaiting(one, request) && one.dueAt <= now).length);
  }

  find(id: string): Promise<Entry | null> {
    return Promise.resolve(this.#tables.entries.get(id) ?? null);
  }

  list(filter: EntryFilter): Promise<readonly Entry[]> {
    const found = this.#entries((entry) => meets(entry, filter));
    if (filter.newestFirst === true) found.reverse();
    return Promise.resolve(
      found.slice(0, Math.min(filter.limit ?? storeLimits.listMax, storeLimits.listMax)),
    );
  }

  history(entryId: string): Promise<readonly HistoryLine[]> {
    return Promise.resolve(this.#tables.history.get(entryId) ?? []);
  }

  findByTextKey(scope: Scope, textKey: string, since: EpochMs): Promise<readonly Entry[]> {
    const found = this.#entries(
      (entry) =>
        sameScope(entry, scope) &&
        entry.textKey === textKey &&
        entry.createdAt >= since &&
        !TEXT_FREE_STATES.includes(entry.state),
    );
    return Promise.resolve(found);
  }

  findByOriginKeys(scope: Scope, originKeys: readonly string[]): Promise<readonly Entry[]> {
    const found = this.#entries(
      (entry) => sameScope(entry, scope) && entry.originKey !== null && originKeys.includes(entry.originKey),
    );
    return Promise.resolve(found);
  }

  countSent(scope: Scope, since: EpochMs): Promise<{ main: number; urgent: number }> {
    const count = { main: 0, urgent: 0 };
    for (const entry of this.#entries((one) => sameScope(one, scope) && SENT_STATES.includes(one.state))) {
      if ((sentAt(entry) ?? -Infinity) >= since) count[entry.topic] += 1;
    }
    return Promise.resolve(count);
  }

  countByState(scope: Scope): Promise<Partial<Record<State, number>>> {
    const count: Partial<Record<State, number>> = {};
    for (const { state } of this.#entries((one) => sameScope(one, scope))) {
      count[state] = (count[state] ?? 0) + 1;
    }
    return Promise.resolve(count);
  }

  findByRemoteId(scope: Scope, remoteId: string): Promise<Entry | null> {
    const found = this.#entries((entry) => sameScope(entry, scope) && entry.remoteId === remoteId);
    return Promise.resolve(found[0] ?? null);
  }

  newestRemoteId(scope: Scope): Promise<string | null> {
    const ids = this.#entries((entry) => sameScope(entry, scope)).flatMap((entry) => entry.remoteId ?? []);
    return Promise.resolve(ids.toSorted(compareRemoteIds).at(-1) ?? null);
  }

  lastPublished(scope: Scope): Promise<Entry | null> {
    const published = this.#entries((entry) => sameScope(entry, scope) && entry.state === 'published');
    const newest = published.toSorted((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0)).at(-1);
    return Promise.resolve(newest ?? null);
  }

  feedState(scope: Scope, feed: string): Promise<FeedState | null> {
    return Promise.resolve(this.#tables.feeds.get(scopedKey(scope, feed)) ?? null);
  }

  saveFeedState(scope: Scope, state: FeedState): Promise<void> {
    this.#tables.feeds.set(scopedKey(scope, state.feed), keep(state));
    return Promise.resolve();
  }

  findSeen(scope: Scope, keys: readonly string[]): Promise<readonly SeenItem[]> {
    return Promise.resolve(findSeenItems(this.#tables, scope, keys));
  }

  lastSeen(scope: Scope, feed: string | null, limit: number): Promise<readonly SeenItem[]> {
    const own = valuesOf(this.#tables.seen, scope).filter((item) => feed === null || item.feed === feed);
    return Promise.resolve(own.toSorted((a, b) => compareIds(b.seenId, a.seenId)).slice(0, limit));
  }

  forgetSeen(scope: Scope, lastSeenBefore: EpochMs): Promise<number> {
    const old = valuesOf(this.#tables.seen, scope).filter((item) => item.lastSeenAt < lastSeenBefore);
    for (const item of old) forgetItem(this.#tables, scope, item);
    return Promise.resolve(old.length);
  }

  stops(scope: Scope): Promise<readonly Stop[]> {
    return Promise.resolve(valuesOf(this.#tables.stops, scope).toSorted(compareStops));
  }

  setStop(scope: Scope, stop: Stop): Promise<void> {
    const key = scopedKey(scope, stopName(stop));
    appendFact(this.#tables, stopSetFact(scope, stop, this.#tables.stops.get(key) ?? null));
    this.#tables.stops.set(key, keep(stop));
    return Promise.resolve();
  }

  clearStop(scope: Scope, stop: StopKey, by: string, reason: string, at: EpochMs): Promise<boolean> {
    const key = scopedKey(scope, stopName(stop));
    const before = this.#tables.stops.get(key);
    if (before === undefined) return Promise.resolve(false);
    appendFact(this.#tables, stopClearedFact(scope, before, { by, reason, at }));
    return Promise.resolve(this.#tables.stops.delete(key));
  }

  alerts(scope: Scope): Promise<readonly Alert[]> {
    const alerts = valuesOf(this.#tables.alerts, scope);
    return Promise.resolve(alerts.toSorted((a, b) => a.since - b.since || compareIds(a.key, b.key)));
  }

  saveAlert(scope: Scope, alert: Alert): Promise<void> {
    this.#tables.alerts.set(scopedKey(scope, alert.key), keep(alert));
    return Promise.resolve();
  }

  clearAlert(scope: Scope, key: string): Promise<boolean> {
    return Promise.resolve(this.#tables.alerts.delete(scopedKey(scope, key)));
  }

  fact(scope: Scope, name: string): Promise<string | null> {
    return Promise.resolve(this.#tables.facts.get(scopedKey(scope, name)) ?? null);
  }

  setFact(scope: Scope, name: string, value: string | null): Promise<void> {
    if (value === null) this.#tables.facts.delete(scopedKey(scope, name));
    else this.#tables.facts.set(scopedKey(scope, name), value);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** All or nothing: a failure in the middle leaves the tables as they were. */
  #whole<T>(work: () => T): T {
    const before = copyTables(this.#tables);
    try {
      return work();
    } catch (error) {
      this.#tables = before;
      throw error;
    }
  }

  /** In the order of making. */
  #entries(matches: (entry: Entry) => boolean): Entry[] {
    return entriesWhere(this.#tables, matches);
  }
}
