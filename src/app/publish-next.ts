import { entryLimits, publishLimits } from '../limits/publishing.ts';
import { textHash } from '../compose/text-hash.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Lease } from '../outbox/lease.ts';
import { validApprovals } from '../outbox/approvals.ts';
import type { Slot } from '../outbox/outbox-store.ts';
import { retryDelayMs } from '../outbox/retry-delay.ts';
import type { Fence, Outcome } from '../publish/publisher.ts';
import type { App } from './app.ts';
import { approvalsExpiredAt, standingApprovals } from './approvals-now.ts';
import { type Account, knowAccount } from './know-account.ts';
import { judgeEntry } from './judge-draft.ts';
import { pauseOf, publishingStops, type PublishingStops } from './publishing-stops.ts';
import { settle } from './settle-attempt.ts';
import { stopUnknownAccount } from './stop-account.ts';
import { tell, tellHeld, tellRefused } from './tell-people.ts';
import { isTyped, type TimelineGuard } from './timeline-guard.ts';

/** What a process needs to publish: the lease, and the guard that has compared its store with the account. */
export type PublishRight = { lease: Lease; guard: TimelineGuard };

export type PublishReport =
  /** Nothing may go out of this slot now; look again at `at`, or when woken. */
  | { kind: 'idle'; at: EpochMs | null }
  /** X could not be reached; no attempt was made. `isTold`: an alarm of its own says why, or it is meant to be so for a while. */
  | { kind: 'unreachable'; detail: string; retryAt: EpochMs; isTold: boolean }
  /** An entry left the queue without an attempt: judged again, too old, or its bytes do not match. */
  | { kind: 'set-aside'; entry: Entry }
  | { kind: 'attempted'; entry: Entry; outcome: Outcome }
  | { kind: 'lease-lost' };

/**
 * Publishes the next due entry of a slot, if any: judge again, connect, claim durably, check the fence, send one POST,
 * record the outcome. The order is the protocol; nothing here or below ever sends the POST a second time.
 */
export async function publishNext(
  app: App,
  right: PublishRight,
  slot: Slot,
  signal: AbortSignal,
  onlyId?: string,
): Promise<PublishReport> {
  const { lease } = right;
  const now = app.clock.now();
  const stops = await publishingStops(app, now);
  if (stops.account !== null) return { kind: 'idle', at: stops.account.until };
  if (slot === 'main' && (await urgentIsDue(app, stops, now))) return { kind: 'idle', at: null };
  const only = onlyId === undefined ? {} : { onlyId };
  const entry = await app.store.peekDue({ scope: app.scope, slot, now, ...heldBy(stops, slot), ...only });
  if (entry === null) return { kind: 'idle', at: null };

  const kept = await setAside(app, entry, now);
  if (kept !== null) return kept;

  const account = await knowAccount(app, signal);
  if (account.kind !== 'known') {
    return {
      kind: 'unreachable',
      detail: detailOf(account),
      retryAt: await stopUnknownAccount(app, account),
      isTold: account.kind === 'other-account' || ['forbidden', 'throttled'].includes(account.cause),
    };
  }
  const guarded = await guard(app, right.guard, entry, signal);
  if (guarded !== null) {
    if (guarded.kind !== 'unreachable' || onlyId !== undefined) return guarded;
    for (const own of await decidedByPeople(app, right.guard, slot, entry)) {
      const report = await publishNext(app, right, slot, signal, own.id);
      if (report.kind !== 'unreachable') return report;
    }
    return guarded;
  }
  return claimAndPost(app, lease, entry, signal);
}

/** A post under way in the urgent slot holds nothing up; one that is due and has not begun goes first, also when a stop ends. */
async function urgentIsDue(app: App, stops: PublishingStops, now: EpochMs): Promise<boolean> {
  const wish = { scope: app.scope, slot: 'urgent', now, ...heldBy(stops, 'urgent') } as const;
  return (await app.store.peekDue(wish)) !== null;
}

