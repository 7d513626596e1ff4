import { describe, expect, test } from 'vitest';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import type { Entry, State } from '../../src/outbox/entry.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START } from '../app/fake-app.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { hiddenFields, TestConsole, type Browser, type Page } from './visitor.ts';

async function stateOf({ app }: TestConsole, id = 'e1'): Promise<State | undefined> {
  return (await app.store.find(id))?.state;
}

async function withEntry(overrides: Partial<Entry>): Promise<TestConsole> {
  const console = new TestConsole();
  await console.app.store.recordEntry(aRealEntry({ id: 'e1', ...overrides }));
  return console;
}

/** Sends the form that the person has open; `from` is one opened earlier. */
async function decide(
  browser: Browser,
  act: string,
  from?: Record<string, string>,
  reason = 'checked',
): Promise<Page> {
  const fields = from ?? (await browser.form('/posts/e1', '/posts/e1/decide'));
  const answer = await browser.post('/posts/e1/decide', { ...fields, act, reason });
  return answer.to === null ? answer : browser.get(answer.to);
}

describe('a decision', () => {
  test.each([
    ['held', 'approve', 'queued'],
    ['held', 'known', 'cancelled'],
    ['held', 'cancel', 'cancelled'],
    ['queued', 'hold', 'held'],
    ['queued', 'cancel', 'cancelled'],
    ['rejected', 'retry', 'held'],
    ['expired', 'retry', 'held'],
  ] as const)(
    'on a %s post, %s makes it %s, with name and reason on the record',
    async (before, act, after) => {
      const console = await withEntry({ state: before });
      const page = await decide(await console.signedIn('佐藤'), act, undefined, '内容を確認した');
      expect(page.html).toContain('Done and on record');
      expect(await stateOf(console)).toBe(after);
      expect((await console.app.store.history('e1')).at(-1)).toMatchObject({
        by: '佐藤',
        reason: '内容を確認した',
      });
      expect(console.knocks).toBe(1);
    },
  );

  test('that is sent twice is done once, and both hear the same', async () => {
    const console = await withEntry({ state: 'held' });
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/decide');
    const [first, second] = await Promise.all([decide(sato, 'approve', form), decide(sato, 'approve', form)]);
    expect(second.html).toContain('Done and on record');
    expect(first.html).toContain('Done and on record');
    expect((await decide(sato, 'cancel', form)).html).toContain('Done and on record');
    expect(await stateOf(console)).toBe('queued');
    expect((await console.app.store.history('e1')).filter(({ event }) => event === 'approve')).toHaveLength(
      1,
    );
  });

  test('is asked anew of whom it was asked before, once that approval has expired; the page counts it no longer', async () => {
    const console = await withEntry({ state: 'held', approvalsNeeded: 2 });
    const sato = await console.signedIn('sato');
    await decide(sato, 'approve');
    expect((await sato.get('/posts/e1')).html).not.toContain('value="approve"');
    await console.app.clock.sleep(25 * 3_600_000);
    const again = await console.signedIn('sato');
    const { html } = await again.get('/posts/e1');
    expect(html).toContain('another person must agree (approvals: 1 of 2)');
    expect(html).toContain('It needs approval (0 of 2 given, 1 expired).');
    expect(html).toContain('(expired)');
    expect((await again.get('/')).html).toContain('It needs approval (0 of 2 given, 1 expired).');
    expect((await decide(again, 'approve')).html).toContain('Done and on record');
  });

  test('of the second of two people is not carried out, and says what the first one did', async () => {
    const console = await withEntry({ state: 'held' });
    const [sato, mori] = [await console.signedIn('sato'), await console.signedIn('mori')];
    const open = await mori.form('/posts/e1', '/posts/e1/decide');
    await decide(sato, 'approve');
    const { html } = await decide(mori, 'cancel', open);
    expect(html).toContain('While you had this page open, sato changed the post');
    expect(await stateOf(console)).toBe('queued');
  });

  test.each([
    ['no reason', { reason: ' ' }],
    ['a reason too long for the record', { reason: 'x'.repeat(501) }],
    ['no such act', { act: 'publish', reason: 'r' }],
    ['no key', { key: '', reason: 'r', act: 'approve' }],
  ])('with %s changes nothing', async (_, fields) => {
    const console = await withEntry({ state: 'held' });
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/decide');
    await sato.post('/posts/e1/decide', { act: 'approve', ...form, ...fields });
    expect(await stateOf(console)).toBe('held');
  });

  test('says beside its button whether it posts, or whether another person must agree', async () => {
    const one = await (await withEntry({ state: 'held' })).signedIn();
    expect((await one.get('/posts/e1')).html).toContain(
      'Approve: posts to @jpo_test now (approvals: 1 of 1)',
    );
    const two = await (await withEntry({ state: 'held', approvalsNeeded: 2 })).signedIn();
    expect((await two.get('/posts/e1')).html).toContain('another person must agree (approvals: 1 of 2)');
  });

  test('is not asked of whoever has agreed already', async () => {
    const console = await withEntry({ state: 'held', approvalsNeeded: 2 });
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/decide');
    await sato.post('/posts/e1/decide', { ...form, act: 'approve', reason: 'seen' });
    const { html } = await sato.get('/posts/e1');
    expect(html).toContain('Another approver must agree as well.');
    expect(html).not.toContain('value="approve"');
    expect((await (await console.signedIn('mori')).get('/posts/e1')).html).toContain('(approvals: 2 of 2)');
  });

  test('says that it posts nothing for the time being where publishing is paused', async () => {
    const console = await withEntry({ state: 'held' });
    const sato = await console.signedIn('sato', 'ja');
    await sato.post('/pause', { ...(await sato.form('/', '/pause')), reason: '確認中' });
    expect((await sato.get('/posts/e1')).html).toContain(
      '承認する：投稿の停止が解除された後、@jpo_test に投稿します',
    );
    // And one that was approved before says why it does not go out.
    await console.app.store.recordEntry(aRealEntry({ id: 'e2', originKey: 'o2', state: 'queued' }));
    expect((await sato.get('/posts/e2')).html).toContain('がすべての投稿を一時停止しています');
    const partly = await withEntry({ state: 'held' });
    const pause = {
      kind: 'pause',
      topic: null,
      feed: 'meti',
      reason: '確認中',
      by: 'sato',
      since: START,
    } as const;
    await partly.app.store.setStop(SCOPE, { ...pause, until: null });
    const mori = await partly.signedIn('mori', 'ja');
    expect((await mori.get('/posts/e1')).html).toContain('承認する：投稿の停止が解除された後');
  });

  test('on a post that belongs to another account is not offered', async () => {
    const sato = await (await withEntry({ state: 'held', account: 'other' })).signedIn();
    expect((await sato.get('/posts/e1')).status).toBe(404);
  });
});

