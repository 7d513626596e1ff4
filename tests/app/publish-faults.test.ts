import { expect, test } from 'vitest';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { act } from '../../src/app/operator-actions.ts';
import { DoubtClock } from '../../src/app/doubt-clock.ts';
import { publishNext, type PublishReport } from '../../src/app/publish-next.ts';
import { reconcileUncertain } from '../../src/app/reconcile-uncertain.ts';
import { recoverAtStart } from '../../src/app/recover-at-start.ts';
import { runWorker } from '../../src/app/run-worker.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { watchStranded } from '../../src/app/watch-stranded.ts';
import type { State } from '../../src/outbox/entry.ts';
import { StoreError, type StoreErrorCode } from '../../src/outbox/outbox-store.ts';
import type { Outcome } from '../../src/publish/publisher.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { snowflakeAt } from '../../src/publish/snowflake.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;

/** A store whose named method fails so many times, before or after it did its work. */
function failingStore(
  method: 'claim' | 'apply',
  code: StoreErrorCode,
  how: { times: number; commits: boolean },
): MemoryOutbox {
  const store = new MemoryOutbox();
  let left = how.times;
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const real = value.bind(target) as (...given: unknown[]) => unknown;
      if (name !== method) return real;
      return async (...given: unknown[]) => {
        if (left === 0) return real(...given);
        left -= 1;
        if (how.commits) await real(...given);
        throw new StoreError(code, `${code}, for the test`, { commitUnknown: how.commits });
      };
    },
  });
}

async function publish(app: FakeApp): Promise<PublishReport> {
  const request = await app.lease.acquire('worker', 0);
  if (request.kind !== 'held') throw new Error('busy');
  try {
    const right = { lease: request.lease, guard: new TimelineGuard() };
    return await publishNext(app, right, 'main', signal);
  } finally {
    await request.lease.release();
  }
}

