import { describe, expect, test } from 'vitest';
import { createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import type { OwnTimeline, Publisher } from '../../../src/publish/publisher.ts';
import { snowflakeAt } from '../../../src/publish/snowflake.ts';
import { CREDENTIALS, SCOPE } from './an-entry.ts';
import { FakeX, type Reply, answer, http } from './fake-x.ts';

const never = new AbortController().signal;

function publisherFor(x: FakeX, now = (): number => Date.now()): Publisher {
  return createXPublisher({ credentials: CREDENTIALS, apiUrl: x.url, scope: SCOPE, now });
}

/** A post of the so manieth second of a day. */
const post = (second: number): object => postAt(Date.parse('2026-11-22T00:00:00Z') + second * 1_000);
const postAt = (at: number): object => ({
  id: snowflakeAt(at),
  text: `post ${String(at)}`,
  created_at: new Date(at).toISOString(),
});

function page(posts: readonly object[], next: string | null = null): string {
  return http(200, {
    ...(posts.length === 0 ? {} : { data: posts }),
    meta: { result_count: posts.length, ...(next === null ? {} : { next_token: next }) },
  });
}

/** Reads the timeline of a server that behaves so; nothing stays open. */
async function readFrom(
  reply: Reply,
  now?: () => number,
): Promise<{ timeline: OwnTimeline; targets: readonly string[] }> {
  await using x = await FakeX.start(reply);
  const timeline = await publisherFor(x, now).ownPosts({ accountId: '55', sinceId: '12', signal: never });
  expect(await x.allClosed()).toBe(true);
  return { timeline, targets: x.requests.map((request) => request.target) };
}

describe('the own timeline', () => {
  test('is read page by page to its end', async () => {
    const { timeline, targets } = await readFrom(
      (socket, _request, count) =>
        void socket.end(count === 1 ? page([post(3), post(2)], 'more-1') : page([post(1)])),
    );
    expect(timeline).toMatchObject({ kind: 'read', complete: true });
    expect(timeline.kind === 'read' ? timeline.posts.map(({ createdAt }) => createdAt) : []).toHaveLength(3);
    expect(targets.map((target) => new URL(target, 'http://x').searchParams.get('pagination_token'))).toEqual(
      [null, 'more-1'],
    );
  });

  test('is not whole where pages never end, and the pages are bounded', async () => {
    const { timeline, targets } = await readFrom(
      (socket, _request, count) => void socket.end(page([post(count)], `t${String(count)}`)),
    );
    expect(timeline).toMatchObject({ kind: 'read', complete: false });
    expect(targets).toHaveLength(8);
  });

  test('keeps what it found where a later page fails, but is not whole', async () => {
    const { timeline } = await readFrom(
      (socket, _request, count) => void socket.end(count === 1 ? page([post(1)], 'more') : http(503, '')),
    );
    expect(timeline).toMatchObject({
      kind: 'read',
      complete: false,
      posts: [{ createdAt: expect.any(Number) }],
    });
  });

  test('a token that is no token is not sent', async () => {
    const { timeline, targets } = await readFrom((socket) => void socket.end(page([post(1)], 'a&b=../c')));
    expect(timeline).toMatchObject({ kind: 'read', complete: false });
    expect(targets).toHaveLength(1);
  });

  const unreadable: readonly (readonly [string, Reply, string])[] = [
    ['503', answer(http(503, '')), 'unknown-answer'],
    ['200 with errors alone', answer(http(200, { errors: [null] })), 'unknown-answer'],
    [
      'a timeline cut off',
      answer('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"data":[{"id":"1"'),
      'unknown-answer',
    ],
    ['{"errors":[null]} with 400', answer(http(400, { errors: [null] })), 'unknown-answer'],
    ['401', answer(http(401, { title: 'Unauthorized', detail: 'Unauthorized' })), 'forbidden'],
    ['429', answer(http(429, '', { 'retry-after': '60' })), 'throttled'],
    ['a reset', (socket) => void socket.resetAndDestroy(), 'network'],
  ];
  test.each(unreadable)('%s is unreadable', async (_name, reply, cause) => {
    expect((await readFrom(reply)).timeline).toMatchObject({ kind: 'unreadable', cause });
  });

  test('an account that is no id is asked nothing', async () => {
    await using x = await FakeX.start(answer(page([])));
    const request = { accountId: '55/../12', sinceId: null, signal: never };
    expect(await publisherFor(x).ownPosts(request)).toMatchObject({ kind: 'unreadable' });
    expect(x.opened).toBe(0);
  });

  test('a stop ends it at once', async () => {
    await using x = await FakeX.start(() => undefined);
    const startedAt = performance.now();
    const timeline = await publisherFor(x).ownPosts({
      accountId: '55',
      sinceId: null,
      signal: AbortSignal.timeout(200),
    });
    expect(timeline).toMatchObject({
      kind: 'unreadable',
      cause: 'network',
      detail: expect.stringContaining('ABORTED'),
    });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await x.allClosed()).toBe(true);
  });
});

