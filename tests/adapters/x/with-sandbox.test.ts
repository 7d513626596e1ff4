import { describe, expect, onTestFinished, test } from 'vitest';
import { createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import type { Entry, Scope } from '../../../src/outbox/entry.ts';
import { decideSearch, searchSinceId } from '../../../src/publish/decide-search.ts';
import { likenessOf } from '../../../src/publish/match-own-post.ts';
import type { Outcome, OwnPost, Publisher } from '../../../src/publish/publisher.ts';
import { SANDBOX_CREDENTIALS, SANDBOX_HANDLE, SANDBOX_NAME } from '../../../src/sandbox/account.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { textHash } from '../../../src/compose/text-hash.ts';
import { claimedEntry } from './an-entry.ts';

const scope: Scope = { mode: 'sandbox', account: SANDBOX_HANDLE };
const never = new AbortController().signal;
const WAITS = { quarantineMs: 150_000, missSpacingMs: 30_000, missesNeeded: 2, readsMax: 20 };

async function run(credentials = SANDBOX_CREDENTIALS): Promise<{ sandbox: Sandbox; publisher: Publisher }> {
  const sandbox = await startSandbox({
    port: 0,
    host: '127.0.0.1',
    handle: SANDBOX_HANDLE,
    name: SANDBOX_NAME,
    credentials: SANDBOX_CREDENTIALS,
    stateFile: null,
    feed: { baselineItems: 5, firstReleaseMs: 3_600_000, releaseEveryMs: 3_600_000 },
    log: { info: () => undefined, warn: () => undefined },
  });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    publisher: createXPublisher({ credentials, apiUrl: new URL(sandbox.url), scope, now: () => Date.now() }),
  };
}

const entryOf = (text: string): Entry =>
  claimedEntry({ ...scope, text, textHash: textHash({ text, ...scope }) });

async function post(publisher: Publisher, text: string): Promise<Outcome> {
  const prepared = await publisher.prepare(never);
  if (prepared.kind !== 'ready') throw new Error(prepared.detail);
  return publisher.publish(prepared.connection, entryOf(text), () => ({ kind: 'go' }), 3_000);
}

async function ownPosts(publisher: Publisher): Promise<readonly OwnPost[]> {
  const identity = await publisher.identity(never);
  if (identity.kind !== 'known') throw new Error(identity.detail);
  const timeline = await publisher.ownPosts({
    accountId: identity.accountId,
    sinceId: searchSinceId(entryOf('a'), Date.now()),
    signal: never,
  });
  if (timeline.kind !== 'read') throw new Error(timeline.detail);
  return timeline.posts;
}

describe('against the server that plays X', () => {
  const texts = [
    '特許庁からのお知らせ https://www.jpo.go.jp/news/a.html',
    'R&D <制度> & 手続 “引用” https://www.jpo.go.jp/?a=1&b=%E7%89%B9',
    '災害により影響を受けた手続の救済措置について\n\n詳細は https://www.jpo.go.jp/saigai/（随時更新） もご覧ください。😀',
    'Relief measures for procedures affected by the earthquake: https://www.jpo.go.jp/e/news/x.html',
  ];
  test.each(texts)('%j is known again when it is read back', async (text) => {
    const { publisher } = await run();
    const outcome = await post(publisher, text);
    const posts = await ownPosts(publisher);
    expect(outcome).toEqual({ kind: 'published', remoteId: posts[0]?.remoteId });
    expect(posts.map((own) => likenessOf(entryOf(text), own))).toEqual(['same']);
  });

  test('a repeated text is a duplicate, and its first post is found', async () => {
    const { publisher } = await run();
    const first = await post(publisher, 'a');
    expect(await post(publisher, 'a')).toMatchObject({ kind: 'duplicate' });
    expect((await ownPosts(publisher)).map((own) => own.remoteId)).toEqual([
      first.kind === 'published' ? first.remoteId : '',
    ]);
  });

  test('a post whose answer was lost is found at the first look', async () => {
    const { sandbox, publisher } = await run();
    const body = JSON.stringify({ fault: 'lost-answer' });
    await fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(await post(publisher, 'a')).toMatchObject({ kind: 'uncertain' });
    const timeline = {
      kind: 'read',
      posts: await ownPosts(publisher),
      beganAt: Date.now(),
      complete: true,
    } as const;
    expect(decideSearch(entryOf('a'), timeline, WAITS, Date.now(), 0)).toMatchObject({ kind: 'found' });
  });

  test('a withdrawn post is gone, and withdrawing it again is not an error', async () => {
    const { publisher } = await run();
    const outcome = await post(publisher, 'a');
    const id = outcome.kind === 'published' ? outcome.remoteId : '';
    const kinds = [(await publisher.withdraw(id, 3_000)).kind, (await publisher.withdraw(id, 3_000)).kind];
    expect(kinds[0]).toBe('deleted');
    expect(['deleted', 'gone']).toContain(kinds[1]);
    expect(await ownPosts(publisher)).toEqual([]);
  });

  test('wrong credentials are refused, not lost', async () => {
    const { publisher } = await run({ ...SANDBOX_CREDENTIALS, apiSecret: 'wrong' });
    expect(await post(publisher, 'a')).toMatchObject({ kind: 'refused-for-now', cause: 'unauthorized' });
    expect(await publisher.identity(never)).toMatchObject({ kind: 'unreadable', cause: 'forbidden' });
  });

  test('a text that is too long is refused for good', async () => {
    const { publisher } = await run();
    expect(await post(publisher, 'あ'.repeat(141))).toMatchObject({ kind: 'rejected', status: 403 });
  });
});
