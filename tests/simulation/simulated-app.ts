import { CHEAP } from '../governance/cheap-passwords.ts';
import { noShelf } from '../../src/adapters/file/document-shelf.ts';
import type { App } from '../../src/app/app.ts';
import { Progress } from '../../src/app/progress.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import type { Config } from '../../src/config.ts';
import { StoreError, type OutboxStore } from '../../src/outbox/outbox-store.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { classifyAnswer } from '../../src/publish/classify-answer.ts';
import type { Answer } from '../../src/publish/answer.ts';
import type { Deletion, Outcome, Publisher } from '../../src/publish/publisher.ts';
import type { Strike, XStrike } from './faults.ts';
import { lost } from './model-x.ts';
import type { Life, Stage } from './stage.ts';

const READS: ReadonlySet<string> = new Set([
  'keptOutcomes',
  'peekDue',
  'find',
  'list',
  'history',
  'findByTextKey',
  'findByOriginKeys',
  'findByRemoteId',
  'countDue',
  'countSent',
  'countByState',
  'newestRemoteId',
  'lastPublished',
  'feedState',
  'findSeen',
  'lastSeen',
  'stops',
  'alerts',
  'fact',
]);

/** The program as one process of the run sees it: the real app layer over simulated ports. */
export function simulatedApp(world: Stage, life: Life, config: Config): App {
  return {
    config,
    scope: world.scope,
    store: world.mutant.store(simulatedStore(world, life), world),
    governance: world.store.governance,
    lease: world.leaseFor(life),
    publisher: world.mutant.publisher(simulatedPublisher(world, life), world, life),
    credentialsId: 'simulated',
    reader: simulatedReader(world, life),
    documents: noShelf,
    readKept: () => Promise.resolve({ kind: 'failed', problems: [], retryAfterMs: null, gone: false }),
    clock: life.clock,
    random: life.random,
    passwordCost: CHEAP,
    notifier: { tell: () => Promise.resolve() },
    outside: {
      post: () => Promise.resolve({ kind: 'none' }),
      reach: () => Promise.resolve({ kind: 'none' }),
    },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    progress: new Progress(),
  };
}

/** Every method of the store, as a step of the process. A write has its own ways to fail, before and in its commit. */
function simulatedStore(world: Stage, life: Life): OutboxStore {
  return new Proxy(world.store, {
    get(store, name: string) {
      const method = store[name as keyof OutboxStore] as (...given: unknown[]) => Promise<unknown>;
      if (typeof method !== 'function') return method;
      if (READS.has(name)) return (...given: unknown[]) => method.apply(store, given);
      return (...given: unknown[]) =>
        life.port(`store.${name}`, 1, async () => {
          const strike = world.faults.atCommit(`store.${name}`);
          if (strike?.do === 'store-full') throw new StoreError('full', 'no space left');
          world.beforeCommit();
          if (strike?.do !== 'commit-unknown') {
            const value = await method.apply(store, given);
            world.committed(`store.${name}`);
            return value;
          }
          if (strike.committed) await method.apply(store, given);
          world.committed(`store.${name}`);
          throw new StoreError('io', 'the connection broke in COMMIT', { commitUnknown: true });
        });
    },
  });
}

function simulatedPublisher(world: Stage, life: Life): Publisher {
  const connection = { close: () => {} };
  return {
    scope: world.scope,
    prepare: () =>
      life.port('x.connect', 40, () => {
        const strike = world.faults.atX('x.connect');
        return strike?.do === 'not-connected'
          ? { kind: 'not-sent', detail: 'ECONNREFUSED' }
          : { kind: 'ready', connection };
      }),
    publish: (_, entry, fence, deadlineMs) => post(world, life, entry, fence, deadlineMs),
    identity: () =>
      life.port('x.identity', 60, () =>
        world.x.identityReadable()
          ? {
              kind: 'known',
              accountId: '1',
              handle: world.scope.account,
              name: 'n',
              serverTime: world.x.wall(),
            }
          : { kind: 'unreadable', cause: 'forbidden', until: null, detail: '401 Unauthorized' },
      ),
    async ownPosts({ sinceId }) {
      const beganAt = Math.floor(world.x.wall() / 1000) * 1000;
      const posts = world.x.timeline(sinceId);
      return life.port('x.timeline', 80, () =>
        posts === 'unreadable'
          ? { kind: 'unreadable', cause: 'unknown-answer', until: null, detail: '503 Service Unavailable' }
          : { kind: 'read', posts, beganAt, complete: true },
      );
    },
    withdraw: (remoteId) => life.port('x.delete', 60, () => deletion(world, life, remoteId)),
  };
}

/** A DELETE that X may carry out without saying so. */
function deletion(world: Stage, life: Life, remoteId: string): Deletion {
  const strike = world.faults.atX('x.withdraw');
  const retryAt = life.clock.now() + 5_000;
  if (strike?.do === 'not-connected' || strike?.do === 'reset-before')
    return { kind: 'doubt', detail: 'ECONNRESET', retryAt };
  const done = world.x.delete(remoteId);
  return strike === null ? { kind: done } : { kind: 'doubt', detail: '503', retryAt };
}

/** One POST: the fence right before the first byte, then whatever X and the way to it do. */
export function post(
  world: Stage,
  life: Life,
  entry: Entry,
  fence: () => { kind: 'go' } | { kind: 'stop'; detail: string },
  deadlineMs: number,
): Promise<Outcome> {
  world.claimed(entry);
  return life.port('x.write', 5, async () => {
    const checked = fence();
    if (checked.kind === 'stop') return { kind: 'not-sent', cause: 'fence', detail: checked.detail } as const;
    const strike = xStrike(world.faults.atX('x.post'));
    world.leaves(entry);
    const answer = world.x.receive(entry.text, strike, life.machine.skewMs);
    const waitMs = answer === null ? deadlineMs : 300;
    const heard = await life.port<Answer>('x.answer', waitMs, () => answer ?? lost('ABORT_ERR'));
    return world.mutant.outcome(classifyAnswer(heard, life.clock.now()), heard);
  });
}

const X_STRIKES: ReadonlySet<string> = new Set<XStrike['do']>([
  'answer-lost',
  'zombie',
  'server-error',
  'no-id',
  'reset-before',
  'person-first',
]);

function isXStrike(strike: Strike | null): strike is XStrike {
  return strike !== null && X_STRIKES.has(strike.do);
}

function xStrike(strike: Strike | null): XStrike | null {
  return isXStrike(strike) ? strike : null;
}

function simulatedReader(world: Stage, life: Life): App['reader'] {
  return {
    read: (_, state) =>
      life.port('feed.read', 50, (): FeedReading => {
        const strike = world.faults.atFeed('feed.document');
        if (strike?.do === 'feed-fails') {
          const problem = { code: 'http-status', detail: '500', since: life.clock.now() } as const;
          return { kind: 'failed', problems: [problem], retryAfterMs: null, gone: false };
        }
        const { items, mark: etag } = world.feed.shown(world.scheduler.now);
        const hints = { etag, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
        if (state?.etag === etag) return { kind: 'unchanged', problems: [], state: hints };
        return { kind: 'items', items, problems: [], state: hints, doubledGuids: false };
      }),
    close: () => Promise.resolve(),
  };
}
