import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { createOutside } from '../../../src/adapters/http/post-outside.ts';
import type { Delivery } from '../../../src/app/ports.ts';
import { makeCertificate } from './make-certificate.ts';

const never = new AbortController().signal;
type Asked = { line: string; type: string | undefined; body: string };

/** A server of this machine that answers as told, and what it was asked. */
async function aServer(
  answer: RequestListener,
  make: (listener: RequestListener) => Server = createServer,
): Promise<{ url: (path: string) => URL; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = make((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ line: `${method} ${url}`, type: headers['content-type'], body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const scheme = make === createServer ? 'http' : 'https';
  return { url: (path) => new URL(`${scheme}://localhost:${String(port)}${path}`), asked };
}

function post(url: URL | null, deadlineMs = 5_000, ca: string | null = null): Promise<Delivery> {
  const outside = createOutside({ addresses: { alarm: url, 'audit-head': null }, deadlineMs, ca });
  return outside.post('alarm', { text: '警報' }, never);
}

test('one POST of JSON reaches the configured address', async () => {
  const { url, asked } = await aServer((_, response) => response.writeHead(204).end());
  expect(await post(url('/hooks/key?x=1'))).toEqual({ kind: 'delivered' });
  expect(asked).toEqual([
    { line: 'POST /hooks/key?x=1', type: 'application/json; charset=utf-8', body: '{"text":"警報"}' },
  ]);
});

test('where no address is configured nothing is asked', async () => {
  expect(await post(null)).toEqual({ kind: 'none' });
});

test.each<[string, RequestListener, string]>([
  ['an error', (_, response) => response.writeHead(500).end('secret'), 'HTTP 500'],
  ['a redirect', (_, response) => response.writeHead(307, { location: '/elsewhere' }).end(), 'HTTP 307'],
  ['a closed connection', (request) => request.socket.destroy(), 'closed the connection'],
  ['silence', () => {}, 'did not answer in time'],
])('%s is a failure, told without what the server said, and not tried again', async (_, answer, words) => {
  const { url, asked } = await aServer(answer);
  const sent = await post(url('/hooks/key'), words.includes('time') ? 300 : 30_000);
  expect(sent).toMatchObject({ kind: 'failed', detail: expect.stringContaining(words) });
  expect(JSON.stringify(sent)).not.toMatch(/secret|key/u);
  expect(asked).toHaveLength(1);
});

test('an answer without end is not read', async () => {
  const { url } = await aServer((_, response) => {
    const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
    response.on('close', () => clearInterval(timer));
  });
  expect(await post(url('/'))).toEqual({ kind: 'delivered' });
});

test('a server that cannot prove who it is gets nothing', async () => {
  const now = Date.now();
  const day = 86_400_000;
  const { cert, key } = makeCertificate('localhost', new Date(now - day), new Date(now + day));
  const { url, asked } = await aServer(
    (_, response) => response.end(),
    (listener) => createSecureServer({ cert, key }, listener),
  );
  expect(await post(url('/'))).toMatchObject({ kind: 'failed' });
  expect(asked).toEqual([]);
  expect(await post(url('/'), 5_000, cert)).toEqual({ kind: 'delivered' });
});

test.each(['http://169.254.169.254/latest', 'http://224.0.0.1/'])(
  'an address that is no host is refused: %s',
  async (address) => {
    expect(await post(new URL(address))).toMatchObject({ kind: 'failed' });
  },
);

test('a server is tried by a connection on which nothing is asked', async () => {
  const { url, asked } = await aServer((_, response) => response.writeHead(204).end());
  const reach = (address: URL | null, ca: string | null = null): Promise<Delivery> =>
    createOutside({ addresses: { alarm: address, 'audit-head': null }, ca }).reach('alarm', never);
  expect(await reach(url('/hooks/key'))).toEqual({ kind: 'delivered' });
  expect(await reach(null)).toEqual({ kind: 'none' });
  const secure = url('/');
  secure.protocol = 'https:';
  expect(await reach(secure)).toMatchObject({ kind: 'failed' });
  expect(await reach(new URL('http://127.0.0.1:1/'))).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining('accepts no connection'),
  });
  expect(asked).toEqual([]);
});
