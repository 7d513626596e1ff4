import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import type { Outcome } from '../../../src/publish/publisher.ts';
import { CREDENTIALS, SCOPE, claimedEntry } from './an-entry.ts';
import { FakeX, type Reply, answer, http } from './fake-x.ts';

const uncaught: unknown[] = [];
const remember = (error: unknown): void => void uncaught.push(error);
beforeAll(() => void process.on('uncaughtExceptionMonitor', remember).on('unhandledRejection', remember));
afterAll(() => void process.off('uncaughtExceptionMonitor', remember).off('unhandledRejection', remember));

type Expected = {
  kind: Outcome['kind'];
  remoteId?: string;
  cause?: string;
  status?: number;
  until?: unknown;
};

/**
 * Posts once against a server that behaves so. Whatever it does: the outcome is this, it saw one request, nothing stays
 * open, nothing is thrown outside, the answer comes in time, and memory stays bounded.
 */
function check(name: string, reply: Reply, expected: Expected, deadlineMs = 4_000): void {
  test(name, async () => {
    await using x = await FakeX.start(reply);
    const now = (): number => Date.now();
    const publisher = createXPublisher({ credentials: CREDENTIALS, apiUrl: x.url, scope: SCOPE, now });
    const prepared = await publisher.prepare(new AbortController().signal);
    if (prepared.kind !== 'ready') throw new Error(prepared.detail);
    const entry = claimedEntry();
    const before = { at: performance.now(), rss: process.memoryUsage().rss };
    const outcome = await publisher.publish(prepared.connection, entry, () => ({ kind: 'go' }), deadlineMs);
    expect(performance.now() - before.at).toBeLessThan(deadlineMs + 3_000);
    expect(process.memoryUsage().rss - before.rss).toBeLessThan(150 * 1_048_576);
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toMatch(/OAuth|secret/);
    expect(JSON.stringify(outcome).length).toBeLessThan(700);
    expect(await x.allClosed()).toBe(true);
    expect(x.posts.map((post) => JSON.parse(post.body) as unknown)).toEqual([{ text: entry.text }]);
    expect([x.requests.length, x.opened]).toEqual([1, 1]);
    expect(uncaught).toEqual([]);
  });
}

const created = { data: { id: '1990000000000000000', text: 'x' } };
const json = JSON.stringify(created);
const DAY_RESET = String(Math.floor(Date.now() / 1_000) + 7_200);