/** What the stops leave to a slot, as the store is asked for it. */
function heldBy(
  stops: PublishingStops,
  slot: Slot,
): { overridePauseOnly: boolean; pausedFeeds: readonly string[] } {
  return { overridePauseOnly: pauseOf(stops, slot) !== null, pausedFeeds: stops.pausedFeeds };
}

/** Connects, claims exactly this entry, and sends it once. */
async function claimAndPost(
  app: App,
  lease: Lease,
  entry: Entry,
  signal: AbortSignal,
): Promise<PublishReport> {
  const prepared = await app.publisher.prepare(signal);
  if (prepared.kind === 'not-sent') {
    return {
      kind: 'unreachable',
      detail: prepared.detail,
      retryAt: app.clock.now() + retryDelayMs(1, app.random.fraction()),
      isTold: false,
    };
  }
  try {
    const claimedAt = app.clock.now();
    // Asked again: what came while X was being connected to or read, a pause or an urgent post, must still hold this one back.
    const stops = await publishingStops(app, claimedAt);
    if (stops.account !== null) return { kind: 'idle', at: stops.account.until };
    if (entry.topic === 'main' && (await urgentIsDue(app, stops, claimedAt)))
      return { kind: 'idle', at: null };
    const claimedBoot = app.clock.bootMs();
    const claim = await app.store.claim({
      scope: app.scope,
      slot: entry.topic,
      now: claimedAt,
      epoch: lease.epoch,
      onlyId: entry.id,
      ...heldBy(stops, entry.topic),
      attempt: {
        at: claimedAt,
        nonce: app.random.nonce(),
        epoch: lease.epoch,
        deadlineAt: claimedAt + publishLimits.claimMaxAgeMs + publishLimits.postDeadlineMs,
        sinceRemoteId: await app.store.newestRemoteId(app.scope),
      },
    });
    if (claim.kind === 'lease-lost') return { kind: 'lease-lost' };
    // Someone acted on it between the look and the claim; the next pass sees what is true now.
    if (claim.kind === 'nothing-due') return { kind: 'idle', at: claim.nextDueAt };
    const fence = fenceOf(app, lease, claimedBoot);
    const deadlineMs = Math.min(publishLimits.postDeadlineMs, lease.ttlMs * LEASE_SHARE - lease.ageMs());
    const answered = await app.publisher.publish(prepared.connection, claim.entry, fence, deadlineMs);
    return { kind: 'attempted', ...(await settle(app, claim.entry, answered)) };
  } finally {
    prepared.connection.close();
  }
}

/** What people typed, and then what they have let go since a restore, never stands behind what waits to be compared with the timeline. */
async function decidedByPeople(
  app: App,
  timeline: TimelineGuard,
  slot: Slot,
  behind: Entry,
): Promise<readonly Entry[]> {
  const now = app.clock.now();
  const queued = await app.store.list({ scope: app.scope, states: ['queued'] });
  const due = queued.filter((entry) => entry.id !== behind.id && entry.topic === slot && entry.dueAt <= now);
  const letGo = due.filter((entry) => !isTyped(entry) && timeline.isLetGo(entry));
  return [...due.filter(isTyped), ...letGo];
}

function detailOf(account: Exclude<Account, { kind: 'known' }>): string {
  return account.kind === 'other-account' ? `the credentials are @${account.handle}'s` : account.detail;
}

/** The share of a lease's life in which its holder may still write; the rest is the margin for clocks and scheduling. */
const LEASE_SHARE = 0.9;

function fenceOf(app: App, lease: Lease, claimedBoot: number): Fence {
  return () => {
    const claimAge = app.clock.bootMs() - claimedBoot;
    if (claimAge >= publishLimits.claimMaxAgeMs)
      return { kind: 'stop', detail: `claim is ${String(Math.round(claimAge))} ms old` };
    if (lease.ageMs() >= lease.ttlMs * LEASE_SHARE)
      return { kind: 'stop', detail: 'lease is no longer sure' };
    return { kind: 'go' };
  };
}