test('a flood shows what was known of each post before, and what is new', async () => {
  const console = await withEntry({
    state: 'held',
    batchId: 'b1',
    predecessorId: 'old',
    source: {
      feed: 'jpo',
      itemId: 'a',
      title: '手続期間を10月まで延長します',
      url: null,
      publishedAt: null,
      problems: [],
    },
  });
  const { store } = console.app;
  const source = {
    feed: 'jpo',
    itemId: 'a',
    title: '手続期間を9月まで延長します',
    url: null,
    publishedAt: null,
    problems: [],
  };
  await publishedEntry(console.app, { id: 'old', originKey: 'o2', source });
  const reasons = [{ rule: 'approval', params: { given: 1, needed: 2 } }] as const;
  await store.recordEntry(aRealEntry({ id: 'e3', originKey: 'o3', state: 'held', batchId: 'b1', reasons }));
  const { html } = await (await console.signedIn()).get('/batches/b1');
  expect(html).toContain('Met before; what is different now:');
  expect(html).toMatch(/<del>.*?9.*?<\/del>/u);
  expect(html).toContain('Neither its title nor its page was met before.');
  expect(html).toContain('It needs approval (1 of 2 given).');
});

test.each([
  ['the button for chosen posts, and none chosen', { decision: 'post' }],
  ['no button', {}],
  ['a button that is not on the page', { decision: 'all' }],
])('a batch is left as it is by %s', async (_, fields) => {
  const console = await withEntry({ state: 'held', batchId: 'b1' });
  const sato = await console.signedIn();
  const form = await sato.form('/batches/b1', '/batches/b1');
  const { to } = await sato.post('/batches/b1', { ...form, reason: 'checked', ...fields });
  expect((await sato.get(to ?? '/')).html).toContain('No post was chosen. Nothing was changed.');
  expect(await stateOf(console)).toBe('held');
});

