import * as fc from 'fast-check';
import { assert, test } from 'vitest';
import type { Entry, State } from '../../src/outbox/entry.ts';
import type { EntryEvent, EventKind } from '../../src/outbox/event.ts';
import { brokenInvariant } from '../../src/outbox/invariants.ts';
import { TRANSITIONS, transition } from '../../src/outbox/transition.ts';
import { EVENT_KINDS, NOW, anEntry, eventFor } from './sample-entries.ts';

const FINAL: readonly State[] = ['refused', 'cancelled', 'withdrawn'];

/**
 * Mostly a legal event that does not end the entry's life, because a blind choice ends it at the second step; sometimes any event
 * at all; sometimes with another attempt's nonce, other bytes, an empty id or a wrong attempt number.
 */
const anyStep = fc.record({
  pick: fc.nat(),
  choose: fc.constantFrom('lively', 'lively', 'lively', 'lively', 'lively', 'lively', 'legal', 'any'),
  spoil: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'nonce', 'bytes', 'id', 'number'),
  duplicate: fc.boolean(),
  counts: fc.boolean(),
  judged: fc.constantFrom('allow', 'hold'),
  by: fc.constantFrom('sato', 'suzuki'),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

function kindOf(entry: Entry, step: Step): EventKind {
  const moves = TRANSITIONS[entry.state];
  const legal = EVENT_KINDS.filter((kind) => moves[kind] !== undefined);
  const lively = legal.filter((kind) => moves[kind]?.every((state) => !FINAL.includes(state)));
  const kinds = { lively, legal, any: EVENT_KINDS }[step.choose] ?? EVENT_KINDS;
  return kinds[step.pick % kinds.length] ?? 'retry';
}

function eventOf(entry: Entry, step: Step, at: number): EntryEvent {
  const event = eventFor(entry, kindOf(entry, step), at);
  if ('nonce' in event && step.spoil === 'nonce') event.nonce = 'spoilt';
  if ('remoteId' in event && step.spoil === 'id') event.remoteId = '';
  if (event.kind === 'approve') event.judged = step.judged === 'allow' ? 'allow' : 'hold';
  if (event.kind === 'approve') event.approval.by = step.by;
  if (event.kind === 'approve' && step.spoil === 'bytes') event.approval.hash = 'spoilt';
  if (event.kind === 'claim' && step.spoil === 'number') event.attempt.number += 1;
  if (event.kind === 'doubt') event.duplicate = step.duplicate;
  if (event.kind === 'looked') event.counts = step.counts;
  return event;
}

const anyStart = fc.record({
  topic: fc.constantFrom('main' as const, 'urgent' as const),
  state: fc.constantFrom('queued' as const, 'held' as const, 'refused' as const),
  approvalsNeeded: fc.integer({ min: 0, max: 2 }),
});

/** Runs the steps and shows every legal move to `look`. */
function walk(
  start: Partial<Entry>,
  steps: readonly Step[],
  look: (before: Entry, event: EntryEvent, after: Entry) => void,
): void {
  let entry = anEntry({ ...start, heldSince: start.state === 'held' ? NOW : null });
  for (const [index, step] of steps.entries()) {
    const event = eventOf(entry, step, NOW + (index + 1) * 1_000);
    const moved = transition(entry, event);
    if (moved.kind === 'illegal') continue;
    look(entry, event, moved.entry);
    entry = moved.entry;
  }
}

function holdsAlways(look: (before: Entry, event: EntryEvent, after: Entry) => void): void {
  fc.assert(
    fc.property(anyStart, fc.array(anyStep, { maxLength: 40, size: 'max' }), (start, steps) =>
      walk(start, steps, look),
    ),
    { numRuns: 2_000 },
  );
}

test('no sequence of events leads out of a final state', () => {
  holdsAlways((before) => assert(!FINAL.includes(before.state), `left ${before.state}`));
});

test('every entry that any sequence makes keeps the invariants, and its bytes, place and origin', () => {
  const lasting = [
    'id',
    'mode',
    'account',
    'topic',
    'text',
    'textHash',
    'textKey',
    'originKey',
    'createdAt',
  ] as const;
  holdsAlways((before, _event, after) => {
    assert.isNull(brokenInvariant(after));
    for (const field of lasting) assert.equal(after[field], before[field]);
    assert.equal(after.revision, before.revision + 1);
    assert.isAtLeast(after.attempts, before.attempts);
  });
});

test('a post id, once known, never changes', () => {
  holdsAlways((before, _event, after) =>
    assert(before.remoteId === null || after.remoteId === before.remoteId),
  );
});

test('what may be at X is never attempted again without a read that missed it, or a person', () => {
  const ends = [
    'accepted',
    'not-sent',
    'later',
    'rejected',
    'found',
    'not-found',
    'resolve-published',
    'resolve-not-published',
  ];
  let open: string | null = null;
  holdsAlways((before, event, after) => {
    if (before.revision === 1) open = null;
    assert(event.kind !== 'claim' || open === null, `claimed while attempt ${String(open)} was open`);
    if (event.kind === 'claim') open = event.attempt.nonce;
    if (ends.includes(event.kind)) open = null;
    assert.equal(after.state === 'attempting' || after.state === 'uncertain', open !== null);
  });
});

test('a text that X called a repeat leaves doubt only for published or a person', () => {
  holdsAlways((before, event, after) => {
    if (before.search?.duplicateRefused !== true) return;
    assert(after.state !== 'queued', `queued by ${event.kind}`);
    assert(after.state !== 'uncertain' || after.search?.duplicateRefused === true, 'forgotten');
  });
});

test('an entry that needs two people is queued from held by two people alone', () => {
  holdsAlways((before, _event, after) => {
    if (before.state !== 'held' || after.state !== 'queued') return;
    assert.isAtLeast(new Set(after.approvals.map((approval) => approval.by)).size, after.approvalsNeeded);
  });
});
