import type { EpochMs } from '../feed/item.ts';
import type { Entry, Scope } from '../outbox/entry.ts';

/** What is known of one attempt. Only `published` is success; whatever proves nothing is `uncertain`. */
export type Outcome =
  | { kind: 'published'; remoteId: string }
  /** No byte of the request left this machine (DNS, refused, TLS before connect, fence): it may go again. */
  | { kind: 'not-sent'; cause: 'network' | 'fence'; detail: string }
  /** 429: both slots wait until then. `until` is null where X gives no usable time. */
  | { kind: 'throttled'; until: EpochMs | null; detail: string }
  /** The account, not the post, is refused: it pauses, entries stay. */
  | { kind: 'refused-for-now'; cause: AccountRefusal; detail: string }
  /** The post itself is refused for good, in X's words; status 0 where the publisher itself refused it and sent nothing. */
  | { kind: 'rejected'; status: number; detail: string }
  /** X says the text exists. Evidence only together with the own timeline. */
  | { kind: 'duplicate'; detail: string }
  | { kind: 'uncertain'; detail: string };

export type AccountRefusal =
  'unauthorized' | 'credits' | 'suspended' | 'locked' | 'account-limit' | 'client-forbidden';

/** A post on the own timeline, links expanded and entities unescaped. */
export type OwnPost = { remoteId: string; text: string; links: readonly string[]; createdAt: EpochMs };

export type Identity =
  { kind: 'known'; accountId: string; handle: string; name: string; serverTime: EpochMs | null } | Unreadable;
/** `beganAt` is by X's own clock (Date header), when the answer carried one; `complete` says that posts back to `sinceId` were read. */
export type OwnTimeline =
  { kind: 'read'; posts: readonly OwnPost[]; beganAt: EpochMs; complete: boolean } | Unreadable;
export type Unreadable = {
  kind: 'unreadable';
  cause: 'network' | 'throttled' | 'forbidden' | 'unknown-answer';
  until: EpochMs | null;
  detail: string;
};
export type Deletion =
  | { kind: 'deleted' }
  | { kind: 'gone' }
  | { kind: 'refused'; detail: string }
  | { kind: 'doubt'; detail: string; retryAt: EpochMs | null };

/** A connection to X, open before the claim. Closing an unused one is always right. */
export interface Connection {
  close(): void;
}
export type Prepared = { kind: 'ready'; connection: Connection } | { kind: 'not-sent'; detail: string };

/** Asked synchronously right before the first byte: may this attempt still leave? */
export type Fence = () => { kind: 'go' } | { kind: 'stop'; detail: string };

/**
 * The account at X. No method throws for what X or the network does: every answer is a value.
 * It can only post (never as a reply or quote), delete, read its own identity and its own posts.
 */
export interface Publisher {
  readonly scope: Scope;
  prepare(signal: AbortSignal): Promise<Prepared>;
  /** Sends exactly one POST on the connection, after `fence` says go; never repeats it. Refuses an entry of another scope. */
  publish(connection: Connection, entry: Entry, fence: Fence, deadlineMs: number): Promise<Outcome>;
  identity(signal: AbortSignal): Promise<Identity>;
  ownPosts(request: { accountId: string; sinceId: string | null; signal: AbortSignal }): Promise<OwnTimeline>;
  /** May be repeated: deleting twice is deleting once. */
  withdraw(remoteId: string, deadlineMs: number): Promise<Deletion>;
}
