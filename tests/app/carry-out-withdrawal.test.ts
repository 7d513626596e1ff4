import { expect, test } from 'vitest';
import type { Deletion } from '../../src/publish/publisher.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { carryOutWithdrawal } from '../../src/app/carry-out-withdrawal.ts';
import { runOnce, runWorker } from '../../src/app/run-worker.ts';
import { deleteWithdrawn, proposeWithdrawal, withdrawPost } from '../../src/app/withdraw-post.ts';
import type { Entry, State } from '../../src/outbox/entry.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const CORRECTION = '先ほどの投稿に誤りがありました。正しくは次のページをご覧ください。';

async function aWrongPost(): Promise<{ app: FakeApp; wrong: Entry }> {
  const app = aFakeApp();
  return { app, wrong: await publishedEntry(app) };
}

function request(id: string, correction: string | null = CORRECTION) {
  return { id, by: '佐藤', reason: '日付の誤り', correction };
}

async function withdrawn(app: FakeApp, wrong: Entry, correction: string | null = CORRECTION) {
  const recorded = await withdrawPost(app, request(wrong.id, correction));
  if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
  const correctionId = recorded.correction?.id ?? null;
  return carryOutWithdrawal(app, { entryId: wrong.id, correctionId }, signal);
}

test('a withdrawal deletes the post and publishes the correction that was shown, linked to it', async () => {
  const { app, wrong } = await aWrongPost();
  const proposal = await proposeWithdrawal(app, request(wrong.id));
  expect(app.publisher).toMatchObject({ sent: [], deleted: [] });
  expect(await app.store.find(wrong.id)).toMatchObject({ state: 'published' });
  const end = await withdrawn(app, wrong);
  expect(end).toMatchObject({
    entry: { state: 'withdrawn' },
    correction: { state: 'published', correctsId: wrong.id, topic: 'urgent', kind: 'correction' },
    stop: null,
  });
  expect(app.publisher.deleted).toEqual([wrong.remoteId]);
  expect(app.publisher.sent.map((entry) => entry.text)).toEqual([end.correction?.text]);
  expect(proposal).toMatchObject({ kind: 'proposal', correction: { text: end.correction?.text } });
  expect((await app.store.history(wrong.id)).map((line) => [line.event, line.by])).toContainEqual([
    'withdraw',
    '佐藤',
  ]);
});

test('the post may be named by its id at X, and no post that this program did not make can be', async () => {
  const { app, wrong } = await aWrongPost();
  const foreign = app.publisher.put('a person wrote this by hand');
  expect(await withdrawPost(app, request(foreign.remoteId))).toEqual({ kind: 'missing' });
  expect(await withdrawPost(app, request(wrong.remoteId ?? ''))).toMatchObject({ kind: 'recorded' });
  expect(await withdrawPost(app, request(wrong.id))).toMatchObject({ kind: 'refused' });
});

test('a post of another account or mode is not touched', async () => {
  const app = aFakeApp();
  const elsewhere = await publishedEntry(app, { mode: 'drill' });
  const { state } = elsewhere;
  expect(await withdrawPost(app, request(elsewhere.id))).toMatchObject({ kind: 'refused' });
  expect(await app.store.find(elsewhere.id)).toMatchObject({ state });
});

test('a correction that policy denies stops the withdrawal before the post is touched', async () => {
  const { app, wrong } = await aWrongPost();
  expect(await proposeWithdrawal(app, request(wrong.id, '@someone 訂正'))).toMatchObject({ kind: 'refused' });
  expect(await withdrawPost(app, request(wrong.id, '@someone 訂正'))).toMatchObject({ kind: 'refused' });
  expect(await app.store.list({ scope: SCOPE })).toHaveLength(1);
  expect(await app.store.find(wrong.id)).toMatchObject({ state: 'published' });
});

test('a correction that was sent although X refused the deletion is not sent again with the next attempt', async () => {
  const { app, wrong } = await aWrongPost();
  app.publisher.deletions = [{ kind: 'refused', detail: '403' }, { kind: 'deleted' }];
  expect(await withdrawn(app, wrong)).toMatchObject({ entry: { state: 'published' } });
  expect(await withdrawPost(app, request(wrong.id))).toMatchObject({ kind: 'refused' });
  expect(await app.store.find(wrong.id)).toMatchObject({ state: 'published' });
  expect(await withdrawn(app, wrong, null)).toMatchObject({ entry: { state: 'withdrawn' } });
  expect(app.publisher.sent).toHaveLength(1);
});