/** Keeps back what the own timeline shows already; null where the entry may go. */
async function guard(
  app: App,
  timeline: TimelineGuard,
  entry: Entry,
  signal: AbortSignal,
): Promise<PublishReport | null> {
  const answer = await timeline.check(app, entry, signal);
  if (answer.kind === 'clear') return null;
  const now = app.clock.now();
  if (answer.kind === 'unread') {
    const retryAt = now + retryDelayMs(1, app.random.fraction());
    const { detail, isTold } = answer;
    return { kind: 'unreachable', detail: `own posts can't be read: ${detail}`, retryAt, isTold };
  }
  const { remoteId, createdAt } = answer.post;
  const reason = 'the own timeline shows it already';
  const event = { kind: 'found', at: now, by: 'kosatsu', reason, remoteId, publishedAt: createdAt } as const;
  const applied = await app.store.apply(entry.id, event);
  timeline.settled(remoteId);
  return aside(app, entry, applied);
}

/** When it was last said that it shall go out: a person's yes to an old post is no news that has waited too long. */
function letGoAt({ createdAt, approvals }: Entry): EpochMs {
  return Math.max(createdAt, ...approvals.map(({ at }) => at));
}

/** Moves an entry out of the queue that must not go out now; null where it may. */
async function setAside(app: App, entry: Entry, now: EpochMs): Promise<PublishReport | null> {
  const at = { at: now, by: 'kosatsu', policyVersion: app.config.policy.version };
  if (entry.topic === 'main' && now - letGoAt(entry) > app.config.policy.mainQueuedMaxMs) {
    return aside(app, entry, await app.store.apply(entry.id, { kind: 'expire', ...at }));
  }
  if (textHash({ text: entry.text, mode: entry.mode, account: entry.account }) !== entry.textHash) {
    return aside(
      app,
      entry,
      await app.store.apply(entry.id, { kind: 'hold', reasons: [{ rule: 'approval', params: {} }], ...at }),
    );
  }
  const verdict = await judgeEntry(app, entry, now);
  if (verdict.kind === 'allow' && (verdict.notBefore === null || verdict.notBefore <= now)) return null;
  const { reasons } = verdict;
  if (verdict.kind === 'allow') {
    const until = Math.min(verdict.notBefore ?? now, now + entryLimits.deferMaxMs);
    return aside(app, entry, await app.store.apply(entry.id, { kind: 'defer', until, reasons, ...at }));
  }
  const why = verdict.kind === 'hold' ? await whyAskedAnew(app, entry, now) : {};
  // Whoever had agreed is asked anew, because their approvals end with this: none is given.
  const anew = reasons.map((one) =>
    one.rule === 'approval' ? { ...one, params: { ...one.params, given: 0 } } : one,
  );
  const event = { kind: verdict.kind, reasons: anew, ...at, ...why };
  return aside(app, entry, await app.store.apply(entry.id, event));
}

/** What became of approvals that were enough when they were given. */
async function whyAskedAnew(app: App, entry: Entry, now: EpochMs): Promise<{ reason?: string }> {
  const given = validApprovals(entry).length;
  const unexpired = validApprovals(entry, approvalsExpiredAt(app, now)).length;
  if (unexpired < given) return { reason: 'its approvals have expired' };
  const standing = (await standingApprovals(app, entry, now)).length;
  return standing < given ? { reason: 'who approved it may not approve any more' } : {};
}

async function aside(
  app: App,
  before: Entry,
  applied: Awaited<ReturnType<App['store']['apply']>>,
): Promise<PublishReport> {
  const entry = applied.kind === 'applied' ? applied.entry : before;
  const { id, text } = entry;
  if (entry.state === 'expired')
    await tell(app, { code: 'entry-expired', params: { id, text }, severity: 'warning' });
  if (entry.state === 'held') await tellHeld(app, entry);
  if (entry.state === 'refused') await tellRefused(app, entry);
  return { kind: 'set-aside', entry };
}
