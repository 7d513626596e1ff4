import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createFetcher } from '../../../src/adapters/http/fetch-document.ts';
import type { Fetched, FetchProblem } from '../../../src/feed/fetched.ts';
import { describeFeedDetail } from '../../../src/messages/feed-details.ts';
import {
  answer,
  document,
  drip,
  flood,
  pause,
  redirect,
  startHostileServer,
  type Attack,
} from './hostile-server.ts';

const BYTES = 200_000;
/** The deadline that is on trial is short, the others far off, so that a loaded machine proves nothing false. */
const FAR = { totalMs: 20_000, idleMs: 8_000 };
const SHORT_IN_ALL = { ...FAR, totalMs: 700 };
const SHORT_IDLE = { ...FAR, idleMs: 250 };
/** A loaded machine notices a deadline this much late. */
const GRACE_MS = 5_000;

const XML = '<?xml version="1.0"?><rss version="2.0"><channel><title>特許庁</title></channel></rss>';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const OPEN_ENDED = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n';
const bomb = Buffer.alloc(50_000_000, 'a');
const gzipBomb = gzipSync(bomb);
const brotliBomb = brotliCompressSync(bomb);

type Refusal = { attack: Attack; code: FetchProblem['code']; detail: RegExp };

async function fetchFrom(
  attack: Attack,
  deadlines: { totalMs: number; idleMs: number },
): Promise<{ fetched: Fetched; tookMs: number; closed: boolean; peakBytes: number }> {
  await using server = await startHostileServer(attack);
  const fetcher = createFetcher({
    limits: { ...deadlines, wireMaxBytes: BYTES, decodedMaxBytes: BYTES },
  });
  const used = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = used();
  let peak = before;
  const sampler = setInterval(() => (peak = Math.max(peak, used())), 10);
  const began = performance.now();
  const url = `http://127.0.0.1:${server.port}/`;
  const request = {
    url,
    etag: null,
    lastModified: null,
    allowPrivateAddress: true,
    userAgent: 'kosatsu test',
  };
  const fetched = await fetcher.get(request, new AbortController().signal);
  const tookMs = performance.now() - began;
  clearInterval(sampler);
  return { fetched, tookMs, closed: await server.allClosed(2_000), peakBytes: peak - before };
}

/** The attack is refused in time with its own words, leaves no socket and takes no memory. */
function check(name: string, { attack, code, detail }: Refusal): void {
  test(`refused ${name}`, async () => {
    const isIdle = detail.source.startsWith('sent nothing');
    const deadlines = code !== 'timeout' ? FAR : isIdle ? SHORT_IDLE : SHORT_IN_ALL;
    const { fetched, tookMs, closed, peakBytes } = await fetchFrom(attack, deadlines);
    expect(fetched).toMatchObject({ kind: 'failed', problem: { code } });
    expect(fetched.kind === 'failed' && fetched.problem.detail).toMatch(detail);
    // Its own message in both languages: the evidence is no English inside a Japanese sentence.
    const evidence = fetched.kind === 'failed' ? fetched.problem.detail : '';
    expect(describeFeedDetail(evidence, 'ja')).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
    expect(describeFeedDetail(evidence, 'ja')).toMatch(/[ぁ-んァ-ヶ一-龠]/u);
    expect(tookMs).toBeLessThan(Math.min(deadlines.totalMs, isIdle ? deadlines.idleMs : Infinity) + GRACE_MS);
    expect(closed, 'a socket is still open').toBe(true);
    expect(peakBytes).toBeLessThan(64_000_000);
  });
}

describe('a slow server is', () => {
  check('when it accepts and says nothing', {
    attack: () => undefined,
    code: 'timeout',
    detail: /sent nothing for 0\.25 s/,
  });
  check('when headers drip', {
    attack: drip('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n', 20),
    code: 'timeout',
    detail: /not complete after 0\.7 s/,
  });
  check('when the head stops in the middle', {
    attack: drip('HTTP/1.1 200', '', 1_000),
    code: 'timeout',
    detail: /sent nothing/,
  });
  check('when the body drips', {
    attack: drip(OPEN_ENDED, '<', 20),
    code: 'timeout',
    detail: /not complete/,
  });
  check('when the body stops', {
    attack: drip(`${OPEN_ENDED}<rss`, '', 1_000),
    code: 'timeout',
    detail: /sent nothing/,
  });
  check('when chunks of one byte drip', {
    attack: drip(CHUNKED, '1\r\n<\r\n', 20),
    code: 'timeout',
    detail: /not complete/,
  });
  check('when it says "continue" without end', {
    attack: drip('', 'HTTP/1.1 100 Continue\r\n\r\n', 5),
    code: 'timeout',
    detail: /not complete/,
  });
  check('when a large body drips past the deadline', {
    attack: drip(`HTTP/1.1 200 OK\r\nContent-Length: ${BYTES}\r\n\r\n`, 'x'.repeat(1_000), 20),
    code: 'timeout',
    detail: /not complete/,
  });
});

