import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import type { LeasePort } from '../../src/outbox/lease.ts';
import { StoreError } from '../../src/outbox/outbox-store.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import { EVENT_KINDS, NOW, OTHER_SCOPE, SCOPE, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { anItem, claim, epochOf } from './store-samples.ts';
import type { Place } from './place.ts';

const scopes = [SCOPE, OTHER_SCOPE];
const anyScope = fc.constantFrom(...scopes);
const anyId = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5');
const anyTime = fc.integer({ min: 0, max: 9 }).map((second) => NOW + second * 1_000);
const anyTopic = fc.constantFrom('main' as const, 'urgent' as const);

const aRecord = fc.record({
  id: anyId,
  scope: anyScope,
  topic: anyTopic,
  state: fc.constantFrom('queued' as const, 'held' as const, 'refused' as const),
  originKey: fc.constantFrom(null, 'o1', 'o2', 'o3'),
  textKey: fc.constantFrom('t1', 't2'),
  predecessorId: fc.constantFrom(null, 'e1', 'e2'),
  dueAt: anyTime,
  createdAt: anyTime,
  overridePause: fc.boolean(),
});

const anyCommand = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('record' as const), entry: aRecord }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('poll' as const),
      entries: fc.array(aRecord, { maxLength: 3 }),
      keys: fc.subarray(['k1', 'k2', 'k3'], { minLength: 1 }),
      seenId: fc.constantFrom('s1', 's2'),
      supersede: fc.option(anyId, { nil: null }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('apply' as const),
      id: anyId,
      kind: fc.constantFrom(...EVENT_KINDS),
      at: anyTime,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      scope: anyScope,
      slot: anyTopic,
      now: anyTime,
      overridePauseOnly: fc.boolean(),
      pausedFeeds: fc.constantFrom([], ['jpo-news'], [String(anEntry().source?.feed)]),
      onlyId: fc.option(anyId, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take-over' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('forget' as const), scope: anyScope, before: anyTime }),
  },
);
type Command = typeof anyCommand extends fc.Arbitrary<infer T> ? T : never;
type Side = { store: OutboxStore; lease: LeasePort; epoch: number };

/** The same commands to the store and to the one in memory give the same answers, and the same memory of them. */
export function behavesAsTheModel(name: string, open: () => Promise<Place>, numRuns: number): void {
  test(`${name}: whatever is asked of it, it answers as the store in memory does`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCommand, { maxLength: 60, size: 'max' }), async (commands) => {
        const place = await open();
        const memory = new MemoryOutbox();
        const real: Side = { store: place.store, lease: place.lease, epoch: await epochOf(place.lease) };
        const model: Side = { store: memory, lease: new MemoryLease(memory), epoch: 0 };
        model.epoch = await epochOf(model.lease);
        try {
          for (const [index, command] of commands.entries()) {
            const expected = await run(model, command, index);
            expect(await run(real, command, index)).toEqual(expected);
          }
          expect(await allThatIsKnown(real.store)).toEqual(await allThatIsKnown(memory));
        } finally {
          await place.close();
        }
      }),
      { numRuns },
    );
  }, 300_000);
}

async function run(side: Side, command: Command, index: number): Promise<unknown> {
  try {
    return await execute(side, command, index);
  } catch (error) {
    // Which failure it is matters; in whose words does not.
    return error instanceof StoreError ? error.code : String(error);
  }
}

async function execute(side: Side, command: Command, index: number): Promise<unknown> {
  switch (command.do) {
    case 'record':
      return side.store.recordEntry(entryOf(command.entry));
    case 'poll': {
      const seen = [{ ...anItem(command.seenId, command.keys), lastSeenAt: NOW + index }];
      const entries = command.entries.map(entryOf);
      const supersede =
        command.supersede === null
          ? []
          : [{ id: command.supersede, event: eventFor(anEntry(), 'supersede') }];
      return side.store.recordPoll({ scope: SCOPE, feed: aFeed(index), seen, entries, supersede });
    }
    case 'apply': {
      const entry = (await side.store.find(command.id)) ?? anEntry();
      return side.store.apply(command.id, eventFor(entry, command.kind, command.at));
    }
    case 'claim': {
      const { do: _, onlyId, ...wish } = command;
      const only = onlyId === undefined ? {} : { onlyId };
      const nonce = `nonce ${String(index)}`;
      const peeked = await side.store.peekDue({ ...wish, ...only });
      return [peeked, await claim(side.store, { ...wish, ...only, epoch: side.epoch, nonce })];
    }
    case 'take-over': {
      const before = side.epoch;
      side.epoch = await epochOf(side.lease);
      return [side.epoch, await claim(side.store, { epoch: before })];
    }
    case 'forget':
      return side.store.forgetSeen(command.scope, command.before);
    default:
      return command satisfies never;
  }
}

function entryOf(record: Extract<Command, { do: 'record' }>['entry']): Entry {
  const { scope, ...fields } = record;
  return anEntry({ ...scope, ...fields });
}

async function allThatIsKnown(store: OutboxStore): Promise<unknown> {
  const entries = await store.list({});
  const histories = await Promise.all(entries.map((entry) => store.history(entry.id)));
  const scoped = scopes.map(async (scope) => [
    await store.countSent(scope, NOW + 3_000),
    await store.countByState(scope),
    await store.newestRemoteId(scope),
    (await store.lastPublished(scope))?.publishedAt,
    await store.findByTextKey(scope, 't1', NOW + 2_000),
    await store.findByOriginKeys(scope, ['o1', 'o3']),
    await store.findSeen(scope, ['k1', 'k2', 'k3']),
    await store.lastSeen(scope, null, 100),
    await store.feedState(scope, 'meti'),
  ]);
  return [entries, histories, await Promise.all(scoped)];
}

function aFeed(index: number) {
  return {
    feed: 'meti',
    etag: String(index),
    lastModified: null,
    bodyHash: null,
    lastPollAt: NOW,
    lastSuccessAt: null,
    lastNewItemAt: null,
    nextPollAt: NOW,
    failures: index,
    itemCount: null,
    lastBuildDate: null,
    baselineDone: false,
    guidsUnreliable: false,
    problems: [],
  };
}
