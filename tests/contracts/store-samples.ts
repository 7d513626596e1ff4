import type { FeedState } from '../../src/feed/feed-state.ts';
import type { SeenItem } from '../../src/feed/seen-item.ts';
import type { Entry, Scope } from '../../src/outbox/entry.ts';
import type { Lease, LeasePort } from '../../src/outbox/lease.ts';
import type { Claimed, OutboxStore, PollRecord, Slot } from '../../src/outbox/outbox-store.ts';
import { NOW, SCOPE, anEntry } from '../outbox/sample-entries.ts';

export async function held(lease: LeasePort, holder: string): Promise<Lease> {
  const request = await lease.acquire(holder, 0);
  if (request.kind !== 'held') throw new Error(`the lease is held by ${request.holder}`);
  return request.lease;
}

/** Takes the lease and lets it go again at once: its epoch stays the newest one. */
export async function epochOf(lease: LeasePort): Promise<number> {
  const taken = await held(lease, 'test');
  await taken.release();
  return taken.epoch;
}

type ClaimWish = {
  epoch: number;
  slot?: Slot;
  scope?: Scope;
  now?: number;
  nonce?: string;
  onlyId?: string;
  overridePauseOnly?: boolean;
  pausedFeeds?: readonly string[];
};

export function claim(store: OutboxStore, wish: ClaimWish): Promise<Claimed> {
  const {
    epoch,
    slot = 'main',
    scope = SCOPE,
    now = NOW,
    nonce = 'n1',
    onlyId,
    overridePauseOnly = false,
    pausedFeeds = [],
  } = wish;
  const attempt = { at: now, nonce, epoch, deadlineAt: now + 35_000, sinceRemoteId: null };
  const only = onlyId === undefined ? {} : { onlyId };
  return store.claim({ scope, slot, now, epoch, overridePauseOnly, pausedFeeds, attempt, ...only });
}

export function claimedEntry(claimed: Claimed): Entry {
  if (claimed.kind !== 'claimed') throw new Error(`nothing was claimed: ${claimed.kind}`);
  return claimed.entry;
}

export async function found(store: OutboxStore, id: string): Promise<Entry> {
  const entry = await store.find(id);
  if (entry === null) throw new Error(`no entry ${id}`);
  return entry;
}

export async function ids(entries: Promise<readonly Entry[]>): Promise<string[]> {
  return (await entries).map((entry) => entry.id);
}

export function anItem(seenId: string, keys: readonly string[]): SeenItem {
  return {
    seenId,
    feed: 'meti',
    keys,
    title: '審査基準を改訂しました',
    url: 'https://www.jpo.go.jp/news/1.html',
    lang: 'ja',
    publishedAt: null,
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    disposition: 'recorded',
    entryId: 'e1',
  };
}

export function aFeed(): FeedState {
  return {
    feed: 'meti',
    etag: '"abc"',
    lastModified: null,
    bodyHash: 'f'.repeat(64),
    lastPollAt: NOW,
    lastSuccessAt: NOW,
    lastNewItemAt: null,
    nextPollAt: NOW + 300_000,
    failures: 0,
    itemCount: 20,
    lastBuildDate: null,
    baselineDone: true,
    guidsUnreliable: false,
    problems: [{ code: 'http-status', detail: '503', since: NOW }],
  };
}

export function aPoll(overrides: Partial<PollRecord>): PollRecord {
  return {
    scope: SCOPE,
    feed: aFeed(),
    seen: [anItem('s1', ['k1', 'k2'])],
    entries: [anEntry()],
    supersede: [],
    ...overrides,
  };
}
