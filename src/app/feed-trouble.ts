import type { FeedProblem, FeedState } from '../feed/feed-state.ts';
import type { EpochMs } from '../feed/item.ts';
import { noticeLimits } from '../limits/running.ts';
import type { FeedEffect } from '../messages/feed-effects.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Alert } from '../outbox/outbox-store.ts';

/** One thing that is wrong with a feed, and what is not posted because of it. */
export type FeedTrouble = FeedProblem & { effect: FeedEffect };

/** `unposted` are the posts of the scope that wait for a person or were refused, of any feed. */
export type FeedFacts = {
  feed: string;
  state: FeedState | null;
  silence: Alert | undefined;
  unposted: readonly Entry[];
  now: EpochMs;
};

/** Which faults of an item a fault of the whole document explains. */
const EXPLAINS: Partial<Record<FeedProblem['code'], readonly string[]>> = {
  truncated: ['document-truncated'],
  'lossy-encoding': ['title-lossy', 'title-mojibake'],
};

/**
 * Everything that is wrong with one feed now: what its last reading showed, its silence, batches that wait, and items whose own
 * faults keep them back. Each post counts for one trouble only.
 */
export function feedTroubles({ feed, state, silence, unposted, now }: FeedFacts): readonly FeedTrouble[] {
  const own = unposted.filter((entry) => entry.source?.feed === feed);
  const faulty = own.filter((entry) => entry.batchId === null && faultsOf(entry).length > 0);
  const explained = new Set<Entry>();
  const troubles = (state?.problems ?? []).map((problem): FeedTrouble => {
    if (state !== null && state.failures > 0) {
      return { ...problem, effect: { kind: 'unread', since: state.lastSuccessAt, failures: state.failures } };
    }
    const codes = EXPLAINS[problem.code] ?? [];
    const because = faulty.filter(
      (entry) => faultsOf(entry).some((code) => codes.includes(code)) && isOpen(entry, problem.since),
    );
    for (const entry of because) explained.add(entry);
    return { ...problem, effect: heldEffect(because) };
  });
  const rest = faulty.filter((entry) => !explained.has(entry) && isOpen(entry, now - noticeLimits.repeatMs));
  return [...troubles, ...silenceTrouble(silence), ...batchTroubles(own), ...itemsTrouble(rest)];
}

/** Nobody can do more about a refused post, so it is shown for as long as the trouble lasts, or for a day. */
function isOpen({ state, createdAt }: Entry, since: EpochMs): boolean {
  return state === 'held' || createdAt >= since;
}

function faultsOf({ source }: Entry): readonly string[] {
  return source?.problems.filter(({ blocking }) => blocking).map(({ code }) => code) ?? [];
}

/** What a silent feed did not list was not kept back by anything. */
function silenceTrouble(alert: Alert | undefined): FeedTrouble[] {
  const code = alert?.params['problem'];
  if (alert === undefined || (code !== 'silent' && code !== 'unchanged-build-date')) return [];
  return [{ code, detail: String(alert.params['detail']), since: alert.since, effect: heldEffect([]) }];
}

function batchTroubles(own: readonly Entry[]): FeedTrouble[] {
  const waiting = own.filter(({ batchId, state }) => batchId !== null && state === 'held');
  return [...Map.groupBy(waiting, ({ batchId }) => batchId)].map(([id, entries]) => ({
    code: 'burst',
    detail: `batch ${id} of ${entries.length}`,
    since: sinceOf(entries),
    effect: heldEffect(entries),
  }));
}

function itemsTrouble(entries: readonly Entry[]): FeedTrouble[] {
  if (entries.length === 0) return [];
  const detail = `items with faults: ${entries.length}`;
  return [{ code: 'items-held', detail, since: sinceOf(entries), effect: heldEffect(entries) }];
}

function heldEffect(entries: readonly Entry[]): FeedEffect {
  const count = entries.filter(({ state }) => state === 'held').length;
  return { kind: 'held', count, refused: entries.length - count };
}

function sinceOf(entries: readonly Entry[]): EpochMs {
  return Math.min(...entries.map((entry) => entry.heldSince ?? entry.createdAt));
}
