import { expect, test } from 'vitest';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import {
  proposeUrgent,
  publishUrgentAlone,
  type UrgentRequest,
  type UrgentResult,
} from '../../src/app/force-urgent.ts';
import { runWorker } from '../../src/app/run-worker.ts';
import { StoreError } from '../../src/outbox/outbox-store.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { aFakeApp, aRealEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const PAUSE = {
  ...EVERYTHING,
  kind: 'pause',
  reason: '点検',
  by: '鈴木',
  since: START,
  until: null,
} as const;

const REQUEST: UrgentRequest = {
  requestId: 'r1',
  text: '地震により影響を受けた手続の取扱いについて',
  url: 'https://www.jpo.go.jp/news/koho/saigai/quake.html',
  fields: {},
  lang: 'ja',
  by: '佐藤',
  reason: '至急',
  overridePause: false,
};

type Case = {
  name: string;
  before(app: FakeApp): Promise<unknown>;
  result: UrgentResult['kind'];
  /** POSTs that left for the notice itself. */
  posts: number;
};
/** Seconds to make; tests/app/forced-wire.test.ts shows the same on disk, in the short run with a thousand. */
const LONG_QUEUE: Case = {
  name: '10,000 main updates wait',
  before: async (app) => {
    const update = aRealEntry();
    for (let number = 0; number < 10_000; number += 1)
      await app.store.recordEntry({ ...update, id: `m${String(number)}`, originKey: String(number) });
  },
  result: 'published',
  posts: 1,
};
const cases: readonly Case[] = [
  { name: 'no worker runs', before: async () => {}, result: 'published', posts: 1 },
  ...(process.env['KOSATSU_THOROUGH'] === '1' ? [LONG_QUEUE] : []),
  {
    name: 'another urgent notice is in doubt',
    before: async (app) => {
      await app.store.recordEntry(aRealEntry({ topic: 'urgent' }));
      const sinceRemoteId = null;
      const claim = { at: START, nonce: 'n', epoch: 0, deadlineAt: START + 15_000, sinceRemoteId };
      await app.store.apply('e1', {
        kind: 'claim',
        at: START,
        by: 'kosatsu',
        attempt: { ...claim, number: 1 },
      });
      await app.store.apply('e1', { kind: 'recovered', at: START, by: 'kosatsu', nextReadAt: START });
    },
    result: 'published',
    posts: 1,
  },
  {
    name: 'no allowance is left',
    before: async (app) => {
      app.publisher.outcomes = [{ kind: 'throttled', until: START + 900_000, detail: '429' }];
    },
    result: 'waiting',
    posts: 1,
  },
  {
    name: 'X refused the account before',
    before: (app) =>
      app.store.setStop(SCOPE, {
        ...EVERYTHING,
        kind: 'account',
        reason: '402',
        by: 'kosatsu',
        since: START,
        until: START + 900_000,
      }),
    result: 'waiting',
    posts: 0,
  },
  {
    name: 'publishing is paused',
    before: (app) => app.store.setStop(SCOPE, PAUSE),
    result: 'waiting',
    posts: 0,
  },
  {
    name: 'X cannot be reached',
    before: async (app) => {
      app.publisher.connections = ['refused'];
    },
    result: 'waiting',
    posts: 0,
  },
  {
    name: 'X cannot be reached at first',
    before: async (app) => {
      app.publisher.connections = ['refused', 'refused', 'ready'];
    },
    result: 'published',
    posts: 1,
  },
  {
    name: 'the answer is lost',
    before: async (app) => {
      app.publisher.outcomes = ['accept-and-lose'];
    },
    result: 'published',
    posts: 1,
  },
  {
    name: 'the answer is lost and nothing is found',
    before: async (app) => {
      app.publisher.outcomes = [{ kind: 'uncertain', detail: 'timeout' }];
    },
    result: 'unknown',
    posts: 1,
  },
  {
    name: 'the read side of X is down',
    before: async (app) => {
      const detail = '503';
      app.publisher.timelines = [{ kind: 'unreadable', cause: 'unknown-answer', until: null, detail }];
    },
    result: 'published',
    posts: 1,
  },
];

