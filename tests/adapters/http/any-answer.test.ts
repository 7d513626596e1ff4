import { asyncProperty, assert, constantFrom, oneof, tuple, uint8Array, array, nat } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { createFetcher } from '../../../src/adapters/http/fetch-document.ts';
import type { FetchRequest } from '../../../src/feed/fetched.ts';
import { startHostileServer } from './hostile-server.ts';

const limits = { totalMs: 300, idleMs: 100, wireMaxBytes: 10_000, decodedMaxBytes: 10_000 };

/** Five times in six the likely one. */
function mostly<T, U>(likely: Arbitrary<T>, odd: Arbitrary<U>): Arbitrary<T | U> {
  return oneof({ weight: 5, arbitrary: likely }, { weight: 1, arbitrary: odd });
}

/** Heads that are nearly right, so that chance reaches beyond the first line. */
const head = tuple(
  mostly(constantFrom('HTTP/1.1', 'HTTP/1.0'), constantFrom('HTTP/2', 'http/1.1', '')),
  mostly(
    constantFrom('200', '200', '206', '302', '304', '404'),
    constantFrom('100', '101', '204', '999', '0', '-1', ''),
  ),
  array(
    mostly(
      constantFrom(
        'Content-Type: text/xml',
        'Location: /other',
        'Content-Encoding: gzip',
        'Cache-Control: max-age=5',
        'Content-Length: 5',
      ),
      constantFrom(
        'Content-Length: 0',
        'Content-Length: -1',
        'Content-Length: 99999999999999999999',
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: gzip, chunked',
        'Content-Encoding: gzip',
        'Content-Encoding: br',
        'Content-Encoding: deflate',
        'Content-Encoding: ,,,',
        'Location: /',
        'Location: //',
        'Location: http:///',
        'Location: \u0000',
        'Retry-After: NaN',
        'Expires: GMT',
        'Upgrade: h2c',
        'Connection: upgrade, close',
        'ETag:',
        ': nameless',
      ),
    ),
    { maxLength: 4 },
  ),
);
const bytes = uint8Array({ maxLength: 200 });

test('no answer makes the fetcher throw, hang or keep a socket', async () => {
  const seen = new Map<string, number>();
  await assert(
    asyncProperty(mostly(head, bytes), bytes, nat(3), async (beginning, body, pieces) => {
      await using server = await startHostileServer((socket) => {
        const start = beginning instanceof Uint8Array ? beginning : asHead(beginning);
        const whole = Buffer.concat([start, body]);
        const step = Math.ceil(whole.length / (pieces + 1)) || 1;
        for (let at = 0; at < whole.length; at += step) socket.write(whole.subarray(at, at + step));
        if (pieces !== 3) socket.end();
      });
      const url = `http://127.0.0.1:${server.port}/`;
      const request: FetchRequest = {
        url,
        etag: '"1"',
        lastModified: null,
        allowPrivateAddress: true,
        userAgent: 'k',
      };
      const began = performance.now();
      const fetched = await createFetcher({ limits }).get(request, new AbortController().signal);
      expect(performance.now() - began).toBeLessThan(limits.totalMs + 1_000);
      expect(await server.allClosed(500)).toBe(true);
      const outcome = fetched.kind === 'failed' ? fetched.problem.code : fetched.kind;
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      const detail = fetched.kind === 'failed' ? fetched.problem.detail : '';
      expect(detail.length).toBeLessThan(600);
    }),
    { numRuns: 300, interruptAfterTimeLimit: 20_000 },
  );
  // Chance must have reached good answers as well as bad ones, or it proves little.
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(['document', 'unreachable', 'truncated', 'redirect-refused']),
  );
});

function asHead([version, status, headers]: [string, string, string[]]): Buffer {
  return Buffer.from([`${version} ${status} Text`, ...headers, '', ''].join('\r\n'), 'latin1');
}
