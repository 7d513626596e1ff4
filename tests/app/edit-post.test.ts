import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/app/audit-log.ts';
import { editPost, proposeEdit, type EditResult } from '../../src/app/edit-post.ts';
import { act } from '../../src/app/operator-actions.ts';
import { pollFeed } from '../../src/app/poll-feed.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { newestVersion, versionsBeside } from '../../src/app/versions.ts';
import { readBody } from '../../src/governance/verify-chain.ts';
import type { Entry, State } from '../../src/outbox/entry.ts';
import { anApproval } from '../outbox/sample-entries.ts';
import { aFakeApp, aRealEntry, type FakeApp } from './fake-app.ts';

const LINK = 'https://www.jpo.go.jp/news/e1.html';
const BETTER = `審査基準を改訂しました(第2版) ${LINK}`;

async function withEntry(overrides: Partial<Entry> = {}): Promise<FakeApp> {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry({ id: 'first', url: LINK, ...overrides }));
  return app;
}

const edit = (app: FakeApp, text = BETTER, id = 'first'): Promise<EditResult> =>
  editPost(app, { id, text, by: '佐藤', reason: '版を明記' });

async function edited(app: FakeApp, text = BETTER, id = 'first'): Promise<Entry> {
  const result = await edit(app, text, id);
  if (result.kind !== 'edited') throw new Error(`not edited: ${JSON.stringify(result)}`);
  return result.entry;
}

describe('an edit', () => {
  test.each(['held', 'queued'] as const)('of a %s post makes a new version that waits', async (state) => {
    const app = await withEntry({ state });
    const entry = await edited(app);
    expect(entry).toMatchObject({ state: 'held', text: BETTER, url: LINK, approvals: [], rule: 'default' });
    expect(await app.store.find('first')).toMatchObject({ state: 'cancelled', note: entry.id });
    expect((await app.store.history('first')).at(-1)).toMatchObject({ event: 'edit', by: '佐藤' });
    expect((await versionsBeside(app, entry.id)).before?.id).toBe('first');
    expect((await versionsBeside(app, 'first')).after?.id).toBe(entry.id);
  });

  test('of what may be urgent is told outside: those who had agreed are asked anew', async () => {
    const app = await withEntry({ state: 'held', topic: 'urgent' });
    await edited(app);
    expect(app.told).toMatchObject([{ code: 'entry-held-urgently', severity: 'alarm' }]);
  });

  test.each<State>(['attempting', 'published', 'refused', 'cancelled', 'rejected', 'expired'])(
    'of a post that is %s is refused, and changes nothing',
    async (state) => {
      const attempt = { number: 1, at: 1, nonce: 'n', epoch: 1, deadlineAt: 2, sinceRemoteId: null };
      const sent = { attempts: 1, attempt, firstAttemptAt: 1 };
      const app = await withEntry({
        state,
        ...(state === 'attempting' ? sent : {}),
        ...(state === 'published' ? { ...sent, remoteId: '19', publishedAt: 2 } : {}),
      });
      expect((await edit(app)).kind).toBe('refused');
      expect((await app.store.list({})).map((one) => [one.id, one.state])).toEqual([['first', state]]);
    },
  );

  test('voids the approvals of the old words: the post goes out only after a new yes', async () => {
    const hash = aRealEntry({ id: 'first', url: LINK }).textHash;
    const app = await withEntry({ approvalsNeeded: 1, approvals: [anApproval({ hash })] });
    const entry = await edited(app);
    expect(entry).toMatchObject({ state: 'held', approvals: [], approvalsNeeded: 1 });
    const held = await app.lease.acquire('worker', 0);
    if (held.kind !== 'held') throw new Error('no lease');
    const right = { lease: held.lease, guard: new TimelineGuard() };
    await publishNext(app, right, 'main', new AbortController().signal);
    expect(app.publisher.sent).toEqual([]);
    await act(app, { kind: 'approve', id: entry.id, by: '鈴木', reason: '確認した' });
    await publishNext(app, right, 'main', new AbortController().signal);
    expect(app.publisher.sent.map(({ id, text }) => [id, text])).toEqual([[entry.id, BETTER]]);
  });

  test('shows a person again what an approval had covered before', async () => {
    const approval = { ...anApproval({ covers: ['needs-review'] }) };
    const real = aRealEntry({ id: 'first', url: LINK });
    const app = await withEntry({ approvals: [{ ...approval, hash: real.textHash }] });
    expect((await edited(app)).reasons.map(({ rule }) => rule)).toEqual(['needs-review', 'approval']);
  });

  test.each([
    ['an unfilled placeholder', `〇月〇日に改訂します ${LINK}`],
    ['a link off the list', '改訂しました https://example.com/a'],
    ['more than X takes', `${'長'.repeat(141)} ${LINK}`],
    ['nothing', '  '],
    ['the very same words', `審査基準を改訂しました(first) https://www.jpo.go.jp/news/first.html`],
  ])('to %s is refused with the reason, and the post stays as it was', async (_, text) => {
    const app = await withEntry({ state: 'held' });
    const result = await edit(app, text);
    expect(result.kind).toBe('refused');
    expect(await app.store.find('first')).toMatchObject({ state: 'held', revision: 1 });
    const proposal = await proposeEdit(app, { id: 'first', text, by: 'b', reason: 'r' });
    expect(proposal.kind === 'proposal' ? proposal.verdict : 'deny').toBe('deny');
  });

  test('of two people at once is done once', async () => {
    const app = await withEntry();
    const [one, two] = await Promise.all([edit(app), edit(app, `別の言い方にしました ${LINK}`)]);
    expect([one.kind, two.kind].toSorted()).toEqual(['edited', 'refused']);
    expect(await app.store.list({ states: ['held', 'queued'] })).toHaveLength(1);
  });

  test('is proposed without being recorded', async () => {
    const app = await withEntry();
    const proposal = await proposeEdit(app, { id: 'first', text: BETTER, by: 'b', reason: 'r' });
    expect(proposal).toMatchObject({ kind: 'proposal', text: BETTER, verdict: 'hold' });
    expect(await app.store.list({})).toHaveLength(1);
  });

  test('stands in the audit log with the words before and after', async () => {
    const app = await withEntry();
    const entry = await edited(app);
    const records = (await app.governance.auditRecords(0, 100)).map(({ body }) => readBody(body));
    expect(records.find((one) => one?.act === 'entry.edit')).toMatchObject({
      subject: 'first',
      reason: '版を明記',
      before: { text: aRealEntry({ id: 'first' }).text, state: 'queued' },
      after: { text: BETTER, successorId: entry.id },
    });
    expect((await verifyAudit(app, new Map())).problems).toEqual([]);
  });

  test('again is a third version; the newest one is found from the first', async () => {
    const app = await withEntry();
    const second = await edited(app);
    const third = await edited(app, `${BETTER} 再掲`, second.id);
    expect(await newestVersion(app, 'first')).toBe(third.id);
    expect(await newestVersion(app, third.id)).toBe(third.id);
  });

  test('has an end', async () => {
    const app = await withEntry();
    let id = 'first';
    for (let version = 2; version <= 50; version += 1)
      ({ id } = await edited(app, `改訂しました(${String(version)}) ${LINK}`, id));
    expect((await edit(app, `もう一度 ${LINK}`, id)).kind).toBe('refused');
  });
});

