import { once } from 'node:events';
import https from 'node:https';
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { EgressGuard } from '../../../src/adapters/x/egress-guard.ts';
import { type EgressRequest, judgeEgress } from '../../../src/adapters/x/egress-rules.ts';
import { exchange } from '../../../src/adapters/x/exchange.ts';
import { openToX } from '../../../src/adapters/x/open-connection.ts';
import { readRequest } from '../../../src/adapters/x/read-request.ts';
import { CREDENTIALS } from './an-entry.ts';
import { FakeX, answer, http } from './fake-x.ts';

const never = new AbortController().signal;
const created = answer(http(201, { data: { id: '12' } }));
const request = (method: string, target: string, body: unknown = ''): EgressRequest => ({
  method,
  target,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('the list', () => {
  const timeline =
    '/2/users/5/tweets?max_results=100&exclude=replies%2Cretweets&tweet.fields=created_at%2Centities';
  const allowed: readonly (readonly [string, EgressRequest])[] = [
    ['a post of text', request('POST', '/2/tweets', { text: 'a' })],
    ['a deletion', request('DELETE', '/2/tweets/12')],
    ['the own identity', request('GET', '/2/users/me')],
    ['the own posts', request('GET', timeline)],
    ['the own posts after an id', request('GET', `${timeline}&since_id=9&pagination_token=ab-_9`)],
  ];
  test.each(allowed)('lets pass %s', (_name, asked) =>
    expect(judgeEgress(asked)).toEqual({ kind: 'allowed' }),
  );

  const refused: readonly (readonly [string, EgressRequest])[] = [
    ['a reply', request('POST', '/2/tweets', { text: 'a', reply: { in_reply_to_tweet_id: '1' } })],
    ['a reply that says nothing', request('POST', '/2/tweets', { text: 'a', reply: null })],
    ['a quote', request('POST', '/2/tweets', { text: 'a', quote_tweet_id: '1' })],
    ['a link to direct messages', request('POST', '/2/tweets', { text: 'a', direct_message_deep_link: 'x' })],
    ['a poll', request('POST', '/2/tweets', { text: 'a', poll: {} })],
    ['media without text', request('POST', '/2/tweets', { media: { media_ids: ['1'] } })],
    ['a text that is none', request('POST', '/2/tweets', { text: 5 })],
    ['an empty text', request('POST', '/2/tweets', { text: '' })],
    ['an empty body', request('POST', '/2/tweets')],
    ['a list', request('POST', '/2/tweets', ['a'])],
    ['a body that is no JSON', request('POST', '/2/tweets', '{"text":"a"')],
    ['a query on a post', request('POST', '/2/tweets?x=1', { text: 'a' })],
    ['a direct message', request('POST', '/2/dm_conversations/with/1/messages', { text: 'a' })],
    ['a like', request('POST', '/2/users/5/likes', { tweet_id: '1' })],
    ['a follow', request('POST', '/2/users/5/following', { target_user_id: '1' })],
    ['a post by the old interface', request('POST', '/1.1/statuses/update.json', { text: 'a' })],
    ['an upload', request('POST', '/2/media/upload', { text: 'a' })],
    ['the mentions', request('GET', '/2/users/5/mentions')],
    ['the followers', request('GET', '/2/users/5/followers')],
    ['a search', request('GET', '/2/tweets/search/recent?query=a')],
    ['somebody by name', request('GET', '/2/users/by/username/a')],
    ['the own posts with replies', request('GET', '/2/users/5/tweets?max_results=5')],
    ['the own posts with authors', request('GET', `${timeline}&expansions=author_id`)],
    [
      'the own posts with other fields',
      request('GET', timeline.replace('entities', 'entities%2Cin_reply_to_user_id')),
    ],
    ['a key twice', request('GET', `${timeline}&exclude=replies%2Cretweets`)],
    ['an identity with a query', request('GET', '/2/users/me?user.fields=email')],
    ['a body on a read', request('GET', '/2/users/me', { text: 'a' })],
    ['a deletion of all', request('DELETE', '/2/tweets')],
    ['a deletion of a name', request('DELETE', '/2/tweets/abc')],
    ['a change', request('PUT', '/2/tweets/12')],
    ['dot segments', request('DELETE', '/2/users/../tweets/12')],
    ['escaped dot segments', request('GET', '/2/%2e%2e/2/users/me')],
    ['another host', request('GET', 'https://evil.example/2/users/me')],
    ['another host by slashes', request('GET', '//evil.example/2/users/me')],
    ['a fragment', request('GET', '/2/users/me#x')],
    ['no path', request('GET', '*')],
  ];
  test.each(refused)('refuses %s', (_name, asked) =>
    expect(judgeEgress(asked)).toMatchObject({ kind: 'refused' }),
  );
});

describe('the bytes of a request are read in one way only', () => {
  const read = (raw: string): string => readRequest(Buffer.from(raw), 500).kind;
  const body = '{"text":"a"}';
  test.each([
    ['request', `POST /2/tweets HTTP/1.1\r\nhost: a\r\ncontent-length: 12\r\n\r\n${body}`],
    ['request', 'GET /2/users/me HTTP/1.1\r\nhost: a\r\n\r\n'],
    ['more', 'GET /2/users/me HTTP/1.1\r\nhost: a\r\n'],
    ['more', `POST /2/tweets HTTP/1.1\r\ncontent-length: 13\r\n\r\n${body}`],
    ['unreadable', `POST /2/tweets HTTP/1.1\r\ncontent-length: 11\r\n\r\n${body}`],
    ['unreadable', `POST /2/tweets HTTP/1.1\r\ncontent-length: 12\r\ncontent-length: 12\r\n\r\n${body}`],
    ['unreadable', `POST /2/tweets HTTP/1.1\r\ncontent-length: +12\r\n\r\n${body}`],
    ['unreadable', `POST /2/tweets HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nc\r\n${body}\r\n0\r\n\r\n`],
    ['unreadable', 'GET /2/users/me HTTP/1.1\r\n\r\nGET /2/users/me HTTP/1.1\r\n\r\n'],
    ['unreadable', 'GET /2/users/me HTTP/1.0\r\n\r\n'],
    ['unreadable', 'GET  /2/users/me HTTP/1.1\r\n\r\n'],
    ['unreadable', 'GET /2/users/me HTTP/1.1\r\n folded: x\r\n\r\n'],
    ['unreadable', 'GET /2/users/me HTTP/1.1\r\nhost: a\nx: b\r\n\r\n'],
    ['unreadable', 'GET /2/users/me HTTP/1.1\r\nexpect: 100-continue\r\n\r\n'],
    ['unreadable', `GET /2/users/me HTTP/1.1\r\nx: ${'a'.repeat(600)}`],
  ])('%s: %j', (kind, raw) => expect(read(raw)).toBe(kind));
});

describe('at the socket', () => {
  /** Writes pieces on a guarded connection that is armed, and tells what arrived. */
  async function write(pieces: readonly string[], arm = true): Promise<{ arrived: string; state: string }> {
    let arrived = '';
    const server = net.createServer((socket) => {
      socket.on('data', (chunk) => void (arrived += chunk.toString()));
      socket.on('error', () => undefined);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const socket = net.connect(
      typeof address === 'object' && address !== null ? address.port : 0,
      '127.0.0.1',
    );
    await once(socket, 'connect');
    const guard = new EgressGuard(socket);
    if (arm) guard.arm(() => ({ kind: 'go' }));
    for (const piece of pieces) {
      guard.write(piece);
      await new Promise((done) => setTimeout(done, 20));
    }
    await new Promise((done) => setTimeout(done, 50));
    const state = guard.state.kind;
    guard.destroy();
    server.close();
    await once(server, 'close');
    return { arrived, state };
  }
  const me = 'GET /2/users/me HTTP/1.1\r\nhost: a\r\n\r\n';

  test('an allowed request passes, whole', async () =>
    expect(await write([me])).toEqual({ arrived: me, state: 'sent' }));
  test('in pieces it passes only when it is whole', async () => {
    expect(await write([me.slice(0, 9), me.slice(9)])).toEqual({ arrived: me, state: 'sent' });
    expect(await write([me.slice(0, 30)])).toEqual({ arrived: '', state: 'armed' });
  });
  test('a second request does not pass', async () =>
    expect(await write([me, me])).toEqual({ arrived: me, state: 'sent' }));
  test('two in one piece do not pass', async () =>
    expect(await write([me + me])).toEqual({ arrived: '', state: 'refused' }));
  test('nothing passes that nobody asked for', async () =>
    expect(await write([me], false)).toEqual({ arrived: '', state: 'refused' }));
  test('a reply does not pass', async () => {
    const body = '{"text":"@a hello","reply":{"in_reply_to_tweet_id":"1"}}';
    const raw = `POST /2/tweets HTTP/1.1\r\nhost: a\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`;
    expect(await write([raw])).toEqual({ arrived: '', state: 'refused' });
  });
});

describe('the whole library is behind the list', () => {
  type Send = Parameters<typeof exchange>[0]['send'];
  const calls: readonly (readonly [string, Send])[] = [
    ['a reply', (client) => client.reply('hello', '12')],
    ['a quote', (client) => client.quote('hello', '12')],
    [
      'a thread',
      (client) =>
        client.tweetThread(['a', 'b'].map((text) => ({ text, reply: { in_reply_to_tweet_id: '1' } }))),
    ],
    ['a like', (client) => client.like('5', '12')],
    ['a direct message', (client) => client.sendDmToParticipant('5', { text: 'a' })],
    ['the mentions', (client) => client.userMentionTimeline('5')],
    ['a stream, which passes the plugins by', (client) => client.searchStream()],
    ['another address', (client) => client.post('https://evil.example/2/tweets', { text: 'a' })],
  ];
  test.each(calls)('%s does not leave', async (_name, send) => {
    await using x = await FakeX.start(created);
    const opening = await openToX({ kind: 'loopback', host: '127.0.0.1', port: x.port }, never);
    if (opening.kind !== 'open') throw new Error(opening.message);
    const others = https.globalAgent.listenerCount('free');
    const { connection } = opening;
    const exchanged = await exchange({
      connection,
      credentials: CREDENTIALS,
      fence: () => ({ kind: 'go' }),
      deadlineMs: 1_000,
      send,
    });
    expect(exchanged).not.toMatchObject({ answer: { kind: 'response' } });
    expect(await x.allClosed()).toBe(true);
    expect([x.requests, x.opened, https.globalAgent.listenerCount('free')]).toEqual([[], 1, others]);
  });

  test('a client that sends twice sends once', async () => {
    await using x = await FakeX.start(
      (socket) => void socket.write(http(503, '', { connection: 'keep-alive' })),
    );
    const opening = await openToX({ kind: 'loopback', host: '127.0.0.1', port: x.port }, never);
    if (opening.kind !== 'open') throw new Error(opening.message);
    const twice: Send = async (client, how) => {
      await client.post('tweets', { text: 'a' }, how).catch(() => undefined);
      return await client.post('tweets', { text: 'a' }, how);
    };
    const { connection } = opening;
    await exchange({
      connection,
      credentials: CREDENTIALS,
      fence: () => ({ kind: 'go' }),
      deadlineMs: 1_000,
      send: twice,
    });
    expect(x.requests).toHaveLength(1);
    expect(await x.allClosed()).toBe(true);
  });
});
