import { reconcileLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import {
  decideSearch,
  searchSinceId,
  type SearchDecision,
  type SearchWaits,
} from '../publish/decide-search.ts';
import { olderId } from '../publish/snowflake.ts';
import type { OwnTimeline } from '../publish/publisher.ts';
import type { App } from './app.ts';
import type { DoubtClock } from './doubt-clock.ts';
import { readOwnPosts } from './read-own-posts.ts';
import { raiseAlert, clearAlert } from './tell-people.ts';

/** One pass over the uncertain entries whose next look is due. */
export type ReconcileReport = { looked: number; settled: readonly Entry[]; nextReadAt: EpochMs | null };

/**
 * Ends doubt by reading the own timeline once for all entries that are due. What cannot be decided stays uncertain,
 * and after a bounded number of looks waits, marked, for a person. Never sends anything.
 */
export async function reconcileUncertain(
  app: App,
  doubts: DoubtClock,
  signal: AbortSignal,
): Promise<ReconcileReport> {
  const uncertain = await app.store.list({ scope: app.scope, states: ['uncertain'] });
  // Also what was marked before: whoever marked it may have died, or the store have failed, before anybody was told.
  for (const entry of uncertain) if (entry.needsPerson) await tellNeedsPerson(app, entry);
  const open = uncertain.filter((entry) => !entry.needsPerson);
  doubts.keepOnly(new Set(open.map((entry) => entry.id)));
  // Asked of all, so that the age of a doubt counts from here and not from its first look.
  const ages = new Map(open.map((entry) => [entry.id, doubts.ageMs(app, entry)]));
  const due = open.filter((entry) => isDue(entry, app.clock.now()));
  const settled: Entry[] = [];
  if (due.length > 0) {
    const timeline = await readTimeline(app, due, signal);
    if (signal.aborted) return { looked: 0, settled, nextReadAt: null };
    for (const entry of due) {
      const after = await settleOne(app, entry, timeline, ages.get(entry.id) ?? 0);
      if (after !== null && after.state !== 'uncertain') settled.push(after);
    }
  }
  const waiting = open.map((entry) => entry.search?.nextReadAt ?? 0);
  return { looked: due.length, settled, nextReadAt: waiting.length === 0 ? null : Math.min(...waiting) };
}

/** Due by the clock; a next look absurdly far ahead was written by a clock that has jumped since, and is due too. */
function isDue(entry: Entry, now: EpochMs): boolean {
  const next = entry.search?.nextReadAt ?? 0;
  return next <= now || next - now > reconcileLimits.lookAheadMaxMs;
}

function readTimeline(app: App, due: readonly Entry[], signal: AbortSignal): Promise<OwnTimeline> {
  const marks = due.map((entry) => searchSinceId(entry, app.clock.now()));
  const sinceId = marks.reduce((a, b) => (a === null || b === null ? null : olderId(a, b)));
  return readOwnPosts(app, sinceId, signal);
}

async function settleOne(
  app: App,
  entry: Entry,
  timeline: OwnTimeline,
  doubtAgeMs: number,
): Promise<Entry | null> {
  const now = app.clock.now();
  const decision = decideSearch(entry, timeline, waitsOf(app), now, doubtAgeMs);
  let applied = await app.store.apply(entry.id, eventOf(decision, now));
  if (applied.kind === 'illegal' && decision.kind === 'found') {
    const taken = await takenBy(app, entry, decision.remoteId);
    if (taken !== null) applied = await app.store.apply(entry.id, eventOf(taken, now));
  }
  if (applied.kind !== 'applied') return null;
  const { state, needsPerson } = applied.entry;
  if (needsPerson) await tellNeedsPerson(app, applied.entry);
  if (state !== 'uncertain') {
    const params = { id: entry.id, state };
    await clearAlert(app, alertOf(entry), { code: 'entry-settled', params, severity: 'info' });
  }
  return applied.entry;
}

function eventOf(decision: SearchDecision, now: EpochMs): EntryEvent {
  const base = { at: now, by: 'kosatsu' };
  switch (decision.kind) {
    case 'found':
      return { ...base, kind: 'found', remoteId: decision.remoteId, publishedAt: decision.publishedAt };
    case 'not-found':
      return { ...base, kind: 'not-found', retryAt: now };
    case 'look-again': {
      const { counts, at: nextReadAt, detail } = decision;
      return { ...base, kind: 'looked', counts, nextReadAt, detail };
    }
    case 'gave-up':
      return { ...base, kind: 'gave-up', detail: decision.detail };
  }
}

/**
 * One post is never the proof of two entries. Where the very words stand there as another entry's, a person has mixed two doubts up, or
 * one text was let go twice: it is neither found nor missing, and looking again would show the same for ever.
 */
async function takenBy(app: App, entry: Entry, remoteId: string): Promise<SearchDecision | null> {
  const holder = await app.store.findByRemoteId(app.scope, remoteId);
  if (holder === null || holder.id === entry.id) return null;
  return { kind: 'gave-up', detail: `post ${remoteId} is on record for ${holder.id}` };
}

/** On the board until the doubt ends, and told again daily. */
async function tellNeedsPerson(app: App, entry: Entry): Promise<void> {
  const params = { id: entry.id, text: entry.text, detail: entry.note ?? '' };
  await raiseAlert(app, alertOf(entry), { code: 'entry-needs-person', params, severity: 'alarm' });
}

function alertOf({ id }: Entry): string {
  return `uncertain:${id}`;
}

function waitsOf(app: App): SearchWaits {
  return app.config.channel.reconcile;
}
