import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type XPublisherOptions, createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import type { Connection, Publisher } from '../../../src/publish/publisher.ts';
import { CREDENTIALS, SCOPE, claimedEntry } from './an-entry.ts';
import { type Arrived, FakeX, answer, http } from './fake-x.ts';

const GO = (): { kind: 'go' } => ({ kind: 'go' });
const never = new AbortController().signal;
const created = answer(http(201, { data: { id: '12' } }));

let toClose: Connection[] = [];
afterEach(() => {
  for (const connection of toClose) connection.close();
  toClose = [];
});

function publisherFor(x: FakeX, changes: Partial<XPublisherOptions> = {}): Publisher {
  return createXPublisher({
    credentials: CREDENTIALS,
    apiUrl: x.url,
    scope: SCOPE,
    now: () => Date.now(),
    ...changes,
  });
}

async function connectionOf(publisher: Publisher): Promise<Connection> {
  const prepared = await publisher.prepare(never);
  if (prepared.kind !== 'ready') throw new Error(prepared.detail);
  toClose.push(prepared.connection);
  return prepared.connection;
}

/** RFC 5849: the signature of the request as X computes it, for its own address. */
function expectSigned(arrived: Arrived): void {
  const pairs = [...(arrived.headers.get('authorization') ?? '').matchAll(/(oauth_\w+)="([^"]*)"/g)];
  const given = new Map(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]));
  const url = new URL(arrived.target, 'https://api.x.com');
  const escape = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const parameters = [...given].filter(([name]) => name !== 'oauth_signature').concat([...url.searchParams]);
  const sorted = parameters
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .toSorted()
    .join('&');
  const base = [arrived.method, escape(url.origin + url.pathname), escape(sorted)].join('&');
  const key = `${CREDENTIALS.apiSecret}&${CREDENTIALS.accessSecret}`;
  expect(given.get('oauth_signature')).toBe(createHmac('sha1', key).update(base).digest('base64'));
  expect(given.get('oauth_consumer_key')).toBe(CREDENTIALS.apiKey);
  expect(given.get('oauth_token')).toBe(CREDENTIALS.accessToken);
}

describe('what leaves', () => {
  test('a post holds its text and nothing else, signed for X', async () => {
    await using x = await FakeX.start(created);
    const publisher = publisherFor(x);
    const text = '災害「救済」措置 & <b> 😀 "引用" \\ \u2028 終わり';
    const entry = claimedEntry({ text });
    expect(await publisher.publish(await connectionOf(publisher), entry, GO, 3_000)).toEqual({
      kind: 'published',
      remoteId: '12',
    });
    const [post] = x.requests;
    if (post === undefined) throw new Error('nothing arrived');
    expect([post.method, post.target, post.headers.get('connection')]).toEqual([
      'POST',
      '/2/tweets',
      'close',
    ]);
    expect(JSON.parse(post.body)).toEqual({ text });
    expectSigned(post);
  });

  test('reads and deletions are signed for X too', async () => {
    await using x = await FakeX.start(answer(http(503, '')));
    const publisher = publisherFor(x);
    await publisher.identity(never);
    await publisher.ownPosts({ accountId: '55', sinceId: '12', signal: never });
    await publisher.withdraw('34', 3_000);
    expect(x.requests.map(({ method, target, body }) => [method, target, body])).toEqual([
      ['GET', '/2/users/me', ''],
      [
        'GET',
        '/2/users/55/tweets?max_results=100&exclude=replies%2Cretweets&tweet.fields=created_at%2Centities&since_id=12',
        '',
      ],
      ['DELETE', '/2/tweets/34', ''],
    ]);
    for (const request of x.requests) expectSigned(request);
    expect(await x.allClosed()).toBe(true);
  });
});

type How = { deadlineMs?: number; connection?: Connection; fence?: Parameters<Publisher['publish']>[2] };

/** Publishes what must not go out: the outcome is this, and the server saw nothing. */
function check(
  name: string,
  entry: Parameters<Publisher['publish']>[1],
  expected: object,
  how: How = {},
): void {
  test(name, async () => {
    await using x = await FakeX.start(created);
    const publisher = publisherFor(x);
    const connection = how.connection ?? (await connectionOf(publisher));
    expect(
      await publisher.publish(connection, entry, how.fence ?? GO, how.deadlineMs ?? 3_000),
    ).toMatchObject(expected);
    expect(await x.allClosed()).toBe(true);
    expect(x.requests).toEqual([]);
  });
}