type Case = {
  name: string;
  x?: (app: FakeApp, wrong: Entry) => unknown;
  before?: (app: FakeApp) => Promise<unknown>;
  correction?: null;
  entry: State;
  corrected?: State;
};
const cases: readonly Case[] = [
  { name: 'without a correction only deletes', correction: null, entry: 'withdrawn' },
  {
    name: 'repeats a deletion whose answer was lost',
    x: ({ publisher }) =>
      (publisher.deletions = [{ kind: 'doubt', detail: 'ECONNRESET', retryAt: null }, { kind: 'deleted' }]),
    entry: 'withdrawn',
    corrected: 'published',
  },
  {
    name: 'takes a post that is gone already for withdrawn',
    x: ({ publisher }) => (publisher.deletions = [{ kind: 'gone' }]),
    entry: 'withdrawn',
    corrected: 'published',
  },
  {
    name: 'that X refuses leaves the post published, and the correction goes out all the same',
    x: ({ publisher }) => (publisher.deletions = [{ kind: 'refused', detail: '403' }]),
    entry: 'published',
    corrected: 'published',
  },
  {
    name: 'whose answers never come stays under way, and the correction does not wait for it',
    x: ({ publisher }) => (publisher.deletions = [{ kind: 'doubt', detail: 'timeout', retryAt: null }]),
    entry: 'withdrawing',
    corrected: 'published',
  },
  {
    name: 'whose correction X refuses deletes all the same',
    x: ({ publisher }) => (publisher.outcomes = [{ kind: 'rejected', status: 400, detail: 'bad' }]),
    entry: 'withdrawn',
    corrected: 'rejected',
  },
  {
    name: 'whose correction got no answer finds it on the timeline and sends it once',
    x: ({ publisher }) => (publisher.outcomes = ['accept-and-lose']),
    entry: 'withdrawn',
    corrected: 'published',
  },
  {
    name: 'passes a pause, because a wrong post must not stand until somebody resumes',
    before: (app) =>
      app.store.setStop(SCOPE, {
        kind: 'pause',
        ...EVERYTHING,
        reason: '点検',
        by: '鈴木',
        since: 0,
        until: null,
      }),
    entry: 'withdrawn',
    corrected: 'published',
  },
];

test.each(cases)('a withdrawal $name', async ({ x, before, correction, entry, corrected }) => {
  const { app, wrong } = await aWrongPost();
  x?.(app, wrong);
  await before?.(app);
  const end = await withdrawn(app, wrong, correction === null ? null : CORRECTION);
  expect(end.entry.state).toBe(entry);
  expect(end.correction?.state).toBe(corrected);
  expect(app.told.some(({ code }) => code === 'withdrawal-refused')).toBe(entry === 'published');
  const sent = app.publisher.sent.filter((one) => one.id === end.correction?.id);
  expect(sent).toHaveLength(corrected === undefined ? 0 : 1);
});

test('a withdrawal that X never answers is tried twelve times, further and further apart, and then told as not done', async () => {
  const { app, wrong } = await aWrongPost();
  app.publisher.deletions = [{ kind: 'doubt', detail: 'timeout', retryAt: null }];
  await withdrawPost(app, request(wrong.id, null));
  const triedAt: number[] = [];
  for (
    let turns = 0;
    turns < 20_000 && (await app.store.find(wrong.id))?.state === 'withdrawing';
    turns += 1
  ) {
    if ((await deleteWithdrawn(app, signal)).length > 0) triedAt.push(app.clock.now());
    await app.clock.sleep(1_000);
  }
  expect(triedAt).toHaveLength(12);
  const waits = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? at));
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(await app.store.find(wrong.id)).toMatchObject({ state: 'published', note: 'timeout' });
  expect(app.told.map(({ code }) => code)).toContain('withdrawal-refused');
});