describe('every answer has one meaning and costs one request', () => {
  const cases: readonly (readonly [string, Reply, Expected])[] = [
    ['201 with an id', answer(http(201, created)), { kind: 'published', remoteId: '1990000000000000000' }],
    [
      '201 in chunks',
      answer(
        `HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\n${json.slice(0, 5)}\r\n${(json.length - 5).toString(16)}\r\n${json.slice(5)}\r\n0\r\n\r\n`,
      ),
      { kind: 'published' },
    ],
    [
      '201 without a length, ended by closing',
      answer(`HTTP/1.1 201 Created\r\n\r\n${json}`),
      { kind: 'published' },
    ],
    [
      '103 before 201',
      answer(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${http(201, created)}`),
      { kind: 'published' },
    ],
    [
      '201 whose server keeps the connection open',
      (socket) => void socket.write(http(201, created, { connection: 'keep-alive' })),
      { kind: 'published' },
    ],
    ['201 with an empty body', answer(http(201, '')), { kind: 'uncertain' }],
    [
      '201 that closes after its headers',
      answer('HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n'),
      { kind: 'uncertain' },
    ],
    [
      '201 whole, but the length promised more',
      answer(`HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n${json}`),
      { kind: 'published' },
    ],
    [
      '201 cut in half',
      answer(`HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n${json.slice(0, 30)}`),
      { kind: 'uncertain' },
    ],
    [
      '201 cut in half by a reset',
      (socket) =>
        void socket.write(`HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n${json.slice(0, 30)}`, () =>
          socket.resetAndDestroy(),
        ),
      { kind: 'uncertain' },
    ],
    [
      '201 compressed without being asked',
      answer(http(201, 'garbage', { 'content-encoding': 'gzip' })),
      { kind: 'uncertain' },
    ],
    [
      '302',
      answer(http(302, 'moved', { location: 'https://elsewhere.example/2/tweets' })),
      { kind: 'uncertain' },
    ],
    ['307 to itself', answer(http(307, '', { location: '/2/tweets' })), { kind: 'uncertain' }],
    ['200 with errors alone', answer(http(200, { errors: [{ message: 'x' }] })), { kind: 'uncertain' }],
    [
      '403 duplicate',
      answer(
        http(403, {
          detail: 'You are not allowed to create a Tweet with duplicate content.',
          type: 'about:blank',
          title: 'Forbidden',
          status: 403,
        }),
      ),
      { kind: 'duplicate' },
    ],
    [
      '403 page of an edge proxy',
      answer(http(403, '<!DOCTYPE html><title>Just a moment...</title>')),
      { kind: 'uncertain' },
    ],
    [
      '403 not permitted',
      answer(
        http(403, {
          title: 'Forbidden',
          detail: 'You are not permitted to perform this action.',
          type: 'about:blank',
          status: 403,
        }),
      ),
      { kind: 'rejected', status: 403 },
    ],
    [
      '403 suspended',
      answer(
        http(403, {
          title: 'Forbidden',
          detail: 'The user used for authentication is suspended',
          type: 'https://api.twitter.com/2/problems/user-suspended',
        }),
      ),
      { kind: 'refused-for-now', cause: 'suspended' },
    ],
    [
      '429 problem',
      answer(
        http(429, {
          title: 'Too Many Requests',
          detail: 'Too Many Requests',
          type: 'about:blank',
          status: 429,
        }),
      ),
      { kind: 'throttled', until: null },
    ],
    [
      '429 with code 88',
      answer(http(429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] })),
      { kind: 'throttled' },
    ],
    [
      '429 with 24-hour headers alone',
      answer(http(429, {}, { 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': DAY_RESET })),
      { kind: 'throttled', until: expect.any(Number) },
    ],
    [
      '429 with broken headers',
      answer(
        http(
          429,
          {},
          { 'x-rate-limit-limit': 'NaN', 'x-rate-limit-remaining': '', 'x-rate-limit-reset': 'soon' },
        ),
      ),
      { kind: 'throttled', until: null },
    ],
    [
      '401',
      answer(http(401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' })),
      { kind: 'refused-for-now', cause: 'unauthorized' },
    ],
    [
      '402',
      answer(
        http(402, {
          account_id: 1_234_567_890_123_456,
          title: 'CreditsDepleted',
          detail: 'no credits',
          type: 'https://api.twitter.com/2/problems/credits',
        }),
      ),
      { kind: 'refused-for-now', cause: 'credits' },
    ],
    [
      '400 media',
      answer(
        http(400, {
          errors: [{ parameters: { 'media.media_ids': ['1'] }, message: 'Your media IDs are invalid.' }],
          title: 'Invalid Request',
          detail: 'One or more parameters to your request was invalid.',
        }),
      ),
      { kind: 'rejected', status: 400 },
    ],
    [
      '503 JSON',
      answer(
        http(503, {
          title: 'Service Unavailable',
          detail: 'Service Unavailable',
          type: 'about:blank',
          status: 503,
        }),
      ),
      { kind: 'uncertain' },
    ],
    ['503 HTML', answer(http(503, '<html>busy</html>')), { kind: 'uncertain' }],
    [
      '502 HTML called JSON',
      answer(http(502, '<html>Bad Gateway</html>', { 'content-type': 'application/json' })),
      { kind: 'uncertain' },
    ],
    ['500 with an empty body', answer(http(500, '')), { kind: 'uncertain' }],
    ['{"errors":[null]} with 400', answer(http(400, { errors: [null] })), { kind: 'uncertain' }],
    ['{"errors":[null]} with 403', answer(http(403, { errors: [null] })), { kind: 'uncertain' }],
    ['{"errors":[null]} with 500', answer(http(500, { errors: [null] })), { kind: 'uncertain' }],
    [
      'errors that are strings',
      answer(http(403, { errors: ['internal server error'] })),
      { kind: 'uncertain' },
    ],
    ['JSON null', answer(http(403, 'null', { 'content-type': 'application/json' })), { kind: 'uncertain' }],
    ['closing without an answer', (socket) => void socket.end(), { kind: 'uncertain' }],
    ['a reset without an answer', (socket) => void socket.resetAndDestroy(), { kind: 'uncertain' }],
    ['an answer that is not HTTP', answer('SSH-2.0-OpenSSH_9.2\r\n'), { kind: 'uncertain' }],
    [
      'a header without an end',
      answer(`HTTP/1.1 201 Created\r\nx: ${'a'.repeat(40_000)}`),
      { kind: 'uncertain' },
    ],
    [
      'an upgrade',
      answer('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      { kind: 'uncertain' },
    ],
    ['a second answer behind the first', answer(http(201, created) + http(403, {})), { kind: 'published' }],
  ];
  for (const [name, reply, expected] of cases) check(name, reply, expected);
});

describe('the deadline holds whatever the server does', () => {
  const hang: Reply = () => undefined;
  const drip =
    (start: string): Reply =>
    (socket) => {
      socket.write(start);
      const timer = setInterval(() => socket.write('x'), 100);
      socket.on('close', () => clearInterval(timer));
    };
  const cases: readonly (readonly [string, Reply, Outcome['kind']])[] = [
    ['no answer at all', hang, 'uncertain'],
    [
      '201 and its headers, then nothing',
      (socket) => void socket.write('HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n'),
      'uncertain',
    ],
    ['201 that drips for ever', drip('HTTP/1.1 201 Created\r\n\r\n'), 'uncertain'],
    ['headers that drip for ever', drip('HTTP/1.1 201 Created\r\nx: '), 'uncertain'],
    // The status alone says that nothing was posted, and the rest will not change that.
    ['429 that drips for ever', drip('HTTP/1.1 429 Too Many Requests\r\n\r\n'), 'throttled'],
    ['401 that drips for ever', drip('HTTP/1.1 401 Unauthorized\r\n\r\n'), 'refused-for-now'],
    [
      '403 that drips for ever',
      drip('HTTP/1.1 403 Forbidden\r\n\r\n{"title":"Forbidden","detail":"'),
      'uncertain',
    ],
  ];
  for (const [name, reply, kind] of cases) check(name, reply, { kind }, 1_000);
});

describe('an answer can’t fill memory', () => {
  const flood =
    (status: number): Reply =>
    (socket: net.Socket) => {
      socket.write(`HTTP/1.1 ${String(status)} x\r\n\r\n`);
      const chunk = Buffer.alloc(65_536, 'a');
      const more = (): void => {
        while (!socket.destroyed && socket.write(chunk)) continue;
        if (!socket.destroyed) socket.once('drain', more);
      };
      more();
    };
  for (const status of [201, 200, 403, 500])
    check(`an endless ${String(status)}`, flood(status), { kind: 'uncertain' });
  const large = { ...created, pad: 'x'.repeat(10 * 1_048_576) };
  check('10 MB of JSON that would be a success', answer(http(201, large)), { kind: 'uncertain' });
});