describe('what does not leave', () => {
  const rejected = { kind: 'rejected', status: 0 };
  const stopped = { kind: 'not-sent', cause: 'fence' };
  check('an entry of another mode', claimedEntry({ mode: 'drill' }), {
    ...rejected,
    detail: 'made for mode drill, this publisher is sandbox',
  });
  check('an entry of the live mode', claimedEntry({ mode: 'live' }), rejected);
  check('an entry of another account', claimedEntry({ account: 'somebody' }), {
    ...rejected,
    detail: 'made for @somebody, this publisher is @kosatsu_test',
  });
  check('a text that is not the one that was judged', { ...claimedEntry(), text: 'changed' }, rejected);
  check('an empty text', claimedEntry({ text: '' }), rejected);
  check('an entry that was not claimed', claimedEntry({ state: 'queued' }), stopped);
  check('an entry without an attempt', claimedEntry({ attempt: null }), stopped);
  const passed = { number: 1, at: 0, nonce: 'n', epoch: 1, deadlineAt: Date.now() - 1, sinceRemoteId: null };
  const detail = 'the deadline of the attempt has passed';
  check('an attempt whose deadline has passed', claimedEntry({ attempt: passed }), { ...stopped, detail });
  check(
    'a post whose fence says stop',
    claimedEntry(),
    { ...stopped, detail: 'too old' },
    { fence: () => ({ kind: 'stop', detail: 'too old' }) },
  );
  for (const deadlineMs of [999, 0, -5, Number.NaN]) {
    check(`a post with ${String(deadlineMs)} ms left`, claimedEntry(), stopped, { deadlineMs });
  }
  check(
    'a post on a connection of somebody else',
    claimedEntry(),
    { kind: 'not-sent', cause: 'network' },
    { connection: { close: () => undefined } },
  );

  test('a second post on the same connection', async () => {
    await using x = await FakeX.start(created);
    const publisher = publisherFor(x);
    const connection = await connectionOf(publisher);
    await publisher.publish(connection, claimedEntry(), GO, 3_000);
    expect(await publisher.publish(connection, claimedEntry(), GO, 3_000)).toMatchObject({
      kind: 'not-sent',
    });
    expect(x.requests).toHaveLength(1);
  });

  test('a second post on the same connection at the same time', async () => {
    await using x = await FakeX.start(created);
    const publisher = publisherFor(x);
    const connection = await connectionOf(publisher);
    const outcomes = await Promise.all(
      [1, 2].map(() => publisher.publish(connection, claimedEntry(), GO, 3_000)),
    );
    expect(outcomes.filter((outcome) => outcome.kind === 'published').length).toBeLessThanOrEqual(1);
    expect(x.requests.length).toBeLessThanOrEqual(1);
  });

  test('a deletion of what is no id', async () => {
    await using x = await FakeX.start(created);
    expect(await publisherFor(x).withdraw('12/../../users/1', 3_000)).toMatchObject({ kind: 'refused' });
    expect(x.opened).toBe(0);
  });
});

describe('mode and address belong together', () => {
  const make = (apiUrl: string | null, mode: 'live' | 'sandbox' | 'drill') => () =>
    createXPublisher({
      credentials: CREDENTIALS,
      apiUrl: apiUrl === null ? null : new URL(apiUrl),
      scope: { mode, account: 'a' },
      now: () => 0,
    });
  test.each([
    ['http://127.0.0.1:1', 'live'],
    [null, 'sandbox'],
    [null, 'drill'],
    ['https://api.x.com', 'sandbox'],
    ['http://example.com', 'sandbox'],
    ['http://127.0.0.1.example.com', 'sandbox'],
    ['http://10.0.0.1', 'sandbox'],
    ['http://0.0.0.0:80', 'sandbox'],
    ['https://127.0.0.1', 'sandbox'],
    ['http://user@127.0.0.1', 'sandbox'],
    ['http://127.0.0.1/path', 'sandbox'],
  ] as const)('%s with %s is refused', (apiUrl, mode) => expect(make(apiUrl, mode)).toThrow(TypeError));
  test.each([
    [null, 'live'],
    ['http://127.0.0.1:8080', 'sandbox'],
    ['http://[::1]:8080/', 'sandbox'],
    ['http://localhost', 'drill'],
  ] as const)('%s with %s is right', (apiUrl, mode) => expect(make(apiUrl, mode)).not.toThrow());
});