test.each(cases)('an urgent notice forced while $name ends as $result', async ({ before, result, posts }) => {
  const app = aFakeApp();
  await before(app);
  const ended = await publishUrgentAlone(app, REQUEST, signal);
  expect(ended.kind).toBe(result);
  expect(app.publisher.sent.filter((entry) => entry.kind === 'forced')).toHaveLength(posts);
  // Whatever was answered, the same request again is the same notice.
  const again = await publishUrgentAlone(app, REQUEST, signal);
  expect(again.kind).toBe(result);
  expect(await app.store.list({ scope: SCOPE, states: ['published'] })).toHaveLength(
    result === 'published' ? 1 : 0,
  );
});

test('whoever is about to force a notice during a pause is told before the question, and how it goes out all the same', async () => {
  const app = aFakeApp();
  await app.store.setStop(SCOPE, PAUSE);
  const messagesOf = async (request: UrgentRequest): Promise<string> => {
    const proposal = await proposeUrgent(app, request);
    return proposal.kind === 'proposal' ? proposal.messages.join() : proposal.kind;
  };
  expect(await messagesOf(REQUEST)).toMatch(/点検.*--override-pause/u);
  expect(await messagesOf({ ...REQUEST, overridePause: true })).toBe('');
});

test('a notice that is typed again while the first waits for X is held as a repeat, and the first goes out all the same', async () => {
  const app = aFakeApp();
  app.publisher.outcomes = [{ kind: 'throttled', until: START + 900_000, detail: '429' }, 'accept'];
  expect(await publishUrgentAlone(app, REQUEST, signal)).toMatchObject({ kind: 'waiting' });
  const again = await publishUrgentAlone(app, { ...REQUEST, requestId: 'r2' }, signal);
  expect(again).toMatchObject({ kind: 'held' });
  app.clock.boot += 900_000;
  // Whoever asks for the first one's fate once more, or a worker, takes it up.
  expect(await publishUrgentAlone(app, REQUEST, signal)).toMatchObject({ kind: 'published' });
  expect(await app.store.find(again.kind === 'held' ? (again.entryId ?? '') : '')).toMatchObject({
    state: 'held',
    reasons: [{ rule: 'duplicate-text' }],
  });
});

test('a notice that waits until its hour is over is refused, and that is told outside', async () => {
  const app = aFakeApp();
  app.publisher.outcomes = [{ kind: 'throttled', until: START + 900_000, detail: '429' }, 'accept'];
  const text = '手続の受付を2026年10月1日まで延長します';
  expect(await publishUrgentAlone(app, { ...REQUEST, text }, signal)).toMatchObject({ kind: 'waiting' });
  app.clock.boot += 26 * 3_600_000;
  expect(await publishUrgentAlone(app, { ...REQUEST, text }, signal)).toMatchObject({ kind: 'refused' });
  expect(app.told).toContainEqual(expect.objectContaining({ code: 'entry-refused', severity: 'alarm' }));
  expect(app.publisher.sent).toHaveLength(1);
});

test('a notice forced beside a worker that cannot be spoken to is left to it, and its answer waited for', async () => {
  const app = aFakeApp();
  const end = new AbortController();
  const working = runWorker(app, { signal: end.signal, onReady: () => {} });
  expect(await app.lease.holder()).toBe('worker');
  expect(await publishUrgentAlone(app, REQUEST, signal)).toMatchObject({ kind: 'published' });
  expect(app.publisher.sent).toHaveLength(1);
  end.abort();
  await working;
});

test('an urgent notice forced while the disk is full is refused, and nothing leaves', async () => {
  const store = new MemoryOutbox();
  store.recordEntry = () => Promise.reject(new StoreError('full', 'no space left'));
  const app = aFakeApp({ store });
  await expect(publishUrgentAlone(app, REQUEST, signal)).rejects.toMatchObject({ code: 'full' });
  expect(app.publisher.sent).toEqual([]);
  expect(await app.lease.holder()).toBeNull();
});