/** Lives until nothing is left to do, or too long. */
async function work(app: FakeApp): Promise<void> {
  const end = new AbortController();
  const running = runWorker(app, { signal: end.signal, onReady: () => {} });
  for (let turns = 0; turns < 4_000; turns += 1) {
    const open = await app.store.list({ states: ['queued', 'attempting', 'uncertain'] });
    if (open.every((entry) => entry.needsPerson)) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  end.abort();
  await running;
}

const before: readonly StoreErrorCode[] = ['full', 'read-only', 'locked', 'corrupt', 'io'];
test.each(before)(
  'while the store answers %s to a claim nothing leaves, and once it works the post goes once',
  async (code) => {
    const store = failingStore('claim', code, { times: 3, commits: false });
    const app = aFakeApp({ store });
    await app.store.recordEntry(aRealEntry());
    await expect(publish(app)).rejects.toMatchObject({ code });
    expect(app.publisher.sent).toEqual([]);
    await work(app);
    expect(app.publisher.sent).toHaveLength(1);
    expect(app.told.map((notice) => notice.code)).toContain(`store-${code}`);
  },
);

test('a claim whose commit is unknown is not sent on: it becomes doubt, and goes once nobody finds it', async () => {
  const app = aFakeApp({ store: failingStore('claim', 'io', { times: 1, commits: true }) });
  await app.store.recordEntry(aRealEntry());
  await expect(publish(app)).rejects.toMatchObject({ commitUnknown: true });
  expect(app.publisher.sent).toEqual([]);
  expect(await app.store.find('e1')).toMatchObject({ state: 'attempting' });
  await work(app);
  expect(app.publisher.sent).toHaveLength(1);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published', attempts: 2 });
});

test('an outcome that the disk refuses for a while is recorded in the end, and the post went once', async () => {
  const app = aFakeApp({ store: failingStore('apply', 'full', { times: 20, commits: false }) });
  await app.store.recordEntry(aRealEntry());
  await publish(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published' });
  expect(app.publisher.sent).toHaveLength(1);
});

test('an outcome that cannot be recorded at all is doubt after the next start, and is found', async () => {
  const app = aFakeApp({ store: failingStore('apply', 'full', { times: 60, commits: false }) });
  await app.store.recordEntry(aRealEntry());
  await expect(publish(app)).rejects.toMatchObject({ code: 'full' });
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published', attempts: 1 });
  expect(app.publisher.sent).toHaveLength(1);
});

test('what X accepted and a full disk kept out of the store is published at the next start, without a look at X', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.publish = () => Promise.reject(new Error('killed'));
  await expect(publish(app)).rejects.toThrow('killed');
  const nonce = (await app.store.find('e1'))?.attempt?.nonce ?? '';
  const kept = { entryId: 'e1', nonce, remoteId: '1577730467436138524', at: START };
  app.store.keptOutcomes = () => Promise.resolve([kept, { ...kept, nonce: 'of another attempt' }]);
  app.publisher.ownPosts = () => Promise.reject(new Error('not to be asked'));
  expect(await recoverAtStart(app)).toEqual([]);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published', remoteId: kept.remoteId });
  expect(app.told.map((notice) => notice.code)).toEqual(['main-published']);
});

test('an outcome whose commit is unknown is not taken back', async () => {
  const app = aFakeApp({ store: failingStore('apply', 'io', { times: 1, commits: true }) });
  await app.store.recordEntry(aRealEntry());
  await publish(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published' });
  await work(app);
  expect(app.publisher.sent).toHaveLength(1);
});

test('a process that dies after its claim leaves doubt, and dying again in recovery changes nothing', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.publish = () => Promise.reject(new Error('killed'));
  await expect(publish(app)).rejects.toThrow('killed');
  expect(await app.store.find('e1')).toMatchObject({ state: 'attempting' });
  expect(await recoverAtStart(app)).toHaveLength(1);
  expect(await recoverAtStart(app)).toHaveLength(0);
  expect(await app.store.find('e1')).toMatchObject({ state: 'uncertain', attempts: 1 });
});

test('a process that dies while it connects has attempted nothing, and the post goes once after the next start', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const { prepare } = app.publisher;
  app.publisher.prepare = () => Promise.reject(new Error('killed'));
  await expect(publish(app)).rejects.toThrow('killed');
  expect(await app.store.find('e1')).toMatchObject({ state: 'queued', attempts: 0, attempt: null });
  app.publisher.prepare = prepare;
  expect(await recoverAtStart(app)).toEqual([]);
  await work(app);
  expect(app.publisher.sent).toHaveLength(1);
});

test('a process frozen between claim and write sends nothing after it thaws, and the next turn does', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const claim = app.store.claim.bind(app.store);
  app.store.claim = async (request) => {
    const claimed = await claim(request);
    app.clock.boot += 60_000;
    return claimed;
  };
  expect(await publish(app)).toMatchObject({ outcome: { kind: 'not-sent', cause: 'fence' } });
  expect(app.publisher.sent).toEqual([]);
  app.store.claim = claim;
  await work(app);
  expect(app.publisher.sent).toHaveLength(1);
});

test('with two processes on one store only the holder of the lease publishes', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const other = await app.lease.acquire('another machine', 0);
  expect(await runWorker(app, { signal, onReady: () => {} })).toMatchObject({ kind: 'busy' });
  expect(app.publisher.sent).toEqual([]);
  if (other.kind === 'held') await other.lease.release();
  await work(app);
  expect(app.publisher.sent).toHaveLength(1);
});

test('a former holder whose lease was taken over meanwhile claims nothing', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const request = await app.lease.acquire('worker', 0);
  if (request.kind !== 'held') throw new Error('busy');
  app.store.takeEpoch('another machine');
  const right = { lease: request.lease, guard: new TimelineGuard() };
  expect(await publishNext(app, right, 'main', signal)).toEqual({ kind: 'lease-lost' });
  expect(app.publisher.sent).toEqual([]);
});

test('a post that went out although the store forgot it is found at the start, not sent again', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.put(aRealEntry().text, START - 60_000);
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published' });
  expect(app.publisher.sent).toEqual([]);
});