describe('a body without measure is', () => {
  check('when it never ends', {
    attack: flood(OPEN_ENDED, Buffer.alloc(65_536, 'x')),
    code: 'too-large',
    detail: /more than 200000 bytes/,
  });
  check('when its announced length is over the limit', {
    attack: answer('200 OK', ['Content-Length: 100000000000'], 'x'),
    code: 'too-large',
    detail: /100000000000 bytes announced/,
  });
  check('when it comes in endless chunks of one byte', {
    attack: flood(CHUNKED, Buffer.from('1\r\nx\r\n'.repeat(5_000))),
    code: 'too-large',
    detail: /more than 200000 bytes/,
  });
  check('when gzip unpacks to 50 MB', {
    attack: document(gzipBomb, ['Content-Encoding: gzip']),
    code: 'too-large',
    detail: /gzip body unpacks/,
  });
  check('when gzip is not announced', {
    attack: document(gzipBomb),
    code: 'too-large',
    detail: /gzip body unpacks/,
  });
  check('when brotli unpacks to 50 MB', {
    attack: document(brotliBomb, ['Content-Encoding: br']),
    code: 'too-large',
    detail: /br body unpacks/,
  });
  check('when deflate unpacks to 50 MB', {
    attack: document(deflateSync(bomb), ['Content-Encoding: deflate']),
    code: 'too-large',
    detail: /deflate body unpacks/,
  });
  check('when the inner of two layers is a bomb', {
    attack: document(gzipSync(gzipBomb), ['Content-Encoding: gzip, gzip']),
    code: 'too-large',
    detail: /gzip body unpacks/,
  });
  check('when it is compressed many times over', {
    attack: document('x', ['Content-Encoding: gzip, br, gzip, br']),
    code: 'too-deep',
    detail: /compressed 4 times over/,
  });
  check('when its headers are just over the measure', {
    attack: answer('200 OK', ['Content-Length: 1', `X-A: ${'a'.repeat(16_384)}`], 'x'),
    code: 'too-large',
    detail: /more headers than are read/,
  });
  check('when its headers never end', {
    attack: flood('HTTP/1.1 200 OK\r\n', Buffer.from(`X-A: ${'b'.repeat(1_000)}\r\n`.repeat(20))),
    code: 'too-large',
    detail: /more headers than are read/,
  });
  check('when its chunk extensions never end', {
    attack: flood(CHUNKED + '1', Buffer.from(`;${'a'.repeat(10_000)}`)),
    code: 'unreachable',
    detail: /HPE_CHUNK_EXTENSIONS_OVERFLOW/,
  });
});

