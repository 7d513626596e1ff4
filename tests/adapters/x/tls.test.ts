import { once } from 'node:events';
import { createServer } from 'node:https';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { exchange } from '../../../src/adapters/x/exchange.ts';
import { openConnection } from '../../../src/adapters/x/open-connection.ts';
import { makeCertificate } from '../http/make-certificate.ts';
import { CREDENTIALS } from './an-entry.ts';

const DAY = 24 * 3_600_000;
const inDays = (days: number): Date => new Date(Math.floor(Date.now() / 1_000) * 1_000 + days * DAY);
const never = new AbortController().signal;
const ours = tls.getCACertificates('default');

afterEach(() => {
  tls.setDefaultCACertificates(ours);
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
});

type Site = { host: string; to: Date; trusted: boolean };

/** Posts once to a TLS server on this machine with such a certificate; null where no connection came about. */
async function postTo({ host, to, trusted }: Site): Promise<{ outcome: unknown; bodies: readonly string[] }> {
  const { cert, key } = makeCertificate(host, inDays(-3), to);
  if (trusted) tls.setDefaultCACertificates([...ours, cert]);
  const bodies: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"data":{"id":"12"}}');
    });
  });
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const opening = await openConnection({ kind: 'x', host: 'localhost', port }, never, 3_000);
  const outcome =
    opening.kind === 'failed'
      ? opening
      : await exchange({
          connection: opening.connection,
          credentials: CREDENTIALS,
          fence: () => ({ kind: 'go' }),
          deadlineMs: 3_000,
          send: (client, how) => client.post('tweets', { text: 'a' }, how),
        });
  server.close();
  await once(server, 'close');
  return { outcome, bodies };
}

const good: Site = { host: 'localhost', to: inDays(9), trusted: true };

describe('over TLS', () => {
  test('a post reaches a server that proves who it is', async () => {
    const { outcome, bodies } = await postTo(good);
    expect(outcome).toMatchObject({
      kind: 'answered',
      answer: { status: 201, body: { data: { id: '12' } }, complete: true },
    });
    expect(bodies).toEqual(['{"text":"a"}']);
  });

  const refused: readonly (readonly [string, Site, string])[] = [
    ['nobody vouches for it', { ...good, trusted: false }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['its certificate has ended', { ...good, to: inDays(-1) }, 'CERT_HAS_EXPIRED'],
    [
      'its certificate names another host',
      { ...good, host: 'elsewhere.test' },
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
  ];
  test.each(refused)('nothing reaches a server when %s', async (_name, site, code) => {
    expect(await postTo(site)).toMatchObject({ outcome: { kind: 'failed', code }, bodies: [] });
  });
  test.each(refused)('also where the environment waives the check: %s', async (_name, site, code) => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    expect(await postTo(site)).toMatchObject({ outcome: { kind: 'failed', code }, bodies: [] });
  });
});
