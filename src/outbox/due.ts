import type { EpochMs } from '../feed/item.ts';
import type { Entry, Scope, State } from './entry.ts';
import type { Slot } from './outbox-store.ts';

/** What may be claimed; see OutboxStore.claim. */
export type DueRequest = {
  scope: Scope;
  slot: Slot;
  now: EpochMs;
  overridePauseOnly: boolean;
  /** Entries made from these feeds wait, unless they override pauses. */
  pausedFeeds?: readonly string[];
  onlyId?: string;
};

/** A newer report waits while its predecessor may be at X without our knowing; any other state of it is settled enough. */
export const BLOCKING_STATES: readonly State[] = ['attempting', 'uncertain'];

/** States of posts that were or may have been sent: what the daily budget counts. */
export const SENT_STATES: readonly State[] = [
  'attempting',
  'uncertain',
  'published',
  'withdrawing',
  'withdrawn',
];

/** States in which a text is no obstacle to the same text: it never went out and never will by itself. */
export const TEXT_FREE_STATES: readonly State[] = ['refused', 'cancelled', 'expired'];

/** Whether the entry stands in the request's queue, due or not. */
export function isWaiting(entry: Entry, request: DueRequest): boolean {
  return (
    entry.state === 'queued' &&
    sameScope(entry, request.scope) &&
    entry.topic === request.slot &&
    (!request.overridePauseOnly || entry.overridePause) &&
    (entry.overridePause || !isOfPausedFeed(entry, request)) &&
    (request.onlyId === undefined || entry.id === request.onlyId)
  );
}

function isOfPausedFeed({ source }: Entry, { pausedFeeds }: DueRequest): boolean {
  return source !== null && (pausedFeeds ?? []).includes(source.feed);
}

/** Oldest due first; then in the order of making, so that equal times never depend on a store's mood. */
export function compareDue(a: Entry, b: Entry): number {
  return a.dueAt - b.dueAt || a.createdAt - b.createdAt || compareIds(a.id, b.id);
}

/** Ids are ASCII; compared by code unit, as the databases do. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sameScope(a: Scope, b: Scope): boolean {
  return a.mode === b.mode && a.account === b.account;
}

/** X's ids are numbers too large for JavaScript: the longer, then the greater, is the newer. */
export function compareRemoteIds(a: string, b: string): number {
  return a.length - b.length || compareIds(a, b);
}

/** When an entry went, or may have gone, to X; null where it never did. */
export function sentAt(entry: Entry): EpochMs | null {
  return entry.publishedAt ?? entry.attempt?.at ?? null;
}
