import type { EpochMs } from '../feed/item.ts';
import { publishLimits, searchLimits } from '../limits/publishing.ts';
import { RESTORED_AT } from '../outbox/backups.ts';
import type { Entry } from '../outbox/entry.ts';
import { tellsTheSame } from '../publish/match-own-post.ts';
import { snowflakeAt } from '../publish/snowflake.ts';
import type { OwnPost } from '../publish/publisher.ts';
import type { App } from './app.ts';
import { knowAccount } from './know-account.ts';
import { raiseAlert, clearAlert } from './tell-people.ts';

/** What the own timeline says of an entry that is about to be sent. */
export type GuardAnswer =
  | { kind: 'clear' }
  /** The post exists although the outbox does not know it: the outbox was restored from an older copy, or emptied. */
  | { kind: 'posted-already'; post: OwnPost }
  | ({ kind: 'unread' } & Unread);

/**
 * Why nothing could be compared; `isTold`: people have heard of it in other words, or it is meant to be so for a while. `isRefused`: X has
 * forbidden it for so long that it is no passing fault.
 */
type Unread = { detail: string; isTold: boolean; isRefused?: boolean };

/**
 * Stands between a store that may be older than the account and the account: what the own timeline shows already is not posted again.
 * The timeline is read once per worker, before its first announcement. After a restored backup that reading must begin a quarantine
 * after the first one, because X's read side may still hide the newest posts, and those are the ones that the backup does not know.
 */
export class TimelineGuard {
  #posts: readonly OwnPost[] | null = null;
  /** What a reading showed that came too early after a restore to say that anything is not there; what it shows is there all the same. */
  #early: readonly OwnPost[] = [];
  #firstTryBoot: number | null = null;
  /** The restore that the last look was to be compared after; null: none, or it has been. */
  #waitsFor: EpochMs | null = null;
  /** Until when there is no use in reading, and why. */
  #rest: { untilBoot: number; why: Unread } | null = null;
  /** From when on we make do with less than a whole reading; null: none was missed yet. */
  #makesDoFromBoot: number | null = null;
  /** Undefined until the store was asked; it cannot change while a process has the lease. */
  #restoredAt: EpochMs | null | undefined = undefined;

