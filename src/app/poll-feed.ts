import type { FeedConfig } from '../feed/feed-config.ts';
import { emptyFeedState, type FeedProblem, type FeedState } from '../feed/feed-state.ts';
import type { EpochMs } from '../feed/item.ts';
import { countPoll } from '../feed/poll-days.ts';
import { noteOutage } from '../feed/feed-outages.ts';
import { feedFilter, nextPollAt } from '../feed/poll-plan.ts';
import type { SeenItem } from '../feed/seen-item.ts';
import type { Entry } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import type { App } from './app.ts';
import { assessItems, type Assessed, type Assessing } from './assess-items.ts';
import { entryFromDraft } from './entry-from-draft.ts';
import { inTurn } from './in-turn.ts';
import type { FeedReading } from './ports.ts';
import type { Running } from './progress.ts';
import { watchBatches } from './quarantine.ts';
import { inOrderOfPublication } from './publication-order.ts';
import { releaseWhole } from './quarantine-release.ts';
import { tellAboutBaseline, tellAboutFeed } from './tell-about-feed.ts';
import { tellHeld, tellRefused } from './tell-people.ts';
import { tellUndone, undoneEdits } from './undone-edit.ts';

/** What one poll did. */
export type PollReport =
  | { kind: 'read'; items: number; recorded: readonly Entry[]; baseline: number }
  | { kind: 'unchanged' }
  | { kind: 'failed'; problems: readonly FeedProblem[] }
  /** A person stopped the first reading: the feed is as unread as before. */
  | { kind: 'stopped' };

/** Reads one feed and commits what it learned: state of the feed, items seen and entries together, or nothing. */
export async function pollFeed(app: App, feed: FeedConfig, signal: AbortSignal): Promise<PollReport> {
  const before = await app.store.feedState(app.scope, feed.name);
  if (!isFirstReading(app, before)) return readAndCommit(app, feed, { before, running: null }, signal);
  using running = app.progress.begin('first-reading', feed.name, null, app.clock.now());
  const either = AbortSignal.any([signal, running.signal]);
  return await readAndCommit(app, feed, { before, running }, either);
}

/** What was known before the poll, and the watch that people keep over a first reading; null: nobody watches. */
type Begun = { before: FeedState | null; running: Running | null };

async function readAndCommit(
  app: App,
  feed: FeedConfig,
  { before, running }: Begun,
  signal: AbortSignal,
): Promise<PollReport> {
  const reading = await app.reader.read(feed, before, app.clock.now(), signal);
  if (running?.signal.aborted === true) return leaveUnread(app, feed, before);
  // Stopping is no failure of the feed, and must not be remembered as one.
  if (signal.aborted && reading.kind === 'failed') return { kind: 'failed', problems: reading.problems };
  const now = app.clock.now();
  const state = stateAfter(app, feed, before, reading, now);
  await tellAboutFeed(app, feed, reading, state);
  if (reading.kind !== 'unchanged' && reading.document !== undefined)
    await app.documents.keep(app.scope, feed.name, reading.document);
  if (reading.kind !== 'items') {
    await app.store.saveFeedState(app.scope, state);
    return reading.kind === 'unchanged'
      ? { kind: 'unchanged' }
      : { kind: 'failed', problems: reading.problems };
  }
  // Two feeds that bring one announcement at the same moment must meet in the store, not pass each other.
  return inTurn(app.store, () => commitItems(app, feed, { reading, before, state, running }, now));
}

type Read = Begun & { reading: FeedReading & { kind: 'items' }; state: FeedState };

