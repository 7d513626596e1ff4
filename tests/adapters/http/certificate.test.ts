import { createServer } from 'node:https';
import { createServer as createPlainServer, type Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createFetcher } from '../../../src/adapters/http/fetch-document.ts';
import type { Fetched } from '../../../src/feed/fetched.ts';
import { pause } from './hostile-server.ts';
import { makeCertificate } from './make-certificate.ts';

const DAY = 24 * 3_600_000;
const inDays = (days: number): Date => new Date(Math.floor(Date.now() / 1_000) * 1_000 + days * DAY);

type Site = { host: string; from: Date; to: Date; trusted: boolean; location?: string };
const good: Site = { host: 'news.test', from: inDays(-1), to: inDays(10), trusted: true };

/** Asks `news.test`, which is our own machine, over TLS with a certificate made for the case. */
async function ask(site: Partial<Site>): Promise<Fetched> {
  const { host, from, to, trusted, location } = { ...good, ...site };
  const { cert, key } = makeCertificate(host, from, to);
  const server = createServer({ cert, key }, (_request, response) => {
    if (location === undefined) response.end('<rss/>');
    else response.writeHead(302, { location }).end();
  });
  const port = await listen(server);
  const fetched = await fetchTls(`https://news.test:${port}/`, trusted ? cert : null);
  // A server ends only once its last connection has.
  const ended = new Promise((resolve) => server.close(() => resolve('all closed')));
  expect(await Promise.race([ended, pause(1_000)]), 'a socket is still open').toBe('all closed');
  return fetched;
}

function fetchTls(url: string, ca: string | null): Promise<Fetched> {
  const fetcher = createFetcher({
    limits: { totalMs: 2_000, idleMs: 1_000 },
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ...(ca === null ? {} : { ca }),
  });
  const request = { url, etag: null, lastModified: null, allowPrivateAddress: true, userAgent: 'k' };
  return fetcher.get(request, new AbortController().signal);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

describe('a server over TLS', () => {
  test('that proves who it is gives its document and the end of its certificate', async () => {
    const fetched = await ask({});
    expect(fetched).toMatchObject({ kind: 'document', hints: { certificateExpiresAt: good.to.getTime() } });
  });

  const check = (name: string, site: Partial<Site>, detail: RegExp, code = 'tls'): void => {
    test(`that ${name} is refused`, async () => {
      const fetched = await ask(site);
      expect(fetched).toMatchObject({ kind: 'failed', problem: { code } });
      expect(fetched.kind === 'failed' && fetched.problem.detail).toMatch(detail);
    });
  };
  check('shows an expired certificate', { from: inDays(-30), to: inDays(-1) }, /CERT_HAS_EXPIRED/);
  check('shows a certificate that begins tomorrow', { from: inDays(1) }, /CERT_NOT_YET_VALID/);
  check('shows a certificate of nobody known', { trusted: false }, /SELF_SIGNED/);
  check('shows the certificate of another host', { host: 'other.test' }, /ALTNAME_INVALID/);
  check(
    'redirects to unprotected http',
    { location: 'http://news.test/' },
    /from https to unprotected http/,
    'redirect-refused',
  );

  test('that speaks plain http is refused', async () => {
    const server = createPlainServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const port = await listen(server);
    const fetched = await fetchTls(`https://127.0.0.1:${port}/`, null);
    server.close();
    expect(fetched).toMatchObject({ kind: 'failed', problem: { code: 'tls' } });
    expect(fetched.kind === 'failed' && fetched.problem.detail).toMatch(/could not prove who it is/);
  });
});
