import { describe, expect, test } from 'vitest';
import { act, type ActResult } from '../../src/app/operator-actions.ts';
import { publishNext, type PublishReport } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { readBody } from '../../src/governance/verify-chain.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { aFakeApp, aRealEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function withHeld(overrides: Partial<Entry> = {}): Promise<FakeApp> {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: START, ...overrides }));
  return app;
}

const approve = (app: FakeApp, by = '佐藤'): Promise<ActResult> =>
  act(app, { kind: 'approve', id: 'e1', by, reason: '確認' });

async function publish(app: FakeApp): Promise<PublishReport> {
  const held = await app.lease.acquire('test', 0);
  if (held.kind !== 'held') return expect.fail('busy');
  const right = { lease: held.lease, guard: new TimelineGuard() };
  const report = await publishNext(app, right, 'main', new AbortController().signal);
  await held.lease.release();
  return report;
}

const reasonsOf = (result: ActResult): readonly string[] =>
  result.kind === 'done' ? result.entry.reasons.map(({ rule }) => rule) : [];

describe('a person who says yes', () => {
  test('to a reason that appeared after another one has said yes to both', async () => {
    const app = await withHeld({ batchId: 'b1', reasons: [{ rule: 'baseline-burst', params: {} }] });
    await app.clock.sleep(8 * DAY);
    expect(reasonsOf(await approve(app))).toEqual(['stale']);
    expect(await approve(app)).toMatchObject({ kind: 'done', entry: { state: 'queued' } });
    expect(await publish(app)).toMatchObject({ kind: 'attempted' });
  });

  test('but not to one whose earlier yes has expired', async () => {
    const app = await withHeld({ batchId: 'b1', reasons: [{ rule: 'baseline-burst', params: {} }] });
    await app.clock.sleep(8 * DAY);
    await approve(app);
    await app.clock.sleep(DAY);
    expect(reasonsOf(await approve(app))).toEqual(['baseline-burst']);
  });

  test('in the same moment as the second person is counted beside that one', async () => {
    const app = await withHeld({ approvalsNeeded: 2 });
    await Promise.all([approve(app, '佐藤'), approve(app, '鈴木')]);
    expect(await app.store.find('e1')).toMatchObject({ state: 'queued' });
  });

  test('under a policy that was changed since is recorded with the policy that judged it then', async () => {
    const base = await withHeld();
    const policy = { ...base.config.policy, version: '2027-04/1' };
    const app = { ...base, config: { ...base.config, policy } };
    expect(await approve(app)).toMatchObject({ entry: { policyVersion: '2027-04/1' } });
    const [last] = (await app.governance.auditRecords(0, 10)).slice(-1);
    expect(readBody(last?.body ?? '')).toMatchObject({ act: 'entry.approve', policyVersion: '2027-04/1' });
  });

  test('to a post of another account is refused', async () => {
    const app = await withHeld();
    const moved = { ...app, scope: { ...SCOPE, account: 'another' } };
    expect(await act(moved, { kind: 'approve', id: 'e1', by: '佐藤', reason: '確認' })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('@jpo_test') as string,
    });
    expect(await app.store.find('e1')).toMatchObject({ state: 'held' });
  });
});

describe('a post that waited for people longer than it may wait for X', () => {
  test('goes out once they let it go', async () => {
    const app = await withHeld();
    await app.clock.sleep(73 * HOUR);
    await approve(app);
    expect(await publish(app)).toMatchObject({ kind: 'attempted', entry: { state: 'published' } });
  });

  test('goes out also after it had expired and was taken up again', async () => {
    const app = aFakeApp();
    await app.store.recordEntry(aRealEntry());
    await app.clock.sleep(73 * HOUR);
    expect(await publish(app)).toMatchObject({ kind: 'set-aside', entry: { state: 'expired' } });
    await act(app, { kind: 'retry', id: 'e1', by: '佐藤', reason: 'なお必要' });
    await approve(app);
    expect(await publish(app)).toMatchObject({ kind: 'attempted', entry: { state: 'published' } });
  });
});

test('what a person had to review goes back to people once that yes has expired', async () => {
  const app = await withHeld({ reasons: [{ rule: 'needs-review', params: {} }] });
  expect(await approve(app)).toMatchObject({ kind: 'done', entry: { state: 'queued' } });
  await app.clock.sleep(25 * HOUR);
  expect(await publish(app)).toMatchObject({
    kind: 'set-aside',
    entry: { state: 'held', reasons: [{ rule: 'needs-review' }] },
  });
});

test('where the policy asks for one person more since, all are asked anew, and none is counted', async () => {
  const base = await withHeld({ kind: 'forced', topic: 'main', approvalsNeeded: 1 });
  await approve(base);
  const { policy } = base.config;
  const approval = { ...policy.approval, forced: 'two' as const };
  const app = { ...base, config: { ...base.config, policy: { ...policy, approval } } };
  expect(await publish(app)).toMatchObject({
    entry: {
      state: 'held',
      approvals: [],
      reasons: [{ rule: 'approval', params: { given: 0, needed: 2 } }],
    },
  });
});
