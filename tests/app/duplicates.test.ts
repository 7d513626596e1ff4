import { describe, expect, test } from 'vitest';
import { examineUrgent, publishUrgentAlone, type UrgentRequest } from '../../src/app/force-urgent.ts';
import { act } from '../../src/app/operator-actions.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { aFakeApp, aRealEntry, START, type FakeApp } from './fake-app.ts';

const SIGNAL = new AbortController().signal;
const LINK = 'https://www.jpo.go.jp/news/x.html';
const TEXT = `令和8年駿河湾地震により影響を受けた手続の取扱いについて\n${LINK}`;

function notice(id: string, overrides: Partial<Entry> = {}): Entry {
  const forced = {
    kind: 'forced',
    topic: 'urgent',
    originKey: null,
    source: null,
    url: LINK,
    text: TEXT,
  } as const;
  const entry = aRealEntry({ id, ...forced, approvalsNeeded: 1, ...overrides });
  const approval = { by: '佐藤', at: START, hash: entry.textHash, reason: '', covers: [] };
  const heldSince = entry.state === 'held' ? START : null;
  return { ...entry, heldSince, approvals: overrides.approvals ?? [approval] };
}

/** Records the notices, lets the worker look as often as there are some, and says how each stands. */
async function check(...entries: readonly Entry[]): Promise<FakeApp> {
  const app = aFakeApp();
  for (const entry of entries) await app.store.recordEntry(entry);
  const held = await app.lease.acquire('test', 0);
  if (held.kind !== 'held') return expect.fail('busy');
  const right = { lease: held.lease, guard: new TimelineGuard() };
  for (const _ of entries) await publishNext(app, right, 'urgent', SIGNAL);
  await held.lease.release();
  return app;
}

const states = async ({ store }: FakeApp): Promise<readonly string[]> =>
  (await store.list({})).map(({ id, state }) => `${id} ${state}`);

describe('of two notices in the same words one goes out', () => {
  const DUPLICATE = [{ rule: 'duplicate-text', params: { entry: 'e1' } }] as const;

  test('where two people confirm it in the same moment, the first', async () => {
    const app = await check(notice('e1'), notice('e2'));
    expect(await states(app)).toEqual(['e1 published', 'e2 held']);
    expect((await app.store.find('e2'))?.reasons).toEqual(DUPLICATE);
  });

  test('where the second waits for a person because it is a repetition, the first', async () => {
    const app = await check(notice('e1'), notice('e2', { state: 'held', reasons: DUPLICATE }));
    expect(await states(app)).toEqual(['e1 published', 'e2 held']);
  });

  test('where a person let the second go although it is a repetition, the second', async () => {
    const { textHash } = notice('e2');
    const seen = { by: '佐藤', at: START, hash: textHash, reason: '', covers: ['duplicate-text'] } as const;
    const app = await check(notice('e1'), notice('e2', { approvals: [seen] }));
    expect(await states(app)).toEqual(['e1 held', 'e2 published']);
  });

  test('where both wait for people, the one that they let go; the other is a repetition then', async () => {
    const both = ['e1', 'e2'].map((id) => notice(id, { state: 'held', approvals: [] }));
    const app = await check(...both);
    const approve = (id: string): ReturnType<typeof act> =>
      act(app, { kind: 'approve', id, by: '佐藤', reason: '確認' });
    expect(await approve('e1')).toMatchObject({ kind: 'done', entry: { state: 'queued' } });
    expect(await approve('e2')).toMatchObject({ entry: { state: 'held', reasons: DUPLICATE } });
  });

  test('where X had refused the first, the second', async () => {
    const attempt = { number: 1, at: START, nonce: 'n', epoch: 1, deadlineAt: START, sinceRemoteId: null };
    const rejected = { state: 'rejected', attempts: 1, attempt, firstAttemptAt: START } as const;
    const app = await check(notice('e1', rejected), notice('e2'));
    expect(await states(app)).toEqual(['e1 rejected', 'e2 published']);
    await act(app, { kind: 'retry', id: 'e1', by: '佐藤', reason: '再度' });
    expect(await act(app, { kind: 'approve', id: 'e1', by: '佐藤', reason: '確認' })).toMatchObject({
      entry: { state: 'held', reasons: [{ rule: 'duplicate-text' }] },
    });
  });

  test('typed a second time it still waits for a person', async () => {
    const app = await check(notice('e1', { state: 'held', approvals: [] }));
    const request: UrgentRequest = {
      requestId: 'r2',
      text: TEXT,
      fields: {},
      lang: 'ja',
      by: '佐藤',
      reason: '地震',
      overridePause: false,
    };
    expect(await examineUrgent(app, request)).toMatchObject({ verdict: 'hold' });
    expect(await publishUrgentAlone(app, request, SIGNAL)).toMatchObject({ kind: 'held' });
  });
});