test('an edited page supersedes the edited version of its announcement, not only the first one', async () => {
  const base = aFakeApp();
  const feed = base.config.feeds[0];
  if (feed === undefined) throw new Error('no feed');
  const item = (title: string) => ({
    feed: feed.name,
    id: 'a',
    guid: 'a',
    title,
    url: LINK,
    lang: 'ja' as const,
    summary: null,
    publishedAt: base.clock.now(),
    categories: [],
    problems: [],
  });
  let title = '審査基準を改訂しました';
  const app = {
    ...base,
    reader: {
      close: async () => {},
      read: async () =>
        ({
          kind: 'items',
          items: [item(title)],
          problems: [],
          doubledGuids: false,
          state: {
            etag: null,
            lastModified: null,
            bodyHash: null,
            lastBuildDate: null,
            ttlMs: null,
            notBeforeMs: null,
          },
        }) as never,
    },
    config: { ...base.config, firstRun: 'publish' as const },
  };
  const signal = new AbortController().signal;
  await pollFeed(app, { ...feed, titleIncludes: [] }, signal);
  const [first] = await app.store.list({});
  if (first === undefined) throw new Error('nothing was recorded');
  const second = await edited(app, `${title}（一部） ${LINK}`, first.id);
  title = '審査基準を全面改訂しました';
  await pollFeed(app, { ...feed, titleIncludes: [] }, signal);
  const update = (await app.store.list({})).find(({ kind }) => kind === 'update');
  expect(update?.predecessorId).toBe(second.id);
  expect((await app.store.find(second.id))?.state).toBe('cancelled');
});
