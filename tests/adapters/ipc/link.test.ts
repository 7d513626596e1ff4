import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { connectWorker } from '../../../src/adapters/ipc/client.ts';
import { serveWorker } from '../../../src/adapters/ipc/server.ts';
import type { UrgentRequest } from '../../../src/app/force-urgent.ts';
import type { LinkHandler, LinkReply, WorkerLink } from '../../../src/app/worker-link.ts';
import { edgeLimits } from '../../../src/limits/edges.ts';

const REQUEST: UrgentRequest = {
  requestId: 'r1',
  text: '地震',
  fields: {},
  lang: 'ja',
  by: 'sato',
  reason: '',
  overridePause: false,
  confirmed: { text: '地震', account: 'jpo_NIPPON', mode: 'live' },
};
const RESULT: LinkReply = {
  kind: 'result',
  result: { kind: 'published', entryId: 'e1', remoteId: '1', url: 'u' },
};
const pong: LinkHandler = async () => ({ kind: 'pong' });

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function dataDir(depth = 0): string {
  const root = mkdtempSync(join(tmpdir(), 'link-'));
  cleanUps.push(() => rmSync(root, { recursive: true, force: true }));
  const dir = join(root, ...Array.from({ length: depth }, () => 'a-folder-with-a-long-name'));
  mkdirSync(dir, { recursive: true });
  return dir;
}

async function serving(dir: string, handle: LinkHandler): Promise<{ path: string; close(): Promise<void> }> {
  const server = await serveWorker(dir, handle);
  if (server.kind !== 'serving') throw new Error(`not serving: ${JSON.stringify(server)}`);
  cleanUps.push(() => server.close());
  return server;
}

async function linked(dir: string): Promise<WorkerLink> {
  const link = await connectWorker(dir);
  if (link === null) throw new Error('nobody listens');
  cleanUps.push(() => link.close());
  return link;
}

test('a request is answered, and the answers of one line find their own questions', async () => {
  const dir = dataDir();
  await serving(dir, async (request) => {
    if (request.kind === 'ping') await new Promise((resolve) => setTimeout(resolve, 50));
    return request.kind === 'ping' ? { kind: 'pong' } : { kind: 'woken' };
  });
  const link = await linked(dir);
  const answers = await Promise.all([link.ask({ kind: 'ping' }, 5_000), link.ask({ kind: 'wake' }, 5_000)]);
  expect(answers).toEqual([
    { kind: 'reply', reply: { kind: 'pong' } },
    { kind: 'reply', reply: { kind: 'woken' } },
  ]);
});

test('a notice is handed over as it was typed', async () => {
  const dir = dataDir();
  const typed: UrgentRequest = {
    ...REQUEST,
    text: '二行\n"引用" \u2028 😀',
    url: 'https://www.jpo.go.jp/',
    fields: { 対象: '手続' },
    confirmed: { text: 'x', account: 'a', mode: 'live' },
  };
  let received: unknown;
  await serving(dir, async (request) => {
    received = request;
    return RESULT;
  });
  const link = await linked(dir);
  await link.ask({ kind: 'publish-urgent', request: typed }, 5_000);
  expect(received).toEqual({ kind: 'publish-urgent', request: typed });
});

test('the same notice asked twice, at once or later or over another line, is done once', async () => {
  const dir = dataDir();
  let done = 0;
  await serving(dir, async () => {
    done += 1;
    await new Promise((resolve) => setTimeout(resolve, 30));
    return RESULT;
  });
  const ask = async (): Promise<unknown> =>
    (await linked(dir)).ask({ kind: 'publish-urgent', request: REQUEST }, 5_000);
  const answers = [...(await Promise.all([ask(), ask()])), await ask()];
  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ kind: 'reply', reply: RESULT })));
  expect(done).toBe(1);
});

test('another notice under the same id is not given the first one’s answer, also while that is being made', async () => {
  const dir = dataDir();
  const handled: string[] = [];
  await serving(dir, async (request) => {
    if (request.kind === 'publish-urgent') handled.push(request.request.text ?? '');
    return RESULT;
  });
  const link = await linked(dir);
  const other = { ...REQUEST, text: 'other words' };
  const ask = (request: UrgentRequest): Promise<unknown> =>
    link.ask({ kind: 'publish-urgent', request }, 5_000);
  await Promise.all([ask(REQUEST), ask(other), ask(REQUEST)]);
  expect(handled).toEqual([REQUEST.text, 'other words']);
});

test('a fault in the worker is told as a fault, and a repeated notice is tried again', async () => {
  const dir = dataDir();
  let calls = 0;
  await serving(dir, async () => {
    calls += 1;
    if (calls === 1) throw new Error('disk full');
    return RESULT;
  });
  const link = await linked(dir);
  const request = { kind: 'publish-urgent', request: REQUEST } as const;
  expect(await link.ask(request, 5_000)).toEqual({
    kind: 'reply',
    reply: { kind: 'failed', message: 'disk full' },
  });
  expect(await link.ask(request, 5_000)).toEqual({ kind: 'reply', reply: RESULT });
});

