import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveConsole } from '../../src/console/serve-console.ts';
import { ROLES } from '../../src/governance/operator.ts';
import { consoleLimits } from '../../src/limits/edges.ts';
import { layOut, seat } from './desk.ts';
import { ASKS, methodOf } from './routes.ts';
import { TestConsole, type Browser } from './visitor.ts';

/** What no request object lets through: the console is spoken to as a socket is, by somebody who keeps to no rule. */
type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Sent = { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer };

let url: URL;
let cookie = '';
let sato: Browser;
const console = new TestConsole();
beforeAll(async () => {
  await layOut(console);
  sato = await seat(console, 'sato', ROLES);
  cookie = `kosatsu=${sato.cookies.get('kosatsu') ?? ''}`;
  const served = await serveConsole(console.pages, { port: 0, wasAsked: true });
  if (served.kind !== 'serving') throw new Error('no port is free');
  url = new URL(served.url);
  return () => served.close();
});
afterAll(() => {
  const states = [...console.app.store.peek().entries.values()].map(({ id, state }) => `${id} ${state}`);
  // Whatever was sent in this file, nothing was done.
  expect(states).toContain('held1 held');
  expect(states).toContain('queued1 queued');
});

function ask(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: url.port, path, method, headers, agent: false },
      (got) => {
        const parts: Buffer[] = [];
        got.on('data', (part: Buffer) => parts.push(part));
        got.on('end', () => {
          resolve({
            status: got.statusCode ?? 0,
            headers: got.headers,
            body: Buffer.concat(parts).toString(),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes these bytes and returns the first line of what comes back; empty where the connection was closed. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), '127.0.0.1', () => socket.write(bytes));
    let got = '';
    socket.on('data', (part) => {
      got += part.toString('latin1');
      socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got.split('\r\n')[0] ?? ''));
  });
}