describe('a doubt', () => {
  const attempt = { number: 1, at: 1, nonce: 'n', epoch: 1, deadlineAt: 2, sinceRemoteId: null };
  const search = { reads: 3, misses: 1, lastReadAt: 2, nextReadAt: 3, duplicateRefused: true };

  test('is ended by a person who looked: not posted, so it is held', async () => {
    const console = await withEntry({ state: 'uncertain', attempts: 1, attempt, firstAttemptAt: 1, search });
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/resolve');
    await sato.post('/posts/e1/resolve', {
      ...form,
      outcome: 'not-published',
      reason: 'not on the timeline',
    });
    expect(await stateOf(console)).toBe('held');
  });

  test('is told in the reader’s language, also what the program itself noted of it', async () => {
    const note = 'the program ended before the answer was recorded';
    const of = { state: 'uncertain', attempts: 1, attempt, firstAttemptAt: 1, search, note } as const;
    const { html } = await (await (await withEntry(of)).signedIn('sato', 'ja')).get('/posts/e1');
    expect(html).toContain('応答を記録する前にプログラムが終了');
    expect(html).not.toContain(note);
  });

  test('is not ended by "posted" without saying where', async () => {
    const console = await withEntry({ state: 'uncertain', attempts: 1, attempt, firstAttemptAt: 1, search });
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/resolve');
    const { to } = await sato.post('/posts/e1/resolve', {
      ...form,
      outcome: 'published',
      reason: 'r',
      remote: 'here',
    });
    expect((await sato.get(to ?? '')).html).toContain('Choose the public post, or give its address');
    expect(await stateOf(console)).toBe('uncertain');
  });
});

describe('withdraw and correct', () => {
  const correction = '【訂正】先ほどの投稿に誤りがありました。正しい内容は次のページをご確認ください。';

  test('shows both first, then records both in one step', async () => {
    const console = new TestConsole();
    await publishedEntry(console.app, { id: 'e1' });
    const sato = await console.signedIn();
    const open = await sato.form('/posts/e1', '/posts/e1/withdraw');
    const look = await sato.post('/posts/e1/withdraw', {
      ...open,
      step: 'look',
      correction,
      reason: 'wrong date',
    });
    expect(look.html).toContain(correction);
    expect(await stateOf(console)).toBe('published');
    const fields = hiddenFields(look.html, '/posts/e1/withdraw');
    const { to } = await sato.post('/posts/e1/withdraw', { ...fields, reason: 'wrong date', step: 'do' });
    expect(await stateOf(console)).toBe('withdrawing');
    const [made] = await console.app.store.list({ scope: console.app.scope, states: ['queued'] });
    expect(made).toMatchObject({ kind: 'correction', correctsId: 'e1' });
    expect(to).toContain(made?.id);
    // The same confirmation sent again, by a second tap, makes no second correction.
    await sato.post('/posts/e1/withdraw', { ...fields, reason: 'wrong date', step: 'do' });
    expect(await console.app.store.list({ scope: console.app.scope })).toHaveLength(2);
  });

  test('says of a correction that must be approved that it waits', async () => {
    const app = aFakeApp();
    const approval = { ...app.config.policy.approval, forced: 'two' as const };
    const console = new TestConsole({
      ...app,
      config: { ...app.config, policy: { ...app.config.policy, approval } },
    });
    await publishedEntry(console.app, { id: 'e1', topic: 'urgent' });
    const sato = await console.signedIn();
    const open = await sato.form('/posts/e1', '/posts/e1/withdraw');
    const said = { ...open, correction, reason: 'wrong date', step: 'do' };
    const { to } = await sato.post('/posts/e1/withdraw', said);
    expect((await sato.get(to ?? '')).html).toContain('the correction waits until it is approved');
  });
});

