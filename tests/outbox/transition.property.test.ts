import * as fc from 'fast-check';
import { expect, test } from 'vitest';
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
  holdsAlways((before) => expect(FINAL).not.toContain(before.state));
});

test('every entry that any sequence makes keeps the invariants, and its bytes, place and origin', () => {
  holdsAlways((before, _event, after) => {
    expect(brokenInvariant(after)).toBeNull();
    for (const field of [
      'id',
      'mode',
      'account',
      'topic',
      'text',
      'textHash',
      'textKey',
      'originKey',
      'createdAt',
    ] as const) {
      expect(after[field]).toEqual(before[field]);
    }
    expect(after.revision).toBe(before.revision + 1);
    expect(after.attempts).toBeGreaterThanOrEqual(before.attempts);
  });
});

test('a post id, once known, never changes', () => {
  holdsAlways((before, _event, after) => {
    if (before.remoteId !== null) expect(after.remoteId).toBe(before.remoteId);
  });
});

test('what may be at X is never attempted again without a read that missed it, or a person', () => {
  let open: string | null = null;
  holdsAlways((before, event, after) => {
    if (before.revision === 1) open = null;
    if (event.kind === 'claim') {
      expect(open, `claimed while attempt ${String(open)} was open`).toBeNull();
      open = event.attempt.nonce;
    }
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
    if (ends.includes(event.kind)) open = null;
    expect(after.state === 'attempting' || after.state === 'uncertain').toBe(open !== null);
  });
});

test('a text that X called a repeat leaves doubt only for published or a person', () => {
  holdsAlways((before, event, after) => {
    if (before.search?.duplicateRefused !== true) return;
    if (after.state === 'queued') expect.unreachable(`queued by ${event.kind}`);
    if (after.state === 'uncertain') expect(after.search?.duplicateRefused).toBe(true);
  });
});

test('an entry that needs two people is queued from held by two people alone', () => {
  holdsAlways((before, _event, after) => {
    if (before.state !== 'held' || after.state !== 'queued') return;
    expect(new Set(after.approvals.map((approval) => approval.by)).size).toBeGreaterThanOrEqual(
      after.approvalsNeeded,
    );
  });
});