test('credentials of another account post nothing, and people are told whose they are', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.identities = [
    { kind: 'known', accountId: '2', handle: 'somebody_else', name: 'x', serverTime: null },
  ];
  expect(await publish(app)).toMatchObject({ kind: 'unreachable' });
  expect(app.publisher.sent).toEqual([]);
  expect(app.told.map((notice) => notice.code)).toContain('account-other');
});

test('an account stop that a jumped clock dated years ahead is not believed', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const until = START + 366 * 86_400_000;
  await app.store.setStop(SCOPE, {
    kind: 'account',
    ...EVERYTHING,
    reason: '429',
    by: 'kosatsu',
    since: START,
    until,
  });
  expect(await publish(app)).toMatchObject({ kind: 'attempted' });
});

test.each([-3_600_000, 3_600_000, 8 * 3_600_000])(
  'a wall clock that jumps by %i ms while a post is in doubt neither repeats nor loses it',
  async (jump) => {
    const app = aFakeApp();
    await app.store.recordEntry(aRealEntry());
    app.publisher.outcomes = [{ kind: 'uncertain', detail: 'timeout' }, 'accept'];
    await publish(app);
    app.clock.wallAhead += jump;
    const doubts = new DoubtClock();
    const startedAt = app.clock.bootMs();
    while ((await app.store.find('e1'))?.state === 'uncertain') {
      await reconcileUncertain(app, doubts, signal);
      await app.clock.sleep(1_000);
    }
    expect(app.clock.bootMs() - startedAt).toBeGreaterThanOrEqual(150_000);
    expect(await app.store.find('e1')).toMatchObject({ state: 'queued' });
    expect(app.publisher.sent).toHaveLength(1);
  },
);

type Answer = { name: string; outcome: Outcome; state: State; told?: string; stops?: true };
const answers: readonly Answer[] = [
  {
    name: 'a 429 stops the account and keeps the post',
    outcome: { kind: 'throttled', until: START + 900_000, detail: '429' },
    state: 'queued',
    told: 'throttled',
    stops: true,
  },
  {
    name: 'a 429 without a time stops the account for its usual window',
    outcome: { kind: 'throttled', until: null, detail: '429' },
    state: 'queued',
    told: 'throttled',
    stops: true,
  },
  ...(['unauthorized', 'credits', 'suspended', 'locked', 'account-limit', 'client-forbidden'] as const).map(
    (cause): Answer => ({
      name: `an account that is refused (${cause}) pauses, keeps its posts and tells people`,
      outcome: { kind: 'refused-for-now', cause, detail: '403' },
      state: 'queued',
      told: `account-${cause}`,
      stops: true,
    }),
  ),
  {
    name: 'a refusal for good leaves the post rejected and tells people',
    outcome: { kind: 'rejected', status: 400, detail: 'invalid' },
    state: 'rejected',
    told: 'entry-rejected',
  },
  {
    name: 'a repeated text is doubt, never success',
    outcome: { kind: 'duplicate', detail: '403' },
    state: 'uncertain',
    told: 'entry-uncertain',
  },
  {
    name: 'an answer that proves nothing is doubt',
    outcome: { kind: 'uncertain', detail: '503' },
    state: 'uncertain',
    told: 'entry-uncertain',
  },
];

test.each(answers)('$name', async ({ outcome, state, told, stops }) => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = [outcome];
  await publish(app);
  expect(await app.store.find('e1')).toMatchObject({ state });
  if (told !== undefined) expect(app.told.map((notice) => notice.code)).toContain(told);
  expect((await app.store.stops(SCOPE)).length).toBe(stops === true ? 1 : 0);
  // A stopped account and a doubtful post: nothing more leaves by itself.
  app.publisher.outcomes = ['accept'];
  expect(await publish(app)).toMatchObject({ kind: 'idle' });
  expect(app.publisher.sent).toHaveLength(1);
});

test('a text that X called a repeat, and that no look finds, waits for a person and is never sent again', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = [{ kind: 'duplicate', detail: '403' }, 'accept'];
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'uncertain', needsPerson: true });
  expect(app.told.map((notice) => notice.code)).toContain('entry-needs-person');
  expect(app.publisher.sent).toHaveLength(1);
});

