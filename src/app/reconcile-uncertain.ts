import { reconcileLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { decideSearch, searchSinceId, type SearchWaits } from '../publish/decide-search.ts';
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
  const base = { at: now, by: 'kosatsu' };
  let event: EntryEvent;
  switch (decision.kind) {
    case 'found':
      event = { ...base, kind: 'found', remoteId: decision.remoteId, publishedAt: decision.publishedAt };
      break;
    case 'not-found':
      event = { ...base, kind: 'not-found', retryAt: now };
      break;
    case 'look-again':
      event = {
        ...base,
        kind: 'looked',
        counts: decision.counts,
        nextReadAt: decision.at,
        detail: decision.detail,
      };
      break;
    case 'gave-up':
      event = { ...base, kind: 'gave-up', detail: decision.detail };
      break;
  }
  const applied = await app.store.apply(entry.id, event);
  if (applied.kind !== 'applied') return null;
  const key = `uncertain:${entry.id}`;
  if (event.kind === 'gave-up') {
    const params = {
      id: entry.id,
      text: entry.text,
      detail: decision.kind === 'gave-up' ? decision.detail : '',
    };
    await raiseAlert(app, key, { code: 'entry-needs-person', params, severity: 'alarm' });
  } else if (applied.entry.state !== 'uncertain') {
    await clearAlert(app, key, {
      code: 'entry-settled',
      params: { id: entry.id, state: applied.entry.state },
      severity: 'info',
    });
  }
  return applied.entry;
}

function waitsOf(app: App): SearchWaits {
  return app.config.channel.reconcile;
}
