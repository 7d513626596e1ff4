import { describe, expect, test } from 'vitest';
import { STATES } from '../../src/outbox/entry.ts';
import type { Entry, State } from '../../src/outbox/entry.ts';
import type { EntryEvent, EventKind } from '../../src/outbox/event.ts';
import { brokenInvariant } from '../../src/outbox/invariants.ts';
import { transition } from '../../src/outbox/transition.ts';
import { EVENT_KINDS, NOW, anApproval, anAttempt, anEntry, entryIn, eventFor } from './sample-entries.ts';

/** The blueprint's table, written down a second time: what is not in a row is illegal there. */
const LEGAL: Record<State, string> = {
  queued:
    'hold>held deny>refused defer>queued cancel>cancelled known>cancelled supersede>cancelled edit>cancelled expire>expired claim>attempting found>published',
  held: 'approve>queued release>queued cancel>cancelled known>cancelled supersede>cancelled edit>cancelled expire>expired',
  attempting:
    'accepted>published not-sent>queued later>queued rejected>rejected doubt>uncertain recovered>uncertain',
  uncertain:
    'accepted>published doubt>uncertain looked>uncertain found>published not-found>queued gave-up>uncertain resolve-published>published resolve-not-published>held',
  rejected: 'retry>held',
  expired: 'retry>held',
  published: 'withdraw>withdrawing gone-at-x>withdrawn',
  withdrawing: 'deleted>withdrawn gone-at-x>withdrawn withdraw-doubt>withdrawing withdraw-refused>published',
  refused: '',
  cancelled: '',
  withdrawn: '',
};

describe('every state × event does what the table says, and nothing else', () => {
  const cells = STATES.flatMap((state) => EVENT_KINDS.map((kind) => [state, kind] as const));
  test.each(cells)('%s × %s', (state, kind) => {
    const moves = new Map(LEGAL[state].split(' ').map((move) => [move.split('>')[0], move.split('>')[1]]));
    const entry = entryIn(state);
    const before = structuredClone(entry);
    const moved = transition(entry, eventFor(entry, kind));
    expect(moved.kind === 'moved' ? moved.entry.state : 'illegal').toBe(moves.get(kind) ?? 'illegal');
    expect(entry, 'the entry given is not altered').toEqual(before);
    if (moved.kind === 'illegal') return;
    expect(moved.entry.revision).toBe(entry.revision + 1);
    expect(moved.entry.by).toBe('kosatsu');
    expect(brokenInvariant(moved.entry)).toBeNull();
  });
});

/** One check: from this entry, the event gives these fields, or is illegal. */
function check(entry: Entry, event: EntryEvent, expected: Partial<Entry> | 'illegal'): void {
  const moved = transition(entry, event);
  expect(moved).toMatchObject(
    expected === 'illegal' ? { kind: 'illegal' } : { kind: 'moved', entry: expected },
  );
}

function change(event: EntryEvent, fields: object): EntryEvent {
  return { ...event, ...fields };
}