async function commitItems(
  app: App,
  feed: FeedConfig,
  { reading, before, state, running }: Read,
  now: EpochMs,
): Promise<PollReport> {
  const wanted = reading.items.filter((item) => feedFilter(feed, item));
  const baseline = isFirstReading(app, before);
  if (baseline)
    app.log.info(
      { feed: feed.name, items: wanted.length },
      'first reading; what it lists is marked as known',
    );
  const onStep = (done: number): void => running?.step(done, wanted.length);
  onStep(0);
  const how: Assessing = baseline ? { depth: 'none', onStep } : { depth: 'news' };
  const assessed = await assessItems(app, feed, wanted, before, now, how);
  // Nothing was written yet; what follows is written whole.
  if (running?.close() === false) return leaveUnread(app, feed, before);
  const record = recordOf(app, assessed, baseline, now);
  const undone = await undoneEdits(app, assessed, now);
  const anyNew = assessed.some((one) => one.news !== 'known');
  await app.store.recordPoll({
    scope: app.scope,
    feed: {
      ...state,
      baselineDone: state.baselineDone || knowsItsPast(reading, before),
      lastNewItemAt: anyNew ? now : state.lastNewItemAt,
    },
    lastPollBefore: before?.lastPollAt ?? null,
    ...record,
    supersede: [...record.supersede, ...undone],
  });
  await tellUndone(app, undone);
  if (baseline) await tellAboutBaseline(app, feed, assessed.length);
  await tellAboutEntries(app, record.entries);
  if (record.entries.some((entry) => entry.batchId !== null)) await watchBatches(app);
  await releaseWhole(app, wanted);
  return {
    kind: 'read',
    items: wanted.length,
    recorded: record.entries,
    baseline: baseline ? assessed.length : 0,
  };
}

/** Whether what the feed lists is only marked as known, because nobody knows yet what is old. */
function isFirstReading(app: App, before: FeedState | null): boolean {
  return before?.baselineDone !== true && app.config.firstRun === 'baseline';
}

/** Keeps nothing of a first reading that a person stopped, but when to begin it again. */
async function leaveUnread(app: App, feed: FeedConfig, before: FeedState | null): Promise<PollReport> {
  const kept = before ?? emptyFeedState(feed.name);
  const now = app.clock.now();
  const plan = { now, intervalMs: feed.pollIntervalMs, failures: kept.failures, notBeforeMs: null } as const;
  const at = nextPollAt({ ...plan, gone: false, fraction: app.random.fraction() });
  await app.store.saveFeedState(app.scope, { ...kept, nextPollAt: at });
  return { kind: 'stopped' };
}

/**
 * A first reading that was cut off knows only a part of what is old, so the next one still marks and posts nothing. A document
 * that is cut at every reading would never be done: then its items wait for people instead.
 */
function knowsItsPast(reading: FeedReading, before: FeedState | null): boolean {
  return (
    !reading.problems.some(({ code }) => code === 'truncated') || (before?.lastSuccessAt ?? null) !== null
  );
}

type Recorded = {
  seen: SeenItem[];
  entries: Entry[];
  supersede: { id: string; event: EntryEvent }[];
};

function recordOf(app: App, assessed: readonly Assessed[], baseline: boolean, now: EpochMs): Recorded {
  const record: Recorded = { seen: [], entries: [], supersede: [] };
  const batchId = assessed.some((one) =>
    one.verdict?.reasons.some((reason) => reason.rule === 'baseline-burst'),
  )
    ? app.random.entryId(now)
    : null;
  const made = new Map<string, Entry>();
  for (const one of inOrderOfRecording(assessed)) {
    const { seen, verdict } = one.identity;
    // A repetition within the poll has no record of its own; the first one's already holds its keys.
    if (verdict.kind === 'known' && verdict.inThisPoll) continue;
    if (one.news === 'known') {
      record.seen.push(
        one.madeBefore === null ? seen : { ...seen, disposition: 'recorded', entryId: one.madeBefore },
      );
    } else if (baseline) {
      record.seen.push({ ...seen, disposition: 'baseline' });
    } else if (one.draft === null || one.verdict === null) {
      record.seen.push({ ...seen, disposition: 'ignored' });
    } else {
      const entry = entryOf(app, one, { batchId, made }, now);
      made.set(one.originKey, entry);
      record.entries.push(entry);
      record.seen.push({ ...seen, disposition: 'recorded', entryId: entry.id });
      if (entry.predecessorId !== null && replacesUnsent(one, entry)) {
        const event: EntryEvent = { kind: 'supersede', successorId: entry.id, at: now, by: 'kosatsu' };
        record.supersede.push({ id: entry.predecessorId, event });
      }
    }
  }
  return record;
}

/**
 * Whether the unsent post before it gives way at once. That of another page does only to what goes out itself: never silence. That of
 * the same page is worded as the page no longer is, and gives way also to what waits for a person; but not to what is refused, nor to
 * one of a flood, of which people may say that nothing was news.
 */
function replacesUnsent({ following }: Assessed, { state, batchId }: Entry): boolean {
  if (state === 'queued') return true;
  return following === null && state === 'held' && batchId === null;
}