test('a post that somebody deletes at X while it is in doubt is not found, and goes out again', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = ['accept-and-lose', 'accept'];
  await publish(app);
  app.publisher.deleted.push(app.publisher.posts[0]?.remoteId ?? '');
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published', attempts: 2 });
  expect(
    app.publisher.posts.filter(({ remoteId }) => !app.publisher.deleted.includes(remoteId)),
  ).toHaveLength(1);
});

test('where own posts may not be read, a doubtful post waits for a person and is never sent again', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.timelines = [{ kind: 'unreadable', cause: 'forbidden', until: null, detail: '403' }];
  app.publisher.outcomes = [{ kind: 'uncertain', detail: 'timeout' }, 'accept'];
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'uncertain', needsPerson: true });
  expect(app.publisher.sent).toHaveLength(1);
});

const HOUR_MS = 3_600_000;
const MISTYPED = '9100000000000000000';
test.each([
  { whose: 'of an older post of ours', idOf: (known: string) => known },
  { whose: 'that is older than the newest post of ours', idOf: () => snowflakeAt(START - HOUR_MS) },
  { whose: 'that X has not come to yet', idOf: () => MISTYPED },
])('a success with an id $whose is doubt, and what the timeline shows decides', async ({ idOf }) => {
  const app = aFakeApp();
  const known = await publishedEntry(app, { id: 'e0', originKey: 'e0', text: '前のお知らせ' });
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = [{ kind: 'published', remoteId: idOf(known.remoteId ?? '') }, 'accept'];
  expect(await publish(app)).toMatchObject({ kind: 'attempted', outcome: { kind: 'uncertain' } });
  expect(await app.store.find('e1')).toMatchObject({ state: 'uncertain', remoteId: null });
  expect(app.told.map((notice) => notice.code)).toEqual(['entry-uncertain']);
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({
    state: 'published',
    remoteId: app.publisher.posts[1]?.remoteId,
  });
});

test('a new id is believed beside one on record that a person mistyped, and that X has not come to yet', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.store.newestRemoteId = async () => MISTYPED;
  expect(await publish(app)).toMatchObject({ kind: 'attempted', entry: { state: 'published' } });
});

test('a post in doubt that is on record for another entry is a person’s: it is not looked for without end, nor sent again', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = ['accept-and-lose', 'accept'];
  await publish(app);
  // Of two posts in doubt a person gave the one the other's id.
  const mixedUp = await publishedEntry(app, { id: 'e2', originKey: 'e2', text: '別のお知らせ' });
  const [post] = app.publisher.posts;
  const store = app.store;
  const restored = store.snapshot();
  for (const [key, entry] of restored.entries)
    if (entry.id === mixedUp.id) restored.entries.set(key, { ...entry, remoteId: post?.remoteId ?? null });
  store.restore(restored);
  await work(app);
  expect(await store.find('e1')).toMatchObject({ state: 'uncertain', needsPerson: true });
  expect((await store.find('e1'))?.note).toContain('e2');
  expect(app.told.map((notice) => notice.code)).toContain('entry-needs-person');
  expect(app.publisher.sent).toHaveLength(1);
});

test('what was marked for a person while nobody could be told is told by the next look, and stays on the board', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = [{ kind: 'duplicate', detail: '403' }];
  const { saveAlert } = app.store;
  app.store.saveAlert = () => Promise.reject(new StoreError('full', 'full'));
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ needsPerson: true });
  expect(app.told.map((notice) => notice.code)).not.toContain('entry-needs-person');
  app.store.saveAlert = saveAlert.bind(app.store);
  for (let looks = 0; looks < 3; looks += 1) await reconcileUncertain(app, new DoubtClock(), signal);
  expect(app.told.filter(({ code }) => code === 'entry-needs-person')).toHaveLength(1);
  expect((await app.store.alerts(SCOPE)).map(({ key }) => key)).toContain('uncertain:e1');
});