describe('a body that is not whole is', () => {
  check('when it ends before its length', {
    attack: answer('200 OK', ['Content-Length: 1000'], XML),
    code: 'truncated',
    detail: /middle of the body, after \d+ bytes/,
  });
  check('when the last chunk is missing', {
    attack: answer('200 OK', ['Transfer-Encoding: chunked'], '3\r\n<rs\r\n'),
    code: 'truncated',
    detail: /middle of the body/,
  });
  check('when the connection is reset in the middle', {
    attack: (socket) => socket.write(`${OPEN_ENDED}<rss`, () => socket.resetAndDestroy()),
    code: 'truncated',
    detail: /middle of the body/,
  });
  check('when it is longer than its length', {
    attack: answer('200 OK', ['Content-Length: 5', 'Connection: close'], XML),
    code: 'truncated',
    detail: /wrong length/,
  });
  check('when two lengths contradict each other', {
    attack: answer('200 OK', ['Content-Length: 5', 'Content-Length: 7'], 'abcde'),
    code: 'truncated',
    detail: /wrong length/,
  });
  check('when length and chunks contradict each other', {
    attack: answer('200 OK', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '5\r\nabcde\r\n0\r\n\r\n'),
    code: 'unreachable',
    detail: /not HTTP/,
  });
  check('when the length is negative', {
    attack: answer('200 OK', ['Content-Length: -1'], 'x'),
    code: 'truncated',
    detail: /wrong length/,
  });
  check('when a chunk size is no number', {
    attack: answer('200 OK', ['Transfer-Encoding: chunked'], 'zz\r\nabc\r\n'),
    code: 'unreachable',
    detail: /not HTTP/,
  });
  check('when gzip is cut though its length is right', {
    attack: document(gzipSync(XML).subarray(0, -12), ['Content-Encoding: gzip']),
    code: 'truncated',
    detail: /gzip body was cut off/,
  });
  check('when gzip is damaged', {
    attack: document(Buffer.concat([gzipSync(XML).subarray(0, 10), Buffer.alloc(50, 0xff)]), [
      'Content-Encoding: gzip',
    ]),
    code: 'parse-failed',
    detail: /damaged, Z_DATA_ERROR/,
  });
  check('when only a part is sent unasked', {
    attack: answer('206 Partial Content', ['Content-Length: 3'], '<rs'),
    code: 'truncated',
    detail: /HTTP 206/,
  });
  check('when it is encoded in an unknown way', {
    attack: document('x', ['Content-Encoding: rot13']),
    code: 'parse-failed',
    detail: /encoded as "rot13"/,
  });
});

describe('what is no document is', () => {
  check('when the connection closes at once', {
    attack: (socket) => socket.destroy(),
    code: 'unreachable',
    detail: /closed the connection/,
  });
  check('when the connection is reset', {
    attack: (socket) => socket.resetAndDestroy(),
    code: 'unreachable',
    detail: /closed the connection/,
  });
  check('when it is not HTTP', {
    attack: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    code: 'unreachable',
    detail: /not HTTP/,
  });
  check('when it is bare bytes', {
    attack: (socket) => socket.end(Buffer.from([0, 1, 2, 255])),
    code: 'unreachable',
    detail: /not HTTP/,
  });
  check('when it upgrades unasked', {
    attack: answer('101 Switching Protocols', ['Upgrade: websocket', 'Connection: Upgrade']),
    code: 'unreachable',
    detail: /closed the connection|not HTTP/,
  });
  check('when it has no content', { attack: answer('204 No Content'), code: 'empty', detail: /HTTP 204/ });
  check('when it is not modified though nothing was compared', {
    attack: answer('304 Not Modified'),
    code: 'http-status',
    detail: /nothing was compared/,
  });
  check('when it is not found', {
    attack: answer('404 Not Found', ['Content-Length: 0']),
    code: 'http-status',
    detail: /HTTP 404 from http:/,
  });
  check('when the error page never ends', {
    attack: flood('HTTP/1.1 500 Error\r\n\r\n', Buffer.alloc(65_536, 'x')),
    code: 'http-status',
    detail: /HTTP 500/,
  });
  check('when the feed is gone for good', {
    attack: answer('410 Gone', ['Content-Length: 0']),
    code: 'gone',
    detail: /HTTP 410/,
  });
  check('when fewer visits are asked for', {
    attack: answer('429 Too Many Requests', ['Content-Length: 0']),
    code: 'throttled',
    detail: /HTTP 429/,
  });
});

