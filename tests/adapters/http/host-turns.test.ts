import { describe, expect, test } from 'vitest';
import { createFetcher } from '../../../src/adapters/http/fetch-document.ts';
import { HostTurns } from '../../../src/adapters/http/host-turns.ts';
import type { Fetched } from '../../../src/feed/fetched.ts';
import { answer, document, startHostileServer } from './hostile-server.ts';

const never = new AbortController().signal;
const MANNERS = { atOnce: 2, apartMs: 60, pauseMaxMs: 10_000 };

/** When visits to these hosts begin, in milliseconds from the first, in the order in which they were asked for. */
async function begins(
  hosts: readonly string[],
  spared = true,
  turns = new HostTurns(MANNERS, () => performance.now()),
): Promise<number[]> {
  const start = performance.now();
  return Promise.all(
    hosts.map((host) => turns.visit(host, spared, async () => performance.now() - start, never)),
  );
}

describe('a site with several feeds is asked', () => {
  test('at a distance, however many feeds are due at once', async () => {
    const at = await begins(['a', 'a', 'a', 'a']);
    for (const [index, begun] of at.entries()) expect(begun).toBeGreaterThanOrEqual(index * 60 - 5);
  });

  test('without waiting for another site', async () => {
    const at = await begins(['a', 'b', 'c', 'd']);
    expect(Math.max(...at)).toBeLessThan(60);
  });

  test('without a distance where it is a machine of our own', async () => {
    expect(Math.max(...(await begins(['a', 'a', 'a', 'a'], false)))).toBeLessThan(60);
  });

  test('at a distance also when the visit before is long over', async () => {
    const turns = new HostTurns(MANNERS, () => performance.now());
    await begins(['a'], true, turns);
    const [second = 0] = await begins(['a'], true, turns);
    expect(second).toBeGreaterThan(40);
  });

  test('no longer once the program stops', async () => {
    const turns = new HostTurns({ ...MANNERS, apartMs: 60_000 }, () => performance.now());
    const stop = new AbortController();
    await turns.visit('a', true, async () => 1, stop.signal);
    const second = turns.visit('a', true, async () => 2, stop.signal);
    stop.abort();
    expect(await second).toBe(2);
  });
});

describe('the fetcher keeps these manners', () => {
  const get = (
    fetcher: ReturnType<typeof createFetcher>,
    url: string,
    allowPrivateAddress = true,
  ): Promise<Fetched> =>
    fetcher.get({ url, etag: null, lastModified: null, allowPrivateAddress, userAgent: 'k' }, never);

  test('towards hosts that are not our own', async () => {
    const resolve = async (): Promise<{ address: string; family: number }[]> => [
      { address: '127.0.0.1', family: 4 },
    ];
    const fetcher = createFetcher({ resolve, limits: { hostApartMs: 80 } });
    const begun = performance.now();
    const urls = ['http://one.test/a', 'https://one.test/b', 'http://one.test:81/c'];
    for (const fetched of await Promise.all(urls.map((url) => get(fetcher, url, false)))) {
      expect(fetched).toMatchObject({ problem: { code: 'address-refused' } });
    }
    expect(performance.now() - begun).toBeGreaterThanOrEqual(150);
  });

  test('a 429 for one feed is heeded by the other feeds of the site, and by nobody else', async () => {
    await using server = await startHostileServer((socket, head) => {
      const throttles = head.startsWith('GET /a ');
      (throttles ? answer('429 Too Many Requests', ['Retry-After: 90', 'Content-Length: 0']) : document('x'))(
        socket,
        head,
      );
    });
    const fetcher = createFetcher();
    const site = `http://127.0.0.1:${server.port}`;
    expect(await get(fetcher, `${site}/a`)).toMatchObject({
      problem: { code: 'throttled' },
      retryAfterMs: 90_000,
    });
    const other = await get(fetcher, `${site}/b`);
    expect(other).toMatchObject({
      problem: { code: 'throttled', detail: '127.0.0.1 asked for fewer visits, 90 s to go' },
    });
    expect(other.kind === 'failed' && other.retryAfterMs).toBeLessThanOrEqual(90_000);
    expect(server.heads).toHaveLength(1);
    expect(await get(fetcher, `http://localhost:${server.port}/b`)).toMatchObject({ kind: 'document' });
  });

  test('a 429 that names no time stops only the feed that got it', async () => {
    await using server = await startHostileServer((socket, head) => {
      (head.startsWith('GET /a ') ? answer('429 Too Many Requests', ['Content-Length: 0']) : document('x'))(
        socket,
        head,
      );
    });
    const fetcher = createFetcher();
    await get(fetcher, `http://127.0.0.1:${server.port}/a`);
    expect(await get(fetcher, `http://127.0.0.1:${server.port}/b`)).toMatchObject({ kind: 'document' });
  });

  test('a pause of a year lasts an hour, and a pause that is over is over', () => {
    let now = 0;
    const turns = new HostTurns({ ...MANNERS, pauseMaxMs: 3_600_000 }, () => now);
    turns.pause('a', 365 * 86_400_000);
    expect(turns.pauseLeftMs('a')).toBe(3_600_000);
    now = 3_600_000;
    expect(turns.pauseLeftMs('a')).toBe(0);
    expect(turns.pauseLeftMs('b')).toBe(0);
  });
});
