import { publishLimits } from '../limits.ts';
import type { Entry } from '../outbox/entry.ts';
import { likenessOf } from '../publish/match-own-post.ts';
import { snowflakeAt } from '../publish/snowflake.ts';
import type { OwnPost } from '../publish/publisher.ts';
import type { App } from './app.ts';
import { knowAccount } from './know-account.ts';
import { raiseAlert, clearAlert } from './tell-people.ts';

/** What the own timeline says of an entry that has never been sent. */
export type GuardAnswer =
  | { kind: 'clear' }
  /** The post exists although the outbox does not know it: the outbox was restored from an older copy, or emptied. */
  | { kind: 'posted-already'; post: OwnPost }
  | { kind: 'unread'; detail: string };

/**
 * Stands between a store that may be older than the account and the account: what the own timeline shows already is not posted again.
 * The timeline is read once per worker, before its first announcement.
 */
export class TimelineGuard {
  #posts: readonly OwnPost[] | null = null;
  #firstTryBoot: number | null = null;

  /**
   * Only what came from a feed is compared: a person's own words are judged by the duplicate check and by the person.
   * Where own posts may not be read at all, nothing can be compared; people are told, and publishing goes on.
   */
  async check(app: App, entry: Entry, signal: AbortSignal): Promise<GuardAnswer> {
    if (entry.attempts > 0 || entry.kind === 'forced' || entry.kind === 'correction')
      return { kind: 'clear' };
    if (this.#posts === null) {
      const read = await this.#read(app, signal);
      if (read !== null && !this.#mayGoUnread(app, entry)) return { kind: 'unread', detail: read };
    }
    const post = this.#posts?.find((own) => likenessOf(entry, own) === 'same');
    return post === undefined ? { kind: 'clear' } : { kind: 'posted-already', post };
  }

  /** The post has its entry now; it answers for no second one. */
  settled(remoteId: string): void {
    this.#posts = this.#posts?.filter((post) => post.remoteId !== remoteId) ?? null;
  }

  /** While X's read side is down an urgent notice waits a minute for it, not for hours; X's own refusal of a repeated text is then the net. */
  #mayGoUnread(app: App, entry: Entry): boolean {
    this.#firstTryBoot ??= app.clock.bootMs();
    return entry.topic === 'urgent' && app.clock.bootMs() - this.#firstTryBoot >= publishLimits.guardUrgentMs;
  }

  /** Reads the timeline; a sentence of what is wrong where it must be tried again. */
  async #read(app: App, signal: AbortSignal): Promise<string | null> {
    const account = await knowAccount(app, signal);
    if (account.kind !== 'known')
      return account.kind === 'unreadable' ? account.detail : `the credentials are @${account.handle}'s`;
    const since = app.clock.now() - app.config.policy.duplicateTextWindowMs;
    const request = { accountId: account.accountId, sinceId: snowflakeAt(since), signal };
    const timeline = await app.publisher.ownPosts(request);
    if (timeline.kind === 'read') {
      this.#posts = await withoutKnown(app, timeline.posts);
      await clearAlert(app, 'timeline-unreadable');
      return null;
    }
    if (timeline.cause !== 'forbidden') return timeline.detail;
    this.#posts = [];
    await raiseAlert(app, 'timeline-unreadable', {
      code: 'timeline-unreadable',
      params: { account: app.scope.account, detail: timeline.detail },
      severity: 'warning',
    });
    return null;
  }
}

/** Own posts that no entry of this outbox became. */
async function withoutKnown(app: App, posts: readonly OwnPost[]): Promise<readonly OwnPost[]> {
  const unknown: OwnPost[] = [];
  for (const post of posts) {
    if ((await app.store.findByRemoteId(app.scope, post.remoteId)) === null) unknown.push(post);
  }
  return unknown;
}
