import type { Approval, Attempt, Entry, Scope, State } from '../../src/outbox/entry.ts';
import type { EntryEvent, EventKind } from '../../src/outbox/event.ts';
import { transition } from '../../src/outbox/transition.ts';

export const SCOPE: Scope = { mode: 'sandbox', account: 'jpo_notice' };
export const OTHER_SCOPE: Scope = { mode: 'drill', account: 'jpo_notice' };
export const NOW = Date.UTC(2026, 3, 1, 3, 0);
const HASH = 'a'.repeat(64);

/** A queued main entry; what a test is not about stays as it is here. */
export function anEntry(overrides: Partial<Entry> = {}): Entry {
  const id = overrides.id ?? 'e1';
  const heldSince = overrides.state === 'held' ? NOW : null;
  return {
    ...SCOPE,
    id,
    kind: 'announcement',
    topic: 'main',
    state: 'queued',
    lang: 'ja',
    text: `審査基準を改訂しました(${id}) https://www.jpo.go.jp/news/${id}.html`,
    weight: 60,
    url: `https://www.jpo.go.jp/news/${id}.html`,
    textHash: HASH,
    textKey: `key of ${id}`,
    originKey: `origin of ${id}`,
    rule: 'default',
    reasons: [],
    policyVersion: '2026-04',
    source: {
      feed: 'meti',
      itemId: id,
      title: '審査基準を改訂しました',
      url: null,
      publishedAt: NOW,
      problems: [],
    },
    template: 'main-ja',
    predecessorId: null,
    correctsId: null,
    batchId: null,
    approvals: [],
    approvalsNeeded: 0,
    createdAt: NOW,
    dueAt: NOW,
    heldSince,
    needsPerson: false,
    attempts: 0,
    attempt: null,
    firstAttemptAt: null,
    search: null,
    remoteId: null,
    publishedAt: null,
    note: null,
    by: 'kosatsu',
    overridePause: false,
    revision: 1,
    ...overrides,
  };
}

export function anAttempt(overrides: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    at: NOW + 1_000,
    nonce: 'n1',
    epoch: 1,
    deadlineAt: NOW + 36_000,
    sinceRemoteId: null,
    ...overrides,
  };
}

export function anApproval(overrides: Partial<Approval> = {}): Approval {
  return { by: 'sato', at: NOW + 500, hash: HASH, reason: '内容を確認した', covers: [], ...overrides };
}

/** The events that lead a queued entry to a state, in order. */
const ROUTES: Record<State, readonly EventKind[]> = {
  queued: [],
  held: ['hold'],
  refused: ['deny'],
  attempting: ['claim'],
  uncertain: ['claim', 'doubt'],
  published: ['claim', 'accepted'],
  rejected: ['claim', 'rejected'],
  cancelled: ['cancel'],
  expired: ['expire'],
  withdrawing: ['claim', 'accepted', 'withdraw'],
  withdrawn: ['claim', 'accepted', 'withdraw', 'deleted'],
};

/** An entry that came to the state by legal moves alone. */
export function entryIn(state: State, overrides: Partial<Entry> = {}): Entry {
  let entry = anEntry(overrides);
  for (const kind of ROUTES[state]) {
    const moved = transition(entry, eventFor(entry, kind));
    if (moved.kind === 'illegal') throw new Error(`${kind} is illegal in ${entry.state}`);
    entry = moved.entry;
  }
  return entry;
}

/** An event of the kind that fits the entry: its own nonce, its own hash, the next attempt number. */
export function eventFor(entry: Entry, kind: EventKind, at: number = NOW + 2_000): EntryEvent {
  const base = { at, by: 'kosatsu' };
  const nonce = entry.attempt?.nonce ?? 'no attempt';
  const retryAt = at + 5_000;
  const detail = 'what X said';
  const number = entry.attempts + 1;
  const events: Record<EventKind, EntryEvent> = {
    release: {
      ...base,
      kind: 'release',
      source: entry.source ?? {
        feed: 'jpo',
        itemId: 'i',
        title: '',
        url: null,
        publishedAt: null,
        problems: [],
      },
      dueAt: NOW,
      reasons: [],
    },
    approve: {
      ...base,
      kind: 'approve',
      approval: anApproval({ hash: entry.textHash }),
      judged: 'allow',
      reasons: [],
    },
    hold: { ...base, kind: 'hold', reasons: [{ rule: 'stale', params: {} }] },
    deny: { ...base, kind: 'deny', reasons: [{ rule: 'weight', params: {} }] },
    defer: { ...base, kind: 'defer', until: retryAt, reasons: [{ rule: 'quiet-hours', params: {} }] },
    cancel: { ...base, kind: 'cancel', reason: '誤り' },
    known: { ...base, kind: 'known', reason: '別途周知済み' },
    supersede: { ...base, kind: 'supersede', successorId: 'e2' },
    edit: { ...base, kind: 'edit', successorId: 'e2', text: '書き直した本文', reason: '誤字' },
    expire: { ...base, kind: 'expire' },
    claim: { ...base, kind: 'claim', attempt: anAttempt({ number, nonce: `n${String(number)}`, at }) },
    accepted: { ...base, kind: 'accepted', nonce, remoteId: `19${entry.id.replaceAll(/\D/g, '')}0` },
    'not-sent': { ...base, kind: 'not-sent', nonce, retryAt, detail },
    later: { ...base, kind: 'later', nonce, retryAt, detail },
    rejected: { ...base, kind: 'rejected', nonce, detail },
    doubt: { ...base, kind: 'doubt', nonce, detail, nextReadAt: retryAt, duplicate: false },
    recovered: { ...base, kind: 'recovered', nextReadAt: retryAt },
    looked: { ...base, kind: 'looked', counts: true, nextReadAt: retryAt, detail },
    found: {
      ...base,
      kind: 'found',
      remoteId: `18${entry.id.replaceAll(/\D/g, '')}0`,
      publishedAt: at - 500,
    },
    'not-found': { ...base, kind: 'not-found', retryAt },
    'gave-up': { ...base, kind: 'gave-up', detail },
    'resolve-published': {
      ...base,
      kind: 'resolve-published',
      remoteId: `17${entry.id.replaceAll(/\D/g, '')}0`,
      publishedAt: at - 500,
    },
    'resolve-not-published': { ...base, kind: 'resolve-not-published', reason: '公式アカウントで確認した' },
    retry: { ...base, kind: 'retry' },
    withdraw: { ...base, kind: 'withdraw', reason: '誤記' },
    'withdraw-doubt': { ...base, kind: 'withdraw-doubt', detail, retryAt },
    'withdraw-refused': { ...base, kind: 'withdraw-refused', detail },
    deleted: { ...base, kind: 'deleted' },
    'gone-at-x': { ...base, kind: 'gone-at-x', detail },
  };
  return events[kind];
}

export const EVENT_KINDS: readonly EventKind[] = [
  'approve',
  'release',
  'hold',
  'deny',
  'defer',
  'cancel',
  'known',
  'supersede',
  'edit',
  'expire',
  'claim',
  'accepted',
  'not-sent',
  'later',
  'rejected',
  'doubt',
  'recovered',
  'looked',
  'found',
  'not-found',
  'gave-up',
  'resolve-published',
  'resolve-not-published',
  'retry',
  'withdraw',
  'withdraw-doubt',
  'withdraw-refused',
  'deleted',
  'gone-at-x',
];