test('that a post could not be taken back is said before it is on record, so that no death in between leaves it unsaid', async () => {
  const { app, wrong } = await aWrongPost();
  app.publisher.deletions = [{ kind: 'refused', detail: '403' }];
  await withdrawPost(app, request(wrong.id, null));
  const apply = app.store.apply.bind(app.store);
  app.store.apply = (id, event) =>
    event.kind === 'withdraw-refused' ? Promise.reject(new Error('died here')) : apply(id, event);
  await expect(deleteWithdrawn(app, signal)).rejects.toThrow('died here');
  expect(app.told.map(({ code }) => code)).toContain('withdrawal-refused');
  app.store.apply = apply;
  app.publisher.deletions = [{ kind: 'deleted' }];
  await deleteWithdrawn(app, signal);
  expect(await app.store.alerts(SCOPE)).toEqual([]);
});

test('a wrong post is taken back while X does not show the timeline in which a doubt is looked for', async () => {
  const { app, wrong } = await aWrongPost();
  const { text, attempt } = wrong;
  const search = { reads: 0, misses: 0, lastReadAt: null, nextReadAt: 0, duplicateRefused: false };
  const doubt = { state: 'uncertain', attempts: 1, attempt, firstAttemptAt: START, search } as const;
  await app.store.recordEntry(aRealEntry({ id: 'e2', originKey: 'e2', text: `${text}2`, ...doubt }));
  const end = new AbortController();
  const over = new Promise((resolve) => end.signal.addEventListener('abort', resolve));
  app.publisher.ownPosts = async () => {
    // Ordered while the look is under way.
    await withdrawPost(app, request(wrong.id, null));
    await over;
    return { kind: 'unreadable', cause: 'network', until: null, detail: 'ABORTED' };
  };
  const { tell } = app.notifier;
  app.notifier.tell = async (notice) => {
    await tell(notice);
    if (notice.code === 'entry-withdrawn') end.abort();
  };
  await runWorker(app, { signal: end.signal, onReady: () => {} });
  expect(await app.store.find(wrong.id)).toMatchObject({ state: 'withdrawn' });
});

test('while X refuses the account a withdrawal waits, says so, and sends nothing', async () => {
  const { app, wrong } = await aWrongPost();
  const now = app.clock.now();
  const stop = {
    kind: 'account',
    ...EVERYTHING,
    reason: '402',
    by: 'kosatsu',
    since: now,
    until: now + 900_000,
  } as const;
  await app.store.setStop(SCOPE, stop);
  const end = await withdrawn(app, wrong);
  expect(end).toMatchObject({
    stop: { reason: '402' },
    entry: { state: 'withdrawing' },
    correction: { state: 'queued' },
  });
  expect(app.publisher).toMatchObject({ sent: [], deleted: [] });
});

test('beside a worker nothing is sent twice: the command only waits for it', async () => {
  const { app, wrong } = await aWrongPost();
  const worker = await app.lease.acquire('worker', 0);
  if (worker.kind !== 'held') throw new Error('busy');
  const end = await withdrawn(app, wrong);
  expect(end).toMatchObject({ entry: { state: 'withdrawing' }, correction: { state: 'queued' } });
  expect(app.publisher).toMatchObject({ sent: [], deleted: [] });
});

const rounds: readonly { deletion: Deletion; state: State; worst: number }[] = [
  { deletion: { kind: 'deleted' }, state: 'withdrawn', worst: 0 },
  { deletion: { kind: 'refused', detail: '403' }, state: 'published', worst: 4 },
  { deletion: { kind: 'doubt', detail: 'timeout', retryAt: null }, state: 'withdrawing', worst: 5 },
];

test.each(rounds)(
  'a withdrawal that nobody finished is taken up by one round: $state',
  async ({ deletion, state, worst }) => {
    const { app, wrong } = await aWrongPost();
    app.publisher.deletions = [deletion];
    await withdrawPost(app, request(wrong.id));
    expect(await runOnce(app, signal)).toMatchObject({
      kind: 'done',
      worst,
      published: [{ kind: 'correction' }],
    });
    expect(await app.store.find(wrong.id)).toMatchObject({ state });
  },
);