describe('an outcome belongs to one attempt', () => {
  const outcomes: EventKind[] = ['accepted', 'not-sent', 'later', 'rejected', 'doubt'];
  test.each(outcomes)('%s of another attempt changes nothing', (kind) => {
    const entry = entryIn('attempting');
    check(entry, change(eventFor(entry, kind), { nonce: 'another' }), 'illegal');
  });

  test('a late acceptance ends the doubt about its own attempt', () => {
    const entry = entryIn('uncertain');
    check(entry, eventFor(entry, 'accepted'), {
      state: 'published',
      remoteId: '1910',
      publishedAt: NOW + 2_000,
      search: null,
    });
  });

  test('a late acceptance of an earlier attempt never settles a later one', () => {
    const queued = after(entryIn('uncertain'), 'not-found');
    check(
      after(queued, 'claim'),
      change(eventFor(entryIn('attempting'), 'accepted'), { nonce: 'n1' }),
      'illegal',
    );
  });

  test('an acceptance that comes after "not there" stops the second post', () => {
    const queued = after(entryIn('uncertain'), 'not-found');
    expect(queued.state).toBe('queued');
    check(queued, eventFor(queued, 'accepted'), { state: 'published' });
    const held = after(entryIn('uncertain'), 'resolve-not-published');
    check(held, eventFor(held, 'accepted'), { state: 'published', heldSince: null });
  });

  test('an acceptance without a post id is none', () => {
    const entry = entryIn('attempting');
    check(entry, change(eventFor(entry, 'accepted'), { remoteId: '' }), 'illegal');
  });

  test('a claim counts on from the last attempt, or is refused', () => {
    const entry = entryIn('queued');
    check(entry, change(eventFor(entry, 'claim'), { attempt: anAttempt({ number: 2 }) }), 'illegal');
    const again = after(entryIn('attempting'), 'not-sent');
    const second = after(again, 'claim', NOW + 60_000);
    expect(second).toMatchObject({ attempts: 2, firstAttemptAt: NOW + 2_000 });
    expect(second.attempt).toMatchObject({ number: 2, at: NOW + 60_000 });
  });
});

describe('doubt is ended by looking or by a person, never by itself', () => {
  test('what X refused as a repeat is never queued again', () => {
    const entry = entryIn('attempting');
    const doubted = moveBy(entry, change(eventFor(entry, 'doubt'), { duplicate: true }));
    expect(doubted.search).toMatchObject({ duplicateRefused: true });
    check(doubted, eventFor(doubted, 'not-found'), 'illegal');
    const looked = after(doubted, 'looked');
    check(looked, eventFor(looked, 'not-found'), 'illegal');
    const doubtedAgain = moveBy(looked, change(eventFor(looked, 'doubt'), { duplicate: false }));
    check(doubtedAgain, eventFor(doubtedAgain, 'not-found'), 'illegal');
  });

  test('a duplicate refusal that arrives after the recovery still counts', () => {
    const recovered = after(after(entryIn('attempting'), 'recovered'), 'looked');
    const doubted = moveBy(recovered, change(eventFor(recovered, 'doubt'), { duplicate: true }));
    expect(doubted.search).toMatchObject({ duplicateRefused: true, reads: 1 });
    check(doubted, eventFor(doubted, 'not-found'), 'illegal');
  });

  test('what is marked for a person is not queued behind their back, but may still be found', () => {
    const marked = after(entryIn('uncertain'), 'gave-up');
    expect(marked).toMatchObject({ needsPerson: true, note: 'what X said' });
    check(marked, eventFor(marked, 'not-found'), 'illegal');
    check(marked, eventFor(marked, 'found'), { state: 'published', needsPerson: false });
    check(marked, eventFor(marked, 'resolve-not-published'), { state: 'held', needsPerson: false });
  });

  test('reads are counted, and only those that began late enough count as misses', () => {
    const entry = entryIn('uncertain');
    const early = moveBy(entry, change(eventFor(entry, 'looked'), { counts: false }));
    expect(early.search).toMatchObject({
      reads: 1,
      misses: 0,
      lastReadAt: NOW + 2_000,
      nextReadAt: NOW + 7_000,
    });
    expect(after(early, 'looked').search).toMatchObject({ reads: 2, misses: 1 });
  });

  test('a new doubt about a new attempt begins a new search', () => {
    const again = after(after(after(entryIn('uncertain'), 'looked'), 'not-found'), 'claim');
    expect(again.search).toBeNull();
    expect(after(again, 'doubt').search).toMatchObject({ reads: 0, misses: 0, duplicateRefused: false });
  });
});

