import { watchLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import { postAddress } from '../publish/post-address.ts';
import { say } from '../messages/sentence.ts';
import { watchSentences } from '../messages/watch.ts';
import { RESTORED_AT } from '../outbox/backups.ts';
import type { Entry } from '../outbox/entry.ts';
import { likenessOf } from '../publish/match-own-post.ts';
import type { OwnPost, OwnTimeline } from '../publish/publisher.ts';
import { snowflakeAt, snowflakeTime } from '../publish/snowflake.ts';
import type { App } from './app.ts';
import { refusedDeletionKey } from './correction.ts';
import { knowAccount } from './know-account.ts';
import { pausePublishing } from './pauses.ts';
import { endAccountAlarm } from './stop-account.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';
import { tellUnreadable } from './timeline-guard.ts';

/** What one look at the own timeline showed. `foreign`: posts that this program did not make; `gone`: posts of its own that X no longer has. */
export type WatchReport =
  | { kind: 'looked'; foreign: readonly OwnPost[]; gone: readonly Entry[] }
  | { kind: 'unread'; detail: string };

/** What the watch remembers over restarts. Instants are milliseconds. */
type Memory = {
  /** Posts older than this stood there before the watch began, and are nobody's concern. */
  from: EpochMs;
  lookedAt: EpochMs;
  /** Posts whose alarm was raised. */
  foreign: readonly string[];
  /** How many looks in a row did not find the post of an entry, by the entry's id. */
  missing: Readonly<Record<string, number>>;
};

/** Looks at own posts again and again, one watch interval apart, over restarts too, until the signal aborts. */
export async function runTimelineWatch(app: App, signal: AbortSignal): Promise<void> {
  const { intervalMs } = app.config.channel.watch;
  while (!signal.aborted) {
    const { lookedAt } = await recall(app);
    const restMs = Math.min(Math.max(lookedAt + intervalMs - app.clock.now(), 0), intervalMs);
    await app.clock.sleep(restMs, signal);
    if (signal.aborted) return;
    const report = await watchTimeline(app, signal);
    if (report.kind === 'unread') await app.clock.sleep(intervalMs, signal);
  }
}

/**
 * Looks once: a post that this program did not make, and that settles no doubt of its own, raises an alarm, and pauses publishing where
 * the settings say so; a post of its own that two whole readings did not show is recorded as gone. Reads own posts and nothing else.
 * A look reads back to the one before, however long nobody could look; that nobody could for long is an alarm of its own.
 */
export async function watchTimeline(app: App, signal: AbortSignal): Promise<WatchReport> {
  const before = await recall(app);
  const windowFrom = app.clock.now() - watchLimits.windowMs;
  const sinceId = snowflakeAt(Math.min(windowFrom, before.lookedAt - watchLimits.lookbackMs));
  const timeline = await readTimeline(app, sinceId, signal);
  if (timeline.kind !== 'read') {
    if (!signal.aborted) await tellUnwatched(app, before, timeline.detail);
    return { kind: 'unread', detail: timeline.detail };
  }
  for (const key of ['timeline-unreadable', UNWATCHED]) await clearAlert(app, key);
  await endAccountAlarm(app, 'read');
  const foreign = await foreignPosts(app, timeline.posts, before);
  const missing = timeline.complete ? await missingPosts(app, timeline, sinceId) : null;
  const counts: Record<string, number> = {};
  for (const { id } of missing ?? []) counts[id] = (before.missing[id] ?? 0) + 1;
  const gone: Entry[] = [];
  for (const entry of missing ?? []) {
    if ((counts[entry.id] ?? 0) < watchLimits.missesNeeded) continue;
    const detail = 'two readings of the own timeline did not show it';
    const event = { kind: 'gone-at-x', at: app.clock.now(), by: 'kosatsu', detail } as const;
    const { id, text } = entry;
    // The alarm first: once it is on record as gone nobody looks for it again, and a process that is killed here would have told nobody.
    // But whoever deleted by hand what X would not delete for the program has ended that alarm, and it is no news to anybody.
    const key = refusedDeletionKey(id);
    if ((await app.store.alerts(app.scope)).some((alert) => alert.key === key)) await clearAlert(app, key);
    else await raiseAlert(app, `gone:${id}`, { code: 'post-gone', params: { id, text }, severity: 'alarm' });
    const applied = await app.store.apply(id, event);
    if (applied.kind === 'applied') gone.push(applied.entry);
    else await clearAlert(app, `gone:${id}`);
  }
  await tellForeign(app, foreign, windowFrom);
  const present = new Set(timeline.posts.map((post) => post.remoteId));
  const told = before.foreign.filter((id) => present.has(id));
  await remember(app, {
    from: before.from,
    lookedAt: app.clock.now(),
    foreign: [...told, ...foreign.map((post) => post.remoteId)].slice(-watchLimits.rememberedMax),
    // A reading that was not whole says nothing of what it did not show.
    missing: missing === null ? before.missing : counts,
  });
  return { kind: 'looked', foreign, gone };
}

const UNWATCHED = 'timeline-unwatched';

/** Who may not read at all has been told of it in other words. */
async function tellUnwatched(app: App, { lookedAt }: Memory, detail: string): Promise<void> {
  const unwatchedMs = app.clock.now() - lookedAt - app.config.channel.watch.intervalMs;
  if (unwatchedMs < watchLimits.unreadTellMs) return;
  if ((await app.store.alerts(app.scope)).some(({ key }) => key === 'timeline-unreadable')) return;
  const params = { account: app.scope.account, since: lookedAt, detail };
  await raiseAlert(app, UNWATCHED, { code: UNWATCHED, params, severity: 'alarm' });
}

async function readTimeline(
  app: App,
  sinceId: string,
  signal: AbortSignal,
): Promise<OwnTimeline | { kind: 'unknown'; detail: string }> {
  const account = await knowAccount(app, signal);
  if (account.kind === 'other-account')
    return { kind: 'unknown', detail: `the credentials are @${account.handle}'s` };
  if (account.kind !== 'known') return account;
  const timeline = await app.publisher.ownPosts({ accountId: account.accountId, sinceId, signal });
  if (timeline.kind === 'unreadable' && timeline.cause === 'forbidden')
    await tellUnreadable(app, timeline.detail);
  return timeline;
}

/** Posts made since the watch began that no entry became, but those that an entry on its way may have made. */
async function foreignPosts(
  app: App,
  posts: readonly OwnPost[],
  before: Memory,
): Promise<readonly OwnPost[]> {
  const restoredAt = await justRestoredAt(app);
  const fresh = posts.filter(
    ({ createdAt, remoteId }) =>
      createdAt >= before.from &&
      (restoredAt === null || createdAt >= restoredAt) &&
      !before.foreign.includes(remoteId),
  );
  if (fresh.length === 0) return [];
  // In this order: what leaves the list of those on their way has its post on record by then.
  const onTheirWay = await app.store.list({
    scope: app.scope,
    states: ['attempting', 'uncertain', 'queued'],
  });
  const foreign: OwnPost[] = [];
  for (const post of fresh) {
    const mayBeOurs = onTheirWay.some((entry) => {
      const likeness = likenessOf(entry, post);
      return likeness === 'same' || (likeness === 'alike' && entry.state !== 'queued');
    });
    if (!mayBeOurs && (await app.store.findByRemoteId(app.scope, post.remoteId)) === null) foreign.push(post);
  }
  return foreign;
}

/**
 * When the records were set back, for one interval after that; else null. What the backup did not know of the account comes back with the
 * feeds meanwhile: only then can it be told from what somebody else posted.
 */
async function justRestoredAt(app: App): Promise<EpochMs | null> {
  const restoredAt = Number((await app.store.fact(app.scope, RESTORED_AT)) ?? Number.NaN);
  const agoMs = app.clock.now() - restoredAt;
  return agoMs >= 0 && agoMs < app.config.channel.watch.intervalMs ? restoredAt : null;
}

/**
 * Published entries whose post a whole reading should have shown and did not; null where it shows none of several, which says more of
 * X's reading side, or of the account, than of any post.
 */
async function missingPosts(
  app: App,
  { posts, beganAt }: OwnTimeline & { kind: 'read' },
  sinceId: string,
): Promise<readonly Entry[] | null> {
  const present = new Set(posts.map((post) => post.remoteId));
  const published = await app.store.list({
    scope: app.scope,
    states: ['published'],
    newestFirst: true,
    limit: watchLimits.entriesMax,
  });
  // X shows a post some time after it was made; until then its absence means nothing. Its age is told by X's own clock, as the reading is:
  // the machine that recorded it may have been behind.
  const latest = beganAt - app.config.channel.reconcile.quarantineMs;
  const covered = published.filter(
    ({ remoteId }) =>
      remoteId !== null && BigInt(remoteId) > BigInt(sinceId) && snowflakeTime(remoteId) < latest,
  );
  const missing = covered.filter(({ remoteId }) => !present.has(remoteId ?? ''));
  const isAll = missing.length === covered.length && missing.length > 1;
  const key = 'timeline-empty';
  if (!isAll) await clearAlert(app, key);
  else {
    const params = { account: app.scope.account, count: missing.length };
    await raiseAlert(app, key, { code: 'timeline-empty', params, severity: 'alarm' });
  }
  return isAll ? null : missing;
}

/** Before they are remembered as told: whoever is killed here tells of them once more. Old alarms leave the board. */
async function tellForeign(app: App, foreign: readonly OwnPost[], windowFrom: EpochMs): Promise<void> {
  const { account } = app.scope;
  for (const { remoteId, text } of foreign) {
    const url = postAddress({ ...app.scope, remoteId }, app.config.x.apiUrl);
    const params = { account, url, text: text.slice(0, watchLimits.textChars) };
    await raiseAlert(app, `foreign:${remoteId}`, { code: 'foreign-post', params, severity: 'alarm' });
    if (!app.config.channel.watch.pauseOnForeignPost) continue;
    const reason = say(watchSentences.pausedForForeignPost, app.config.operatorLang, { url });
    await pausePublishing(app, { by: 'kosatsu', reason });
  }
  for (const { key, since } of await app.store.alerts(app.scope))
    if (/^(?:foreign|gone):/u.test(key) && since < windowFrom) await clearAlert(app, key);
}

const FACT = 'timeline-watch';

/** Before the first look of an account, what stands there now is known. */
async function recall(app: App): Promise<Memory> {
  const stored = await app.store.fact(app.scope, FACT);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by remember() below, and by nobody else
  if (stored !== null) return JSON.parse(stored) as Memory;
  const now = app.clock.now();
  const memory: Memory = { from: now, lookedAt: now, foreign: [], missing: {} };
  await remember(app, memory);
  return memory;
}

function remember(app: App, memory: Memory): Promise<void> {
  return app.store.setFact(app.scope, FACT, JSON.stringify(memory));
}