test('a store that fails now and then does not begin a doubt anew each time', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = [{ kind: 'uncertain', detail: 'timeout' }, 'accept'];
  const list = app.store.list.bind(app.store);
  let looks = 0;
  app.store.list = (filter) => {
    const isLook = filter.scope !== undefined && filter.states?.[0] === 'uncertain';
    if (isLook && (looks += 1) % 2 === 0) return Promise.reject(new StoreError('io', 'now and then'));
    return list(filter);
  };
  await work(app);
  expect(await app.store.find('e1')).toMatchObject({ state: 'published', attempts: 2 });
});

test('a worker that lost its place says so, also where the store fails right after', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.store.claim = () => {
    app.store.alerts = () => Promise.reject(new StoreError('io', 'gone'));
    return Promise.resolve({ kind: 'lease-lost' });
  };
  const running = runWorker(app, { signal, onReady: () => {} });
  expect(await running).toEqual({ kind: 'lease-lost' });
});

test('that X refused a post for good is said before it is on record, so that no death in between leaves it unsaid', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.outcomes = [{ kind: 'rejected', status: 400, detail: 'invalid' }];
  const apply = app.store.apply.bind(app.store);
  app.store.apply = (id, event) =>
    event.kind === 'rejected' ? Promise.reject(new Error('died here')) : apply(id, event);
  await expect(publish(app)).rejects.toThrow('died here');
  expect(app.told.map((notice) => notice.code)).toContain('entry-rejected');
});

test('posts that wait for the account’s former name are told of until nothing of them is open', async () => {
  const base = aFakeApp();
  const live = { mode: 'live', account: 'jpo_new' } as const;
  const app = { ...base, scope: live };
  await app.store.recordEntry(aRealEntry({ mode: 'live', account: 'jpo_old' }));
  await app.store.recordEntry(aRealEntry({ id: 'e2', originKey: 'e2' }));
  await watchStranded(app);
  await watchStranded(app);
  expect(base.told).toMatchObject([{ code: 'entries-stranded', params: { other: 'jpo_old', count: 1 } }]);
  await app.store.apply('e1', { kind: 'cancel', at: START, by: '佐藤' });
  await watchStranded(app);
  expect(await app.store.alerts(live)).toEqual([]);
});

test('a main update expires after days in the queue, not after days before a person’s yes; a retry and a yes bring it back', async () => {
  const app = aFakeApp();
  const person = { by: '佐藤', reason: '掲載を確認' };
  await app.store.recordEntry(aRealEntry());
  await app.store.recordEntry(aRealEntry({ id: 'e2', originKey: 'e2', state: 'held', heldSince: START }));
  app.clock.boot += 80 * HOUR_MS;
  expect(await publish(app)).toMatchObject({ kind: 'set-aside', entry: { state: 'expired' } });
  await act(app, { kind: 'retry', id: 'e1', ...person });
  for (const id of ['e1', 'e2']) {
    expect(await act(app, { kind: 'approve', id, ...person })).toMatchObject({ entry: { state: 'queued' } });
    expect(await publish(app)).toMatchObject({ kind: 'attempted', entry: { id, state: 'published' } });
  }
});

test.each([
  { topic: 'urgent', apartMs: 5_000 },
  { topic: 'main', apartMs: 900_000 },
] as const)(
  'a post that never left is tried again after $apartMs ms at most where it is $topic',
  async ({ topic, apartMs }) => {
    const app = aFakeApp();
    await app.store.recordEntry(aRealEntry({ topic }));
    app.publisher.outcomes = [{ kind: 'not-sent', cause: 'network', detail: 'ECONNRESET' }];
    const request = await app.lease.acquire('worker', 0);
    if (request.kind !== 'held') throw new Error('busy');
    const right = { lease: request.lease, guard: new TimelineGuard() };
    let longestMs = 0;
    for (let tries = 1; tries <= 6; tries += 1) {
      expect(await publishNext(app, right, topic, signal)).toMatchObject({ entry: { attempts: tries } });
      const waitMs = ((await app.store.find('e1'))?.dueAt ?? 0) - app.clock.now();
      longestMs = Math.max(longestMs, waitMs);
      app.clock.boot += waitMs;
    }
    expect(longestMs).toBe(apartMs);
  },
);