test('without a worker there is no line, and a socket that a dead worker left is no worker', async () => {
  const dir = dataDir();
  expect(await connectWorker(dir)).toBeNull();
  await leaveStaleSocket(join(dir, 'kosatsu.sock'));
  expect(await connectWorker(dir)).toBeNull();
});

test('a stale socket is replaced, a live one respected', async () => {
  const dir = dataDir();
  await leaveStaleSocket(join(dir, 'kosatsu.sock'));
  await serving(dir, pong);
  expect((await (await linked(dir)).ask({ kind: 'ping' }, 5_000)).kind).toBe('reply');
  expect(await serveWorker(dir, pong)).toEqual({ kind: 'busy' });
  expect((await (await linked(dir)).ask({ kind: 'ping' }, 5_000)).kind).toBe('reply');
});

test('a file that is no socket is left alone', async () => {
  const dir = dataDir();
  writeFileSync(join(dir, 'kosatsu.sock'), 'notes');
  expect((await serveWorker(dir, pong)).kind).toBe('failed');
  expect(readFileSync(join(dir, 'kosatsu.sock'), 'utf8')).toBe('notes');
});

test('only the owner may talk to the worker', async () => {
  const server = await serving(dataDir(), pong);
  expect(statSync(server.path).mode & 0o777).toBe(0o600);
});

test('under a long path the socket stands in a private folder that only the data folder names', async () => {
  const dir = dataDir(6);
  const server = await serving(dir, pong);
  expect(Buffer.byteLength(server.path)).toBeLessThanOrEqual(edgeLimits.socketPathMaxBytes);
  expect(statSync(dirname(server.path)).mode & 0o077).toBe(0);
  expect((await (await linked(dir)).ask({ kind: 'ping' }, 5_000)).kind).toBe('reply');
  expect(await serveWorker(dir, pong)).toEqual({ kind: 'busy' });
  await server.close();
  expect(existsSync(dirname(server.path))).toBe(false);
  expect(await connectWorker(dir)).toBeNull();
});

test('after the end nothing is left behind, and whoever still waited was answered first', async () => {
  const dir = dataDir();
  const server = await serving(dir, async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return RESULT;
  });
  const link = await linked(dir);
  const answer = link.ask({ kind: 'publish-urgent', request: REQUEST }, 5_000);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await server.close();
  expect(await answer).toEqual({ kind: 'reply', reply: RESULT });
  expect(existsSync(server.path)).toBe(false);
});

test('a worker that dies, or that says nothing in time, leaves doubt, not an answer', async () => {
  const dir = dataDir();
  const server = createServer((socket) => socket.on('data', () => socket.destroy()).on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(join(dir, 'kosatsu.sock'), resolve));
  cleanUps.push(() => server.close());
  expect((await (await linked(dir)).ask({ kind: 'ping' }, 5_000)).kind).toBe('lost');
  const mute = dataDir();
  await serving(mute, () => new Promise(() => {}));
  expect((await (await linked(mute)).ask({ kind: 'ping' }, 50)).kind).toBe('lost');
}, 15_000);

const refused: readonly { name: string; bytes: string | Buffer }[] = [
  { name: 'what is not JSON', bytes: 'hello\n' },
  { name: 'JSON that is no request', bytes: '[1]\nnull\n' },
  { name: 'an unknown kind', bytes: '{"id":1,"kind":"delete-everything"}\n' },
  {
    name: 'a notice without its parts',
    bytes: '{"id":1,"kind":"publish-urgent","request":{"requestId":"x"}}\n',
  },
  {
    name: 'a notice with a number for a text',
    bytes: `${JSON.stringify({ id: 1, kind: 'publish-urgent', request: { ...REQUEST, text: 5 } })}\n`,
  },
  {
    name: 'a notice with half a confirmation',
    bytes: `${JSON.stringify({ id: 1, kind: 'publish-urgent', request: { ...REQUEST, confirmed: { text: 'x' } } })}\n`,
  },
  {
    name: 'a notice that nobody confirmed',
    bytes: `${JSON.stringify({ id: 1, kind: 'publish-urgent', request: { ...REQUEST, confirmed: undefined } })}\n`,
  },
  {
    name: 'a notice whose glass is broken by a word',
    bytes: `${JSON.stringify({ id: 1, kind: 'publish-urgent', request: { ...REQUEST, breakGlass: 'no' } })}\n`,
  },
  { name: 'an endless line', bytes: Buffer.alloc(edgeLimits.linkLineMaxBytes + 1, 'a') },
];

test.each(refused)('$name ends the line and reaches nobody', async ({ bytes }) => {
  let reached = 0;
  const server = await serving(dataDir(), async () => {
    reached += 1;
    return { kind: 'pong' };
  });
  const socket = createConnection(server.path);
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write(bytes);
  await closed;
  expect(reached).toBe(0);
});

async function leaveStaleSocket(path: string): Promise<void> {
  const { spawn } = await import('node:child_process');
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await new Promise((resolve) => spawn(process.execPath, ['-e', script]).on('exit', resolve));
  expect(statSync(path).isSocket()).toBe(true);
}
