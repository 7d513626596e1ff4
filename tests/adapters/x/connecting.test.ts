import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { type Opening, openConnection } from '../../../src/adapters/x/open-connection.ts';
import type { Target } from '../../../src/adapters/x/target.ts';
import { createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import { CREDENTIALS, SCOPE, claimedEntry } from './an-entry.ts';
import { FakeX, answer, http } from './fake-x.ts';

const never = new AbortController().signal;
const created = answer(http(201, { data: { id: '12' } }));

/** A server on loopback for the length of a test; what it accepted is closed with it. */
async function withServer(
  server: net.Server,
  run: (port: number, open: ReadonlySet<net.Socket>) => Promise<void>,
): Promise<void> {
  const open = new Set<net.Socket>();
  server.on('connection', (socket) => {
    open.add(socket.on('close', () => open.delete(socket)).on('error', () => undefined));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  try {
    await run(typeof address === 'object' && address !== null ? address.port : 0, open);
  } finally {
    for (const socket of open) socket.destroy();
    server.close();
  }
}

async function closedPort(): Promise<number> {
  let port = 0;
  await withServer(net.createServer(), (used) => Promise.resolve(void (port = used)));
  return port;
}

/** Opening fails within the deadline and leaves nothing open at the other side. */
async function check(opening: Promise<Opening>, open: ReadonlySet<net.Socket> = new Set()): Promise<void> {
  const startedAt = performance.now();
  expect(await opening).toMatchObject({ kind: 'failed' });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await expect.poll(() => open.size).toBe(0);
}

const secure = (port: number): Target => ({ kind: 'x', host: 'localhost', port });

describe('what fails before the claim has sent nothing', () => {
  test('refused', async () => {
    await expect(
      check(openConnection({ kind: 'loopback', host: '127.0.0.1', port: await closedPort() }, never, 1_000)),
    ).resolves.toBeUndefined();
  });
  test('a name that does not exist', async () => {
    const target: Target = { kind: 'x', host: 'no-such-host.invalid', port: 443 };
    await expect(check(openConnection(target, never, 1_500))).resolves.toBeUndefined();
  });
  test('a TLS server without a certificate', () =>
    withServer(tls.createServer({}), async (port, open) => {
      await expect(check(openConnection(secure(port), never, 1_000), open)).resolves.toBeUndefined();
    }));
  test('a server that speaks no TLS', () =>
    withServer(
      net.createServer((socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      async (port, open) => {
        await expect(check(openConnection(secure(port), never, 1_000), open)).resolves.toBeUndefined();
      },
    ));
  test('a server that never ends the handshake', () =>
    withServer(
      net.createServer((socket) => void socket.resume()),
      async (port, open) => {
        await expect(check(openConnection(secure(port), never, 300), open)).resolves.toBeUndefined();
      },
    ));
  test('a server that closes in the handshake', () =>
    withServer(
      net.createServer((socket) => socket.destroy()),
      async (port, open) => {
        await expect(check(openConnection(secure(port), never, 1_000), open)).resolves.toBeUndefined();
      },
    ));
  test('a stop while connecting', () =>
    withServer(
      net.createServer((socket) => void socket.resume()),
      async (port, open) => {
        await expect(
          check(openConnection(secure(port), AbortSignal.timeout(100), 5_000), open),
        ).resolves.toBeUndefined();
      },
    ));
  test('a stop before connecting', () =>
    withServer(
      net.createServer((socket) => void socket.resume()),
      async (port, open) => {
        await expect(
          check(openConnection(secure(port), AbortSignal.abort(), 5_000), open),
        ).resolves.toBeUndefined();
      },
    ));

  test('prepare tells it as not sent', async () => {
    const apiUrl = new URL(`http://127.0.0.1:${String(await closedPort())}`);
    const publisher = createXPublisher({
      credentials: CREDENTIALS,
      apiUrl,
      scope: SCOPE,
      now: () => Date.now(),
    });
    expect(await publisher.prepare(never)).toMatchObject({
      kind: 'not-sent',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await publisher.identity(never)).toMatchObject({ kind: 'unreadable', cause: 'network' });
    expect(await publisher.ownPosts({ accountId: '1', sinceId: null, signal: never })).toMatchObject({
      kind: 'unreadable',
      cause: 'network',
    });
    expect(await publisher.withdraw('1', 3_000)).toMatchObject({ kind: 'doubt' });
  });
});

describe('a connection that dies between claim and write has sent nothing', () => {
  const cases: readonly (readonly [string, (socket: net.Socket) => void])[] = [
    ['closed by X', (socket) => void socket.end()],
    ['reset by X', (socket) => void socket.resetAndDestroy()],
    ['X speaks before it is asked', (socket) => void socket.write(http(201, { data: { id: '666' } }))],
  ];
  test.each(cases)('%s', async (_name, act) => {
    await using x = await FakeX.start(created);
    const publisher = createXPublisher({
      credentials: CREDENTIALS,
      apiUrl: x.url,
      scope: SCOPE,
      now: () => Date.now(),
    });
    const prepared = await publisher.prepare(never);
    if (prepared.kind !== 'ready') throw new Error(prepared.detail);
    await expect.poll(() => x.open.size).toBe(1);
    for (const socket of x.open) act(socket);
    await new Promise((done) => setTimeout(done, 50));
    const outcome = await publisher.publish(
      prepared.connection,
      claimedEntry(),
      () => ({ kind: 'go' }),
      3_000,
    );
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'network' });
    expect(x.requests).toEqual([]);
    expect(await x.allClosed()).toBe(true);
  });

  test('a prepared connection that is not needed is closed', async () => {
    await using x = await FakeX.start(created);
    const publisher = createXPublisher({
      credentials: CREDENTIALS,
      apiUrl: x.url,
      scope: SCOPE,
      now: () => Date.now(),
    });
    const prepared = await publisher.prepare(never);
    if (prepared.kind !== 'ready') throw new Error(prepared.detail);
    prepared.connection.close();
    prepared.connection.close();
    expect(await x.allClosed()).toBe(true);
    expect(
      await publisher.publish(prepared.connection, claimedEntry(), () => ({ kind: 'go' }), 3_000),
    ).toMatchObject({ kind: 'not-sent' });
    expect(x.requests).toEqual([]);
  });
});