describe('approval is of these bytes, by enough people', () => {
  const held = anEntry({ state: 'held', approvalsNeeded: 2 });
  const sato = eventFor(held, 'approve');
  const suzuki = change(sato, { approval: anApproval({ by: 'suzuki' }) });

  test('other bytes are refused', () => {
    check(held, change(sato, { approval: anApproval({ hash: 'b'.repeat(64) }) }), 'illegal');
  });
  test('one of two is not enough', () => {
    check(held, sato, { state: 'held', heldSince: NOW, approvals: [anApproval()] });
  });
  test('two people release it, due at once', () => {
    check(moveBy(held, sato), suzuki, { state: 'queued', heldSince: null, dueAt: NOW + 2_000 });
  });
  test('the same person twice is one person', () => {
    const again = moveBy(moveBy(held, sato), sato);
    expect(again.state).toBe('held');
    expect(again.approvals).toHaveLength(1);
  });
  test('enough people do not release what the policy holds for a new reason', () => {
    const reasons: Entry['reasons'] = [{ rule: 'duplicate-text', params: {} }];
    check(moveBy(held, sato), change(suzuki, { judged: 'hold', reasons }), {
      state: 'held',
      reasons,
    });
  });
  test('an entry that is held again needs its approvals anew', () => {
    const released = moveBy(moveBy(held, sato), suzuki);
    expect(after(released, 'hold').approvals).toEqual([]);
  });
});

describe('the rest of what an event sets', () => {
  const table: [
    name: string,
    from: State,
    kind: EventKind,
    expected: Partial<Entry> | 'illegal',
    overrides?: Partial<Entry>,
  ][] = [
    ['urgent notices never expire', 'queued', 'expire', 'illegal', { topic: 'urgent' }],
    ['held urgent notices never expire', 'held', 'expire', 'illegal', { topic: 'urgent' }],
    [
      'what people must approve is not let go by the program',
      'held',
      'release',
      'illegal',
      { approvalsNeeded: 1 },
    ],
    [
      'held entries remember since when',
      'queued',
      'hold',
      { heldSince: NOW + 2_000, reasons: [{ rule: 'stale', params: {} }] },
    ],
    ['deferred entries wait until then', 'queued', 'defer', { dueAt: NOW + 7_000 }],
    [
      'an attempt that left nothing waits for its retry',
      'attempting',
      'not-sent',
      { dueAt: NOW + 7_000, note: 'what X said' },
    ],
    ['a throttled attempt waits', 'attempting', 'later', { dueAt: NOW + 7_000 }],
    ["a refusal for good keeps X's words", 'attempting', 'rejected', { note: 'what X said' }],
    ['a found post has its own time', 'uncertain', 'found', { publishedAt: NOW + 1_500, remoteId: '1810' }],
    ['a withdrawal is due at once', 'published', 'withdraw', { dueAt: NOW + 2_000, remoteId: '1910' }],
    ['a deletion in doubt is tried again', 'withdrawing', 'withdraw-doubt', { dueAt: NOW + 7_000 }],
    [
      'a withdrawn post keeps its id',
      'withdrawing',
      'deleted',
      { remoteId: '1910', publishedAt: NOW + 2_000 },
    ],
    ['a superseded entry names its successor', 'queued', 'supersede', { note: 'e2' }],
    ['an edited entry names its next version', 'held', 'edit', { note: 'e2', heldSince: null }],
    ['an edit that changes nothing is none', 'queued', 'edit', 'illegal', { text: '書き直した本文' }],
    ['a cancelled entry keeps the reason', 'held', 'cancel', { note: '誤り', heldSince: null }],
  ];
  test.each(table)('%s', (_name, from, kind, expected, overrides = {}) => {
    const entry = from === 'held' ? anEntry({ ...overrides, state: 'held' }) : entryIn(from, overrides);
    check(entry, eventFor(entry, kind), expected);
  });
});

function moveBy(entry: Entry, event: EntryEvent): Entry {
  const moved = transition(entry, event);
  if (moved.kind === 'illegal') throw new Error(`${event.kind} is illegal in ${entry.state}`);
  return moved.entry;
}

function after(entry: Entry, kind: EventKind, at?: number): Entry {
  return moveBy(entry, eventFor(entry, kind, at));
}