/** Oldest first, but never a report before the one of the same poll that it follows: entries go out in the order of recording. */
function inOrderOfRecording(assessed: readonly Assessed[]): readonly Assessed[] {
  const ordered = new Set<Assessed>();
  const byKey = new Map(assessed.filter(({ news }) => news !== 'known').map((one) => [one.originKey, one]));
  const add = (one: Assessed, followers: ReadonlySet<Assessed>): void => {
    const earlier = one.following?.predecessor;
    const sibling = earlier?.kind === 'sibling' ? byKey.get(earlier.originKey) : undefined;
    if (sibling !== undefined && !followers.has(sibling)) add(sibling, new Set([...followers, one]));
    ordered.add(one);
  };
  for (const one of inOrderOfPublication(assessed, ({ item }) => item.publishedAt)) add(one, new Set());
  return [...ordered];
}

/** The entry of the same poll that it follows. One that was refused never becomes a post, so nothing follows it. */
function siblingId({ following }: Assessed, made: ReadonlyMap<string, Entry>): string | null {
  const earlier = following?.predecessor;
  const entry = earlier?.kind === 'sibling' ? made.get(earlier.originKey) : undefined;
  return entry === undefined || entry.state === 'refused' ? null : entry.id;
}

function entryOf(
  app: App,
  one: Assessed,
  { batchId, made }: { batchId: string | null; made: ReadonlyMap<string, Entry> },
  now: EpochMs,
): Entry {
  const { draft, verdict, identity } = one;
  if (draft === null || verdict === null) throw new Error('an item without a draft makes no entry');
  const edited = identity.verdict.kind === 'edited';
  return entryFromDraft(
    {
      id: app.random.entryId(now),
      scope: app.scope,
      kind: !edited && one.following === null ? 'announcement' : 'update',
      draft,
      verdict,
      rule: one.classification.rule,
      policyVersion: app.config.policy.version,
      originKey: one.originKey,
      predecessorId: one.predecessorId ?? siblingId(one, made),
      correctsId: null,
      batchId: verdict.reasons.some((reason) => reason.rule === 'baseline-burst') ? batchId : null,
      approvalsNeeded: approvalsNeeded(draft.topic, false, app.config.policy),
      by: 'kosatsu',
      overridePause: false,
    },
    now,
  );
}

function stateAfter(
  app: App,
  feed: FeedConfig,
  before: FeedState | null,
  reading: FeedReading,
  now: EpochMs,
): FeedState {
  const failed = reading.kind === 'failed';
  const failures = failed ? (before?.failures ?? 0) + 1 : 0;
  const plan = nextPollAt({
    now,
    intervalMs: feed.pollIntervalMs,
    failures,
    notBeforeMs: failed ? reading.retryAfterMs : reading.state.notBeforeMs,
    gone: failed && reading.gone,
    fraction: app.random.fraction(),
  });
  const kept: FeedState = before ?? emptyFeedState(feed.name);
  const problems = reading.problems.map((problem) => {
    const old = kept.problems.find((known) => known.code === problem.code);
    return old === undefined ? problem : { ...problem, since: old.since };
  });
  const ended = reading.kind === 'items' ? 'read' : reading.kind;
  const pollDays = countPoll(kept.pollDays ?? [], ended, now);
  const common = { ...kept, lastPollAt: now, nextPollAt: plan, failures, problems, pollDays };
  if (failed) {
    const [why] = reading.problems;
    const how = { now, goesOn: kept.failures > 0 };
    return why === undefined ? common : { ...common, outages: noteOutage(kept.outages ?? [], why, how) };
  }
  const { etag, lastModified, bodyHash, lastBuildDate, ttlMs = null } = reading.state;
  return {
    ...common,
    etag,
    lastModified,
    bodyHash,
    lastBuildDate,
    ttlMs,
    lastSuccessAt: now,
    ...(reading.kind === 'items' ? { lastItemsAt: now } : {}),
    itemCount: reading.kind === 'items' ? reading.items.length : kept.itemCount,
    guidsUnreliable: kept.guidsUnreliable || (reading.kind === 'items' && reading.doubledGuids),
  };
}

async function tellAboutEntries(app: App, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    // A flood is told of as a whole: hundreds of notices would hide the one that counts.
    if (entry.state === 'held' && entry.batchId === null) await tellHeld(app, entry);
    if (entry.state === 'refused') await tellRefused(app, entry);
  }
}