describe('a path that is bent', () => {
  // The stream of changes does not end, so that nobody could wait for it here.
  const CLOSED = ASKS.filter(
    ({ right, route, at }) => right !== 'everybody' && route.startsWith('GET ') && at !== '/events',
  );
  const bent = CLOSED.flatMap(({ at }) => {
    const path = at.split('?')[0] ?? at;
    return [
      `/policy/..${path}`,
      `/policy/../${path}`,
      `/policy/%2e%2e${path}`,
      `/policy/..;${path}`,
      `/policy/..%2f${path.slice(1)}`,
      `/policy\\..${path}`,
      `//x${path}`,
      `/${path}`,
      `${path}/`,
      `${path}%00`,
      `${path};/policy`,
      `${path}?/policy`,
      `${path}#/policy`,
      `${path}/../..${path}`,
      path.replaceAll(/[a-z]/gu, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
      path.toUpperCase(),
      `/sign-in/..${path}`,
      `/feed.xml${path}`,
      `${path}.json`,
    ];
  });
  const strange = [
    '/%',
    '/%E0%A4%A',
    '/posts/%',
    '/posts/%FF',
    '/posts/..%2f..%2fetc',
    '/__proto__',
    '/posts/__proto__',
  ];

  test('shows nobody anything that needs a sign-in', async () => {
    for (const path of [...bent, ...strange, `/${'a'.repeat(8_000)}`]) {
      const { status, body } = await ask(path);
      expect([200, 303, 400, 404, 421], path).toContain(status);
      expect(body, path).not.toMatch(/<nav|改訂しました/u);
    }
  });

  test('leads somebody who is signed in to a page or to none, and breaks nothing', async () => {
    for (const path of [...bent, ...strange]) {
      const { status } = await ask(path, { headers: { cookie } });
      expect([200, 303, 400, 404, 421], path).toContain(status);
    }
  });
});

describe('a request that is too large', () => {
  const FORMS = ASKS.filter((one) => methodOf(one) === 'POST');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  // Only the dry run takes whole documents.
  const bodyFor = (at: string): string =>
    `text=${'x'.repeat(at === '/dry-run' ? consoleLimits.documentFormMaxBytes : consoleLimits.formMaxBytes)}`;

  test.each(FORMS.map(({ at }) => at))('is refused at %s, with its length said or not', async (at) => {
    const sent = { ...headers, cookie, origin: url.origin };
    const big = bodyFor(at);
    const said = await ask(at, {
      method: 'POST',
      headers: { ...sent, 'content-length': String(big.length) },
      body: big,
    });
    expect(said.status).toBe(413);
    const chunked = await ask(at, {
      method: 'POST',
      headers: { ...sent, 'transfer-encoding': 'chunked' },
      body: big,
    });
    expect(chunked.status).toBe(413);
  });

  test('in its headers is refused too', async () => {
    expect((await ask('/', { headers: { cookie: 'x'.repeat(20_000) } })).status).toBe(431);
  });

  test('of very many fields is answered at once', async () => {
    const body = Array.from({ length: consoleLimits.formMaxBytes / 8 }, (_, n) => `${n}=&`).join('');
    const { status } = await ask('/sign-in', {
      method: 'POST',
      headers: { ...headers, origin: url.origin },
      body,
    });
    expect(status).toBe(403);
  });
});

describe('a header that somebody else chose', () => {
  const CRLF = '%0d%0aset-cookie:%20evil=1%0d%0a%0d%0a<script>';

  test('is never one of the answer', async () => {
    const places = [
      `/sign-in?next=${CRLF}`,
      `/sign-in?next=/${CRLF}`,
      `/?lang=ja${CRLF}`,
      `/?lang=${CRLF}`,
      `/?note=${CRLF}`,
      `/posts/${CRLF}`,
      `/dry-run/download?feed=${CRLF}`,
      `/urgent?template=${CRLF}`,
      `/${CRLF}`,
    ];
    for (const path of places)
      for (const headers of [{}, { cookie }]) {
        const answer = await ask(path, { headers });
        expect(answer.headers['set-cookie']?.join() ?? '', path).not.toContain('evil');
        expect(answer.headers.location ?? '', path).not.toMatch(/[\r\n]/u);
        expect(answer.status, path).toBeLessThan(500);
      }
  });

  test('such as a host or a forwarded one leads nobody elsewhere', async () => {
    const hosts = [
      'evil.example',
      'evil.example:80',
      '127.0.0.1.evil.example',
      '127.0.0.1@evil.example',
      'localhost.',
    ];
    for (const host of hosts)
      expect((await ask('/sign-in', { headers: { host } })).status, host).toBeOneOf([400, 421]);
    const forwarded = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    for (const path of ['/', '/policy', '/feed.xml', '/feed.json', '/sign-in']) {
      const { status, headers, body } = await ask(path, { headers: forwarded });
      expect(status).toBeLessThan(400);
      expect(`${headers.location ?? ''}${body}`).not.toContain('evil');
    }
    const overridden = {
      cookie,
      'x-http-method-override': 'POST',
      'x-method-override': 'DELETE',
      'x-original-url': '/pause',
    };
    expect((await ask('/account', { headers: overridden })).body).toContain('<nav');
  });

  test.each([
    [
      'two lengths',
      'POST /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\nabcd',
    ],
    [
      'a length and chunks',
      'POST /pause HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\nCookie : a\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'a foreign address as its target',
      'GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n',
    ],
    ['a proxy for its target', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\n\r\n'],
    ['no words of HTTP', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n'],
  ])('with %s is refused', async (_, bytes) => {
    expect(await raw(bytes.replace('HOST', url.host))).toMatch(/^$|^HTTP\/1\.1 (400|404|421|405)/u);
  });
});

describe('the cookie of a session', () => {
  test.each(['', '; kosatsu=x', '"', '=', '%00', '\t'])('with %j behind it opens nothing', async (more) => {
    const headers = { cookie: `kosatsu=${'0'.repeat(64)}${more}` };
    expect((await ask('/', { headers })).status).toBe(303);
  });

  test('is not taken from the address, a form, or another header', async () => {
    const value = sato.cookies.get('kosatsu') ?? '';
    expect((await ask(`/?kosatsu=${value}`)).status).toBe(303);
    expect(
      (await ask('/', { headers: { authorization: `Bearer ${value}`, 'x-kosatsu': value } })).status,
    ).toBe(303);
    expect((await ask('/', { headers: { cookie } })).status).toBe(200);
  });
});

test('of a download that somebody stops, the last line says that it is not whole, and the answer is broken off', async () => {
  const stop = (): void => console.app.progress.list().forEach(({ id }) => console.app.progress.stop(id));
  const unheard = console.app.progress.listen(stop);
  const got = await new Promise<{ body: string; isWhole: boolean }>((resolve, reject) => {
    const path = '/history/posts.csv';
    const sent = request({ host: '127.0.0.1', port: url.port, path, headers: { cookie }, agent: false });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('error', () => {});
      answer.on('close', () => resolve({ body, isWhole: answer.complete }));
    });
    sent.end();
  });
  unheard();
  expect(got).toEqual({ body: expect.stringMatching(/INCOMPLETE[^\n]*\n$/u), isWhole: false });
});
