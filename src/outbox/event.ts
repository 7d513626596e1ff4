import type { DraftSource } from '../compose/draft.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Reason } from '../policy/verdict.ts';
import type { Approval, Attempt } from './entry.ts';

/**
 * Everything that can happen to a recorded entry. `at` is wall time; `by` is an operator's name or `kosatsu`; `policyVersion` is the
 * policy that judged it just now, where the event comes of a judgement.
 */
export type EntryEvent = { at: EpochMs; by: string; reason?: string; policyVersion?: string } & (
  | { kind: 'approve'; approval: Approval; judged: 'allow' | 'hold'; reasons: readonly Reason[] }
  /** What made the program itself hold it has ended: `source` is the item as it is now read, without that fault. */
  | { kind: 'release'; source: DraftSource; dueAt: EpochMs; reasons: readonly Reason[] }
  | { kind: 'hold'; reasons: readonly Reason[] }
  | { kind: 'deny'; reasons: readonly Reason[] }
  | { kind: 'defer'; until: EpochMs; reasons: readonly Reason[] }
  | { kind: 'cancel' }
  | { kind: 'known' }
  | { kind: 'supersede'; successorId: string }
  /** A person worded it anew: another entry, with `text`, takes its place. */
  | { kind: 'edit'; successorId: string; text: string }
  | { kind: 'expire' }
  | { kind: 'claim'; attempt: Attempt }
  | { kind: 'accepted'; nonce: string; remoteId: string }
  | { kind: 'not-sent'; nonce: string; retryAt: EpochMs; detail: string }
  | { kind: 'later'; nonce: string; retryAt: EpochMs; detail: string }
  | { kind: 'rejected'; nonce: string; detail: string }
  | { kind: 'doubt'; nonce: string; detail: string; nextReadAt: EpochMs; duplicate: boolean }
  | { kind: 'recovered'; nextReadAt: EpochMs }
  | { kind: 'looked'; counts: boolean; nextReadAt: EpochMs; detail: string }
  | { kind: 'found'; remoteId: string; publishedAt: EpochMs }
  | { kind: 'not-found'; retryAt: EpochMs }
  | { kind: 'gave-up'; detail: string }
  | { kind: 'resolve-published'; remoteId: string; publishedAt: EpochMs }
  | { kind: 'resolve-not-published' }
  | { kind: 'retry' }
  | { kind: 'withdraw' }
  | { kind: 'withdraw-doubt'; detail: string; retryAt: EpochMs }
  | { kind: 'withdraw-refused'; detail: string }
  | { kind: 'deleted' }
  | { kind: 'gone-at-x'; detail: string }
);
export type EventKind = EntryEvent['kind'];