describe('a look began when it began, whatever the clocks say', () => {
  const empty = (date: string): Reply => answer(http(200, { meta: { result_count: 0 } }, { date }));
  const began = async (reply: Reply, now?: () => number): Promise<number> => {
    const { timeline } = await readFrom(reply, now);
    return timeline.kind === 'read' ? timeline.beganAt : Number.NaN;
  };

  test('both clocks right: not after the request left', async () => {
    const before = Date.now();
    const at = await began(empty(new Date().toUTCString()));
    expect(at).toBeLessThanOrEqual(Date.now());
    expect(at).toBeGreaterThan(before - 2_000);
  });
  test('our clock an hour ahead: X’s counts', async () => {
    const at = await began(empty(new Date().toUTCString()), () => Date.now() + 3_600_000);
    expect(at).toBeLessThanOrEqual(Date.now());
  });
  test('X’s clock an hour ahead: ours counts', async () => {
    const at = await began(empty(new Date(Date.now() + 3_600_000).toUTCString()));
    expect(at).toBeLessThanOrEqual(Date.now());
  });
  test.each(['', 'yesterday'])('without a usable Date (%j) ours counts', async (date) => {
    const at = await began(empty(date));
    expect(at).toBeLessThanOrEqual(Date.now());
  });
  test('a slow answer did not begin when it came', async () => {
    const reply: Reply = (socket) => {
      const date = (): string => new Date(Date.now() + 1_000).toUTCString();
      setTimeout(() => socket.end(http(200, { meta: { result_count: 0 } }, { date: date() })), 1_500);
    };
    const before = Date.now();
    // Our clock is far ahead here, so that only X's Date can tell.
    expect((await began(reply, () => Date.now() + 3_600_000)) - before).toBeLessThanOrEqual(1_000);
  });
  test('of several pages the first counts', async () => {
    let firstAt = 0;
    const at = await began((socket, _request, count) => {
      if (count === 1) firstAt = Date.now();
      setTimeout(() => socket.end(count === 1 ? page([post(1)], 'more') : page([])), 1_500);
    });
    expect(at).toBeLessThanOrEqual(firstAt);
  });
});

describe('identity and withdrawal', () => {
  test('the account is named', async () => {
    await using x = await FakeX.start(
      answer(http(200, { data: { id: '55', username: 'JPO_JPN', name: '特許庁' } })),
    );
    expect(await publisherFor(x).identity(never)).toMatchObject({
      kind: 'known',
      accountId: '55',
      handle: 'JPO_JPN',
      serverTime: expect.any(Number),
    });
  });
  test('a withdrawal ends in deletion, absence, refusal or doubt', async () => {
    const answers: readonly string[] = [
      http(200, { data: { deleted: true } }),
      http(404, {
        title: 'Not Found Error',
        detail: 'gone',
        type: 'https://api.x.com/2/problems/resource-not-found',
      }),
      http(403, { title: 'Forbidden', detail: 'You are not authorized to delete this Tweet.' }),
      http(503, ''),
    ];
    await using x = await FakeX.start((socket, _request, count) => void socket.end(answers[count - 1] ?? ''));
    const publisher = publisherFor(x);
    const kinds: string[] = [];
    for (const _ of answers) kinds.push((await publisher.withdraw('12', 3_000)).kind);
    expect(kinds).toEqual(['deleted', 'gone', 'refused', 'doubt']);
    expect(x.requests).toHaveLength(4);
    expect(await x.allClosed()).toBe(true);
  });
});