describe('an urgent notice', () => {
  const typed = {
    template: 'earthquake',
    'f-name': '令和8年能登沖地震',
    url: 'https://www.jpo.go.jp/news/koho/saigai/noto.html',
    lang: 'ja',
    reason: '長官の指示',
  };

  async function working(): Promise<TestConsole> {
    const console = new TestConsole();
    const { app } = console;
    const held = await app.lease.acquire('worker', 0);
    if (held.kind === 'busy') return expect.fail('the lease is taken');
    const right = { lease: held.lease, guard: new TimelineGuard() };
    console.onKnock = () => void publishNext(app, right, 'urgent', new AbortController().signal);
    return console;
  }

  async function look(browser: Browser): Promise<Record<string, string>> {
    const open = await browser.form('/urgent', '/urgent');
    const page = await browser.post('/urgent', { ...open, ...typed, step: 'look' });
    expect(page.html).toContain('令和8年能登沖地震により影響を受けた');
    return hiddenFields(page.html, '/urgent');
  }

  test('is looked at, confirmed, and told of with the truth', async () => {
    const console = await working();
    const sato = await console.signedIn();
    const shown = await look(sato);
    expect(console.app.publisher.sent).toHaveLength(0);
    const { to } = await sato.post('/urgent', { ...shown, ...typed, step: 'post' });
    expect((await sato.get(to ?? '')).html).toContain('It is posted.');
    expect(console.app.publisher.sent).toHaveLength(1);
    // Nothing keeps the person's name where its erasure does not reach.
    expect(await console.app.governance.erasePerson('sato', 'root', 0)).toMatchObject({ kind: 'erased' });
    const { facts, entries, history } = console.app.store.peek();
    expect(JSON.stringify([facts, entries, history].map((one) => [...one]))).not.toContain('sato');
  });

  test('that is confirmed twice goes out once', async () => {
    const console = await working();
    const sato = await console.signedIn();
    const shown = await look(sato);
    const both = await Promise.all(
      [1, 2].map(() => sato.post('/urgent', { ...shown, ...typed, step: 'post' })),
    );
    expect(new Set(both.map(({ to }) => to)).size).toBe(1);
    expect(console.app.publisher.sent).toHaveLength(1);
  });

  test('whose words changed after they were shown is shown again and not posted', async () => {
    const console = await working();
    const sato = await console.signedIn();
    const shown = await look(sato);
    const page = await sato.post('/urgent', { ...shown, ...typed, 'f-name': '別の地震', step: 'post' });
    expect(page.html).toContain('別の地震により影響を受けた');
    expect(console.app.publisher.sent).toHaveLength(0);
    expect(await console.app.store.list({ scope: console.app.scope })).toEqual([]);
  });

  test('of which X gave no answer is never called posted, nor not posted', async () => {
    const console = await working();
    console.app.publisher.outcomes = ['accept-and-lose'];
    console.app.publisher.timelines = [
      { kind: 'unreadable', cause: 'network', until: null, detail: 'ECONNRESET' },
    ];
    const sato = await console.signedIn();
    const { to } = await sato.post('/urgent', { ...(await look(sato)), ...typed, step: 'post' });
    const { html } = await sato.get(to ?? '');
    expect(html).not.toContain('It is posted.');
    expect(html).toContain('it is not known whether X posted it');
  });

  test('that lacks a field says which, and keeps what was typed', async () => {
    const sato = await (await working()).signedIn();
    const open = await sato.form('/urgent', '/urgent');
    const page = await sato.post('/urgent', { ...open, ...typed, 'f-name': '', step: 'look' });
    expect(page.status).toBe(422);
    expect(page.html).toContain(typed.url);
    // In the reader's language, and with nothing that only a command line has.
    expect(page.html).toContain('Fill in &quot;Name (such as');
    expect(page.html).not.toContain('--set');
  });
});

describe('pause', () => {
  test('stops publishing with name and reason, and resume ends it', async () => {
    const console = new TestConsole();
    const sato = await console.signedIn();
    await sato.post('/pause', { ...(await sato.form('/', '/pause')), reason: '誤りの確認' });
    expect(await console.app.store.stops(console.app.scope)).toMatchObject([
      { by: 'sato', reason: '誤りの確認' },
    ]);
    await sato.post('/resume', { ...(await sato.form('/', '/resume')), reason: '確認済み' });
    expect(await console.app.store.stops(console.app.scope)).toEqual([]);
  });
  test.each([
    ['topic:urgent', { topic: 'urgent', feed: null }, 'posts of the kind &quot;urgent notice&quot;'],
    ['feed:jpo', { topic: null, feed: 'jpo' }, 'posts from feed &quot;jpo&quot;'],
    // What is no choice any more stops more, not less.
    ['feed:gone', { topic: null, feed: null }, 'Publishing is paused.'],
  ])('of %s reaches no further, and says so', async (reach, stop, said) => {
    const app = aFakeApp();
    const console = new TestConsole({
      ...app,
      config: { ...app.config, feeds: [feedConfig({ name: 'jpo' })] },
    });
    const sato = await console.signedIn();
    const form = await sato.form('/', '/pause');
    const { to } = await sato.post('/pause', { ...form, reason: '確認', reach });
    expect((await sato.get(to ?? '')).html).toContain(said);
    expect(await console.app.store.stops(console.app.scope)).toMatchObject([stop]);
  });
});