describe('a redirect is', () => {
  const refused = { code: 'redirect-refused' as const };
  check('into a broken address', {
    attack: redirect('http://[bad'),
    ...refused,
    detail: /"http:\/\/\[bad" is not an address/,
  });
  check('to itself', { attack: redirect('/'), ...refused, detail: /in a circle/ });
  check('for ever', {
    attack: (socket) => redirect(`/${Math.random()}`)(socket, ''),
    ...refused,
    detail: /more than 5 redirects/,
  });
  check('without a place to go', {
    attack: answer('302 Found', ['Content-Length: 0']),
    ...refused,
    detail: /without saying where to/,
  });
  check('with a status that leads nowhere', {
    attack: answer('300 Multiple Choices', ['Location: /a']),
    ...refused,
    detail: /leads nowhere/,
  });
  check('to a file', {
    attack: redirect('file:///etc/passwd'),
    ...refused,
    detail: /scheme file: is not http/,
  });
  check('to FTP', { attack: redirect('ftp://ftp.example.jp/'), ...refused, detail: /scheme ftp:/ });
  check('to a script', { attack: redirect('javascript:alert(1)'), ...refused, detail: /scheme javascript:/ });
  check('to data in the address', {
    attack: redirect('data:text/xml,<rss/>'),
    ...refused,
    detail: /scheme data:/,
  });
  check('with a password', {
    attack: redirect('http://user:secret@www.example.jp/'),
    ...refused,
    detail: /^(?!.*secret).*carries a user name or password/,
  });
  check('to a metadata service', {
    attack: redirect('http://169.254.169.254/latest/meta-data/'),
    ...refused,
    detail: /169\.254\.169\.254 is link-local/,
  });
  check('to a private network', {
    attack: redirect('http://192.168.0.1/'),
    ...refused,
    detail: /192\.168\.0\.1 is private/,
  });
  check('to loopback on the usual port', {
    attack: redirect('http://127.0.0.1/'),
    ...refused,
    detail: /127\.0\.0\.1 is loopback/,
  });
  check('to loopback in decimal', {
    attack: redirect('http://2130706433/'),
    ...refused,
    detail: /127\.0\.0\.1 is loopback/,
  });
  check('to loopback in octal', {
    attack: redirect('http://0177.0.0.1/'),
    ...refused,
    detail: /127\.0\.0\.1 is loopback/,
  });
  check('to loopback in hexadecimal', {
    attack: redirect('http://0x7f.1/'),
    ...refused,
    detail: /127\.0\.0\.1 is loopback/,
  });
  check('to loopback in full-width digits', {
    attack: redirect(Buffer.from('http://１２７.0.0.1/').toString('latin1')),
    ...refused,
    detail: /127\.0\.0\.1 is loopback|is not an address/,
  });
  check('to mapped loopback', {
    attack: redirect('http://[::ffff:127.0.0.1]/'),
    ...refused,
    detail: /is loopback/,
  });
  check('to IPv6 loopback', { attack: redirect('http://[::1]/'), ...refused, detail: /is loopback/ });
  check('to the unspecified address', {
    attack: redirect('http://0.0.0.0/'),
    ...refused,
    detail: /is unspecified/,
  });
  check('to localhost by name', {
    attack: redirect('http://localhost/'),
    code: 'address-refused',
    detail: /localhost: \S+ is loopback/,
  });
  check('to another port of another host', {
    attack: redirect('http://www.example.jp:22/'),
    ...refused,
    detail: /port 22/,
  });
  check('to an overlong address', {
    attack: redirect(`/${'a'.repeat(3_000)}`),
    ...refused,
    detail: /an address of 3001 characters/,
  });
});

describe('an honest document is', () => {
  const honest = (name: string, attack: Attack): void => {
    test(`read ${name}`, async () => {
      const { fetched, closed } = await fetchFrom(attack, FAR);
      expect(fetched).toMatchObject({ kind: 'document', status: 200 });
      expect(fetched.kind === 'document' && Buffer.from(fetched.bytes).toString('utf8')).toBe(XML);
      expect(closed).toBe(true);
    });
  };
  honest('plain', document(XML));
  honest('without a length', answer('200 OK', ['Connection: close'], XML));
  honest('in chunks', answer('200 OK', ['Transfer-Encoding: chunked'], chunked(XML)));
  honest('as gzip', document(gzipSync(XML), ['Content-Encoding: gzip']));
  honest('as x-gzip', document(gzipSync(XML), ['Content-Encoding: x-gzip']));
  honest('with long headers', document(XML, ['Content-Type: application/xml', `X-A: ${'a'.repeat(15_000)}`]));
  honest('as gzip that no header names', document(gzipSync(XML), ['Content-Type: application/xml']));
  honest('as brotli', document(brotliCompressSync(XML), ['Content-Encoding: br']));
  honest('as deflate', document(deflateSync(XML), ['Content-Encoding: deflate']));
  honest('as bare deflate', document(deflateRawSync(XML), ['Content-Encoding: deflate']));
  honest('as gzip within gzip', document(gzipSync(gzipSync(XML)), ['Content-Encoding: gzip, gzip']));
  honest('plain though a header says gzip', document(XML, ['Content-Encoding: gzip']));
  honest('slowly, but in time', (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(XML)}\r\n\r\n`);
    void pause(150).then(() => socket.end(XML));
  });
});

function chunked(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}
