import type { EpochMs } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import type { Entry } from '../outbox/entry.ts';
import { searchSinceId } from '../publish/decide-search.ts';
import { likenessOf, type Likeness } from '../publish/match-own-post.ts';
import type { OwnPost, OwnTimeline, Unreadable } from '../publish/publisher.ts';
import type { App } from './app.ts';
import { askAccount, knowAccount } from './know-account.ts';

/**
 * The account's own posts that are newer than an id (null: as far back as X gives them), where the credentials are the account's.
 * `whose` finds that out.
 */
export async function readOwnPosts(
  app: App,
  sinceId: string | null,
  signal: AbortSignal,
  whose: typeof knowAccount = knowAccount,
): Promise<OwnTimeline> {
  const account = await whose(app, signal);
  if (account.kind === 'other-account') {
    const detail = `the credentials are @${account.handle}'s`;
    return { kind: 'unreadable', cause: 'forbidden', until: null, detail };
  }
  if (account.kind !== 'known') return account;
  return app.publisher.ownPosts({ accountId: account.accountId, sinceId, signal });
}

/** An own post beside an entry in doubt: how like it is, and the entry that it is on record for. */
export type Beside = OwnPost & { likeness: Likeness; entryId: string | null };

/** What a person who must end a doubt can see, as it stood at `at`. `complete`: everything since the sending was read. */
export type Evidence =
  | { kind: 'read'; at: EpochMs; complete: boolean; posts: readonly Beside[]; left: number }
  | { kind: 'unreadable'; at: EpochMs; why: Unreadable };

/**
 * Reads the account's own posts since the entry was sent, newest first and no more than can be looked through. Decides and records
 * nothing; X charges for it as for a look of the program's own.
 */
export async function readEvidence(app: App, entry: Entry, signal: AbortSignal): Promise<Evidence> {
  const timeline = await readOwnPosts(app, searchSinceId(entry, app.clock.now()), signal, askAccount);
  const at = app.clock.now();
  if (timeline.kind === 'unreadable') return { kind: 'unreadable', at, why: timeline };
  const newest = timeline.posts.toSorted((a, b) => (BigInt(a.remoteId) < BigInt(b.remoteId) ? 1 : -1));
  const posts: Beside[] = [];
  for (const post of newest.slice(0, consoleLimits.evidenceShown)) {
    const known = await app.store.findByRemoteId(app.scope, post.remoteId);
    posts.push({ ...post, likeness: likenessOf(entry, post), entryId: known?.id ?? null });
  }
  return { kind: 'read', at, complete: timeline.complete, posts, left: newest.length - posts.length };
}