  /**
   * A person's own words are judged by the duplicate check and by the person. After a restore they are compared as well: those that the
   * backup brought back like any other, those typed since without a wait, with what a reading shows at once (a withdrawal that the
   * backup has forgotten is easily ordered a second time). Where own posts may not be read at all, nothing can be compared; people are
   * told, and once the refusal has lasted publishing goes on, unless the store was restored: then what a person has not approved since
   * stays in the queue.
   */
  async check(app: App, entry: Entry, signal: AbortSignal): Promise<GuardAnswer> {
    if (this.#restoredAt === undefined) this.#restoredAt = await restoredAtOf(app);
    const isOwnWords = isTyped(entry);
    if (isOwnWords && this.#restoredAt === null) return { kind: 'clear' };
    if (this.#posts === null) {
      const waitsFor = (await isCompared(app, this.#restoredAt)) ? null : this.#restoredAt;
      this.#waitsFor = waitsFor;
      const read = await this.#read(app, waitsFor, signal);
      const isJustTyped = isOwnWords && entry.createdAt > (this.#restoredAt ?? 0);
      if (read !== null && !isJustTyped && !this.#mayGoUnread(app, entry, waitsFor, read))
        return { kind: 'unread', ...read };
    }
    const post = (this.#posts ?? this.#early).find((own) => tellsTheSame(entry, own));
    return post === undefined ? { kind: 'clear' } : { kind: 'posted-already', post };
  }

  /** Whether it need not wait for the comparison that a restore asks for, because a person has said yes to it since. */
  isLetGo(entry: Entry): boolean {
    return this.#waitsFor !== null && isApprovedAfter(this.#waitsFor, entry);
  }

  /** The post has its entry now; it answers for no second one. */
  settled(remoteId: string): void {
    this.#posts = this.#posts?.filter((post) => post.remoteId !== remoteId) ?? null;
    this.#early = this.#early.filter((post) => post.remoteId !== remoteId);
  }

  /**
   * While X's read side is down an urgent notice waits a minute for it, not for hours; X's own refusal of a repeated text is then the
   * net. After a restore only a person's yes, given since, lets an announcement go that could not be compared.
   */
  #mayGoUnread(app: App, entry: Entry, restoredAt: EpochMs | null, { isRefused }: Unread): boolean {
    this.#firstTryBoot ??= app.clock.bootMs();
    if (restoredAt !== null) return isApprovedAfter(restoredAt, entry);
    if (isRefused === true) return true;
    return entry.topic === 'urgent' && app.clock.bootMs() - this.#firstTryBoot >= publishLimits.guardUrgentMs;
  }

  /** Reads the timeline; what is wrong where it must be tried again. */
  async #read(app: App, restoredAt: EpochMs | null, signal: AbortSignal): Promise<Unread | null> {
    if (this.#rest !== null && app.clock.bootMs() < this.#rest.untilBoot) return this.#rest.why;
    const account = await knowAccount(app, signal);
    if (account.kind !== 'known') {
      const other = account.kind === 'other-account' ? `the credentials are @${account.handle}'s` : null;
      return { detail: other ?? (account.kind === 'unreadable' ? account.detail : ''), isTold: false };
    }
    const since = app.clock.now() - app.config.policy.duplicateTextWindowMs;
    const request = { accountId: account.accountId, sinceId: snowflakeAt(since), signal };
    const timeline = await app.publisher.ownPosts(request);
    if (timeline.kind === 'read') {
      const unknown = await withoutKnown(app, timeline.posts);
      if (!timeline.complete && !(await this.#makesDo(app))) {
        this.#early = unknown;
        return this.#readAgain(app, { detail: 'the timeline could not be read to its end', isTold: true });
      }
      if (restoredAt !== null && !(await this.#isSettled(app, restoredAt, timeline.beganAt))) {
        this.#early = unknown;
        return WAITS_AFTER_RESTORE;
      }
      this.#posts = unknown;
      if (timeline.complete) await forgetMissed(app);
      await clearAlert(app, UNREADABLE);
      return null;
    }
    if (timeline.cause !== 'forbidden') {
      const why = { detail: timeline.detail, isTold: false };
      // X says when it may be read again; asked before, it would only be asked for longer.
      const restMs = Math.min((timeline.until ?? 0) - app.clock.now(), searchLimits.unreadableWaitMaxMs);
      if (restMs > 0) this.#rest = { untilBoot: app.clock.bootMs() + restMs, why };
      return why;
    }
    await tellUnreadable(app, timeline.detail);
    const why = { detail: timeline.detail, isTold: true };
    if (restoredAt !== null) return why;
    return this.#readAgain(app, { ...why, isRefused: await this.#makesDo(app) });
  }

  /**
   * A single 401, or a page that X failed to give, is often a passing fault, and the store may be older than the account without knowing:
   * only once there was no whole reading for a while, over restarts too, is what there is enough.
   */
  async #makesDo(app: App): Promise<boolean> {
    const now = app.clock.bootMs();
    this.#makesDoFromBoot ??= now + publishLimits.guardUnsureMs - (await missedForMs(app));
    return now >= this.#makesDoFromBoot;
  }

  /** What X keeps back now it may show later, and then there is something to compare with. */
  #readAgain(app: App, why: Unread): Unread {
    const restMs = why.isRefused === true ? searchLimits.unreadableWaitMaxMs : publishLimits.guardUrgentMs;
    this.#rest = { untilBoot: app.clock.bootMs() + restMs, why };
    return why;
  }

  /**
   * Whether this reading began a quarantine after the first one since the restore. Both instants are X's, so that no clock of ours
   * can cut the wait short; the first is kept in the store, so that a restart does not begin it anew.
   */
  async #isSettled(app: App, restoredAt: EpochMs, beganAt: EpochMs): Promise<boolean> {
    // Names the restore that it belongs to: a backup may carry the first look of an earlier one.
    const [restore, first] = (await app.store.fact(app.scope, FIRST_LOOK))?.split(' ') ?? [];
    const { quarantineMs } = app.config.channel.reconcile;
    const isKnown = restore === String(restoredAt) && first !== undefined;
    if (!isKnown) await app.store.setFact(app.scope, FIRST_LOOK, `${String(restoredAt)} ${String(beganAt)}`);
    const restMs = isKnown ? Number(first) + quarantineMs - beganAt : quarantineMs;
    if (restMs > 0) {
      const untilBoot = app.clock.bootMs() + Math.min(restMs, quarantineMs);
      this.#rest = { untilBoot, why: WAITS_AFTER_RESTORE };
      return false;
    }
    await app.store.setFact(app.scope, COMPARED, String(restoredAt));
    return true;
  }
}

/** Fact: when the own timeline was first read after a restore, by X's clock. */
const FIRST_LOOK = 'restored-first-look';
/** Fact: the restore after which the account has been compared in time. */
const COMPARED = 'restored-compared';
const WAITS_AFTER_RESTORE: Unread = {
  detail: 'the store was restored; X may not show the newest posts yet',
  isTold: true,
};

/** Fact: since when no whole reading of the own timeline was to be had. */
const MISSED_SINCE = 'guard-missed-since';
const UNREADABLE = 'timeline-unreadable';

/** Says that X does not let the account's own posts be read, and whether announcements wait for that. */
export async function tellUnreadable(app: App, detail: string): Promise<void> {
  const code = (await awaitsComparison(app)) ? 'restored-unreadable' : UNREADABLE;
  await raiseAlert(app, UNREADABLE, {
    code,
    params: { account: app.scope.account, detail },
    severity: 'warning',
  });
}

/** For how long there has been no whole reading; begins with the first that is missed. At most what is waited for. */
async function missedForMs(app: App): Promise<number> {
  const since = Number((await app.store.fact(app.scope, MISSED_SINCE)) ?? Number.NaN);
  const agoMs = app.clock.now() - since;
  if (agoMs >= 0) return Math.min(agoMs, publishLimits.guardUnsureMs);
  await app.store.setFact(app.scope, MISSED_SINCE, String(app.clock.now()));
  return 0;
}

async function forgetMissed(app: App): Promise<void> {
  if ((await app.store.fact(app.scope, MISSED_SINCE)) !== null)
    await app.store.setFact(app.scope, MISSED_SINCE, null);
}

/** Whether announcements wait until the account was compared with a restored store. */
export async function awaitsComparison(app: App): Promise<boolean> {
  return !(await isCompared(app, await restoredAtOf(app)));
}

/** A person's own words wait for no comparison. */
export function isTyped({ kind }: Entry): boolean {
  return kind === 'forced' || kind === 'correction';
}

function isApprovedAfter(at: EpochMs, { approvals }: Entry): boolean {
  return approvals.some((approval) => approval.at > at);
}

async function restoredAtOf(app: App): Promise<EpochMs | null> {
  const fact = await app.store.fact(app.scope, RESTORED_AT);
  return fact === null ? null : Number(fact);
}

async function isCompared(app: App, restoredAt: EpochMs | null): Promise<boolean> {
  return restoredAt === null || (await app.store.fact(app.scope, COMPARED)) === String(restoredAt);
}

/** Own posts that no entry of this outbox became. */
async function withoutKnown(app: App, posts: readonly OwnPost[]): Promise<readonly OwnPost[]> {
  const unknown: OwnPost[] = [];
  for (const post of posts) {
    if ((await app.store.findByRemoteId(app.scope, post.remoteId)) === null) unknown.push(post);
  }
  return unknown;
}
