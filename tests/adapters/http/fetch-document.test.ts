import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createFetcher, type FetcherOptions } from '../../../src/adapters/http/fetch-document.ts';
import { conditionalHeaders, keptValidators } from '../../../src/adapters/http/validators.ts';
import { pinnedLookup, type Resolve } from '../../../src/adapters/http/pinned-lookup.ts';
import type { Fetched, FetchRequest } from '../../../src/feed/fetched.ts';
import {
  answer,
  document,
  pathOf,
  pause,
  redirect,
  startHostileServer,
  type Attack,
} from './hostile-server.ts';

const never = new AbortController().signal;
/** Far off, so that a loaded machine proves nothing false; what tries the deadlines gives its own. */
const limits = { totalMs: 20_000, idleMs: 8_000 };
const toLoopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];

type Asked = Partial<FetchRequest> & { host?: string; path?: string };

/** Runs a server of pages by path, asks it once, and returns what came of it and the heads of the requests. */
async function ask(
  pages: Readonly<Record<string, Attack>>,
  asked: Asked = {},
  options: FetcherOptions = {},
): Promise<{ fetched: Fetched; heads: string[]; port: number }> {
  await using server = await startHostileServer((socket, head) => {
    const page = pages[pathOf(head)] ?? answer('404 Not Found', ['Content-Length: 0']);
    page(socket, head);
  });
  const { host = '127.0.0.1', path = '/', ...rest } = asked;
  const request: FetchRequest = {
    url: `http://${host}:${server.port}${path}`,
    etag: null,
    lastModified: null,
    allowPrivateAddress: true,
    userAgent: 'kosatsu test',
    ...rest,
  };
  const fetched = await createFetcher({ limits, ...options }).get(request, never);
  expect(await server.allClosed(2_000), 'a socket is still open').toBe(true);
  return { fetched, heads: server.heads, port: server.port };
}

function headerOf(head: string | undefined, name: string): string | null {
  const line = head?.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? null;
}

describe('a document', () => {
  test('is told with its final address, type and validators', async () => {
    const headers = [
      'Content-Type: application/rss+xml; charset=Shift_JIS',
      'ETag: W/"1"',
      'Last-Modified: Sun, 22 Nov 2026 00:00:00 GMT',
      'Cache-Control: max-age=60',
    ];
    const { fetched, port } = await ask({
      '/': redirect('/news.rdf'),
      '/news.rdf': document('<rdf/>', headers),
    });
    expect(fetched).toEqual({
      kind: 'document',
      status: 200,
      finalUrl: `http://127.0.0.1:${port}/news.rdf`,
      bytes: Buffer.from('<rdf/>'),
      contentType: 'application/rss+xml; charset=Shift_JIS',
      etag: 'W/"1"',
      lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT',
      hints: { freshForMs: 60_000, certificateExpiresAt: null },
    });
  });

  test('is asked for with the program named, compression offered and nothing secret', async () => {
    const { heads } = await ask({ '/': document('x') }, { userAgent: 'kosatsu (+kouhou@example.go.jp)' });
    const names = heads[0]
      ?.split('\r\n')
      .slice(1, -2)
      .map((line) => line.split(':')[0]?.toLowerCase());
    expect(names?.toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    expect(headerOf(heads[0], 'user-agent')).toBe('kosatsu (+kouhou@example.go.jp)');
    expect(headerOf(heads[0], 'connection')).toBe('close');
  });

  test('that is not modified costs no body', async () => {
    const notModified = answer('304 Not Modified', ['ETag: "2"']);
    const { fetched, heads } = await ask(
      { '/': notModified },
      { etag: '"1"', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' },
    );
    expect(headerOf(heads[0], 'if-none-match')).toBe('"1"');
    expect(headerOf(heads[0], 'if-modified-since')).toBe('Sun, 22 Nov 2026 00:00:00 GMT');
    expect(fetched).toMatchObject({ kind: 'not-modified', etag: '"2"' });
  });

  test('with an overlong ETag leaves none behind', async () => {
    const { fetched } = await ask({ '/': document('x', [`ETag: "${'a'.repeat(600)}"`]) });
    expect(fetched).toMatchObject({ kind: 'document', etag: null });
  });

  test('is not asked for when a remembered validator is no header', async () => {
    const { fetched, heads } = await ask({ '/': document('x') }, { etag: '"1"\r\nX-Evil: 1' });
    expect(fetched).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } });
    expect(heads).toHaveLength(0);
  });
});

describe('the server is heard', () => {
  const check = (name: string, page: Attack, expected: object): void => {
    test(`when ${name}`, async () => {
      expect((await ask({ '/': page })).fetched).toMatchObject(expected);
    });
  };
  check('it throttles', answer('429 Too Many Requests', ['Retry-After: 90', 'Content-Length: 0']), {
    retryAfterMs: 90_000,
    gone: false,
  });
  check('it is under repair', answer('503 Service Unavailable', ['Retry-After: 90', 'Content-Length: 0']), {
    retryAfterMs: 90_000,
  });
  check('it says nothing of when', answer('503 Service Unavailable', ['Content-Length: 0']), {
    retryAfterMs: null,
  });
  check('the feed is gone', answer('410 Gone', ['Content-Length: 0']), { gone: true });
  check('the feed is not found, which may pass', answer('404 Not Found', ['Content-Length: 0']), {
    gone: false,
  });
});

describe('a redirect is followed', () => {
  for (const status of ['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent']) {
    test.each<[what: string, page: Attack | null, code: string]>([
      ['is missing', null, 'http-status'],
      ['is gone', answer('410 Gone', ['Content-Length: 0']), 'gone'],
      ['hangs up', (socket) => socket.destroy(), 'unreachable'],
    ])('and where the page behind it %s, both addresses are told', async (_, page, code) => {
      const pages = {
        '/': redirect('/new', '301 Moved Permanently'),
        ...(page === null ? {} : { '/new': page }),
      };
      const { fetched, port } = await ask(pages);
      expect(fetched).toMatchObject({ kind: 'failed', problem: { code } });
      const { detail } = fetched.kind === 'failed' ? fetched.problem : { detail: '' };
      expect(detail).toMatch(new RegExp(`; http://127\\.0\\.0\\.1:${String(port)}/ redirects there$`, 'u'));
    });

    test(`with status ${status}`, async () => {
      const { fetched } = await ask({ '/': redirect('new?x=1#part', status), '/new?x=1': document('x') });
      expect(fetched).toMatchObject({ kind: 'document' });
    });
  }

  describe('and the address is said to have moved', () => {
    const check = (name: string, pages: Readonly<Record<string, Attack>>, expected: string | null): void => {
      test(name, async () => {
        const { fetched, port } = await ask({ ...pages, '/new': document('x') });
        const movedTo = fetched.kind === 'document' ? (fetched.hints.movedTo ?? null) : 'failed';
        expect(movedTo?.replace(`:${port}`, '') ?? null).toBe(expected);
      });
    };
    const [forGood, alsoForGood, forNow] = ['301 Moved', '308 Permanent', '302 Found'] as const;
    check('not where nothing redirects', { '/': document('x') }, null);
    check('not for now', { '/': redirect('/new', forNow) }, null);
    check('for good', { '/': redirect('/new', forGood) }, 'http://127.0.0.1/new');
    check(
      'for good in two steps',
      { '/': redirect('/a', forGood), '/a': redirect('/new', alsoForGood) },
      'http://127.0.0.1/new',
    );
    check(
      'as far as it is for good',
      { '/': redirect('/a', forGood), '/a': redirect('/new', forNow) },
      'http://127.0.0.1/a',
    );
    check(
      'not behind a redirect for now',
      { '/': redirect('/a', forNow), '/a': redirect('/new', forGood) },
      null,
    );
  });

  test('five times', async () => {
    const pages = {
      '/': redirect('/1'),
      '/1': redirect('/2'),
      '/2': redirect('/3'),
      '/3': redirect('/4'),
      '/4': redirect('/5'),
      '/5': document('x'),
    };
    expect((await ask(pages)).fetched).toMatchObject({ kind: 'document' });
  });

  test('but not six times', async () => {
    const onward: Attack = (socket, head) => redirect(`${pathOf(head)}x`)(socket, head);
    const pages = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`/${'x'.repeat(index)}`, onward]),
    );
    const { fetched, heads } = await ask(pages);
    expect(fetched).toMatchObject({ kind: 'failed', problem: { code: 'redirect-refused' } });
    expect(heads).toHaveLength(6);
  });

  test('to an address written in bare UTF-8', async () => {
    const location = Buffer.from('/新着.rdf').toString('latin1');
    const bytes: Attack = (socket) =>
      socket.end(
        Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`, 'latin1'),
      );
    const { fetched } = await ask({ '/': bytes, [encodeURI('/新着.rdf')]: document('x') });
    expect(fetched).toMatchObject({ kind: 'document' });
  });

  test('but its two ends may not point at each other', async () => {
    const { fetched } = await ask({ '/': redirect('/a'), '/a': redirect('/b'), '/b': redirect('/a') });
    expect(fetched).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'redirect-refused',
        detail: expect.stringMatching(/in a circle, back to .*\/a$/) as unknown,
      },
    });
  });
});

describe('hosts do not meet', () => {
  /** `public.test` answers first; the redirect leads to `other.test`. Both are names of our own machine. */
  const crossing = (page: Attack, asked: Asked): ReturnType<typeof ask> =>
    ask(
      {
        '/': (socket, head) =>
          redirect(`http://other.test:${headerOf(head, 'host')?.split(':')[1]}/b`)(socket, head),
        '/b': page,
      },
      asked,
      { resolve: toLoopback },
    );

  test('a redirect from a typed inner host to another inner host is refused', async () => {
    const { fetched, heads } = await crossing(document('secret'), { host: 'typed.test' });
    expect(fetched).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'address-refused',
        detail: expect.stringContaining('other.test: 127.0.0.1 is loopback, not public; '),
      },
    });
    expect(heads).toHaveLength(1);
  });

  const remembered = { etag: '"1"', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' };
  const asked = { url: 'https://a.test/', allowPrivateAddress: false, userAgent: 'k', ...remembered };
  const answered = { etag: remembered.etag, 'last-modified': remembered.lastModified };

  test('validators go back to the host that gave them, and to no other', () => {
    expect(conditionalHeaders(asked, true)).toEqual({
      'if-none-match': remembered.etag,
      'if-modified-since': remembered.lastModified,
    });
    expect(conditionalHeaders(asked, false)).toEqual({});
  });

  test('validators of another host are not remembered as those of the host that is asked', () => {
    expect(keptValidators(answered, true, 100)).toEqual(remembered);
    expect(keptValidators(answered, false, 100)).toEqual({ etag: null, lastModified: null });
  });
});

describe('names are resolved once', () => {
  /** Counts resolutions and answers with the addresses in turn. */
  const inTurn = (...answers: readonly string[][]): { resolve: Resolve; calls: () => number } => {
    let calls = 0;
    const resolve: Resolve = async () => {
      const addresses = answers[Math.min(calls, answers.length - 1)] ?? [];
      calls += 1;
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
    return { resolve, calls: () => calls };
  };
  const refuse = (answers: string[]): ReturnType<typeof ask> =>
    ask(
      { '/': document('secret') },
      { host: 'rebind.test', allowPrivateAddress: false },
      { resolve: inTurn(answers).resolve },
    );

  test('a name is connected to at the address that was checked, whatever it would resolve to next', async () => {
    const { resolve, calls } = inTurn(['127.0.0.1'], ['169.254.169.254']);
    const { fetched, heads } = await ask({ '/': document('x') }, { host: 'rebind.test' }, { resolve });
    expect(fetched.kind).toBe('document');
    expect(heads).toHaveLength(1);
    expect(calls()).toBe(1);
  });

  test('a name that was refused is not resolved again in hope of a better address', async () => {
    const { resolve, calls } = inTurn(['169.254.169.254'], ['127.0.0.1']);
    const { fetched, heads } = await ask({ '/': document('x') }, { host: 'rebind.test' }, { resolve });
    expect(fetched).toMatchObject({ kind: 'failed', problem: { code: 'address-refused' } });
    expect(heads).toHaveLength(0);
    expect(calls()).toBe(1);
  });

  test('of a name with very many addresses the first sixteen are looked at', async () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ address: `203.0.114.${String(n)}`, family: 4 }));
    const lookup = promisify(pinnedLookup(async () => many, false));
    expect(await lookup('many.test', { all: true })).toEqual(many.slice(0, 16));
  });

  test('one inner address among public ones refuses the name', async () => {
    const { fetched, heads } = await refuse(['203.180.255.254', '127.0.0.1']);
    expect(fetched).toMatchObject({
      problem: { code: 'address-refused', detail: 'rebind.test: 127.0.0.1 is loopback, not public' },
    });
    expect(heads).toHaveLength(0);
  });

  test('an inner IPv6 address refuses the name', async () => {
    const { fetched } = await refuse(['::ffff:7f00:1']);
    expect(fetched).toMatchObject({
      problem: { code: 'address-refused', detail: expect.stringMatching(/is loopback/) as unknown },
    });
  });

  test('a redirect to the same name is resolved and checked again', async () => {
    const { resolve, calls } = inTurn(['127.0.0.1'], ['169.254.169.254']);
    const { fetched, heads } = await ask(
      { '/': redirect('/b'), '/b': document('x') },
      { host: 'rebind.test' },
      { resolve },
    );
    expect(fetched).toMatchObject({
      problem: {
        code: 'address-refused',
        detail: expect.stringContaining('rebind.test: 169.254.169.254 is link-local, not public; '),
      },
    });
    expect(calls()).toBe(2);
    expect(heads).toHaveLength(1);
  });

  const failing = (name: string, resolve: Resolve, detail: RegExp): void => {
    test(`a name ${name} is told`, async () => {
      const { fetched } = await ask(
        {},
        { host: 'nowhere.test' },
        { resolve, limits: { totalMs: 700, idleMs: 250 } },
      );
      expect(fetched.kind === 'failed' && fetched.problem.detail).toMatch(detail);
    });
  };
  failing('without addresses', async () => [], /nowhere\.test:\d+ is not known, ENOTFOUND/);
  failing(
    'that is unknown',
    () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    /is not known/,
  );
  failing(
    'that cannot be looked up now',
    () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })),
    /could not be looked up just now/,
  );
  failing(
    'whose look-up hangs',
    () => new Promise(() => undefined),
    /sent nothing for 0\.25 s|not complete after 0\.7 s/,
  );
  failing(
    'whose resolver is broken',
    () => {
      throw new Error('broken');
    },
    /broken/,
  );
});

describe('an address is refused before anything is asked', () => {
  const check = (url: string, detail: RegExp): void => {
    test(`such as ${url.slice(0, 60)}`, async () => {
      const request = { url, etag: null, lastModified: null, allowPrivateAddress: false, userAgent: 'k' };
      const fetched = await createFetcher({
        limits,
        resolve: () => Promise.reject(new Error('asked')),
      }).get(request, never);
      expect(fetched).toMatchObject({ kind: 'failed', problem: { code: 'address-refused' } });
      expect(fetched.kind === 'failed' && fetched.problem.detail).toMatch(detail);
    });
  };
  check('', /is not an address/);
  check('news.rdf', /is not an address/);
  check('file:///etc/passwd', /scheme file:/);
  check('https://user@www.example.jp/', /user name or password/);
  check('http://127.1/', /127\.0\.0\.1 is loopback/);
  check('http://[fe80::1]/', /link-local/);
  check(`https://www.example.jp/${'a'.repeat(3_000)}`, /address of \d+ characters/);
});

describe('stopping', () => {
  test('a fetch ends at once when the program stops', async () => {
    await using server = await startHostileServer(() => undefined);
    const stop = new AbortController();
    const request = {
      url: `http://127.0.0.1:${server.port}/`,
      etag: null,
      lastModified: null,
      allowPrivateAddress: true,
      userAgent: 'k',
    };
    const fetching = createFetcher().get(request, stop.signal);
    await pause(50);
    const began = performance.now();
    stop.abort();
    expect(await fetching).toMatchObject({ kind: 'failed', problem: { detail: 'the program is stopping' } });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(await server.allClosed(2_000)).toBe(true);
  });

  test('a fetch that begins after the stop asks nothing', async () => {
    const stopped = AbortSignal.abort();
    await using server = await startHostileServer(document('x'));
    const request = {
      url: `http://127.0.0.1:${server.port}/`,
      etag: null,
      lastModified: null,
      allowPrivateAddress: true,
      userAgent: 'k',
    };
    expect(await createFetcher().get(request, stopped)).toMatchObject({ kind: 'failed' });
    expect(server.heads).toHaveLength(0);
  });
});

describe('politeness', () => {
  const most = async (
    count: number,
    options: NonNullable<FetcherOptions['limits']>,
    hosts: (index: number) => string,
  ): Promise<number> => {
    let open = 0;
    let peak = 0;
    await using server = await startHostileServer((socket, head) => {
      open += 1;
      peak = Math.max(peak, open);
      setTimeout(() => {
        open -= 1;
        document('x')(socket, head);
      }, 100);
    });
    const fetcher = createFetcher({ resolve: toLoopback, limits: options });
    const fetches = Array.from({ length: count }, (_, index) => {
      const url = `http://${hosts(index)}:${server.port}/${index}`;
      return fetcher.get(
        { url, etag: null, lastModified: null, allowPrivateAddress: true, userAgent: 'k' },
        never,
      );
    });
    expect((await Promise.all(fetches)).every((one) => one.kind === 'document')).toBe(true);
    return peak;
  };

  test('one host is asked for two documents at a time', async () => {
    expect(await most(8, {}, () => 'one.test')).toBe(2);
  });

  test('all hosts together have a bounded number of sockets', async () => {
    expect(await most(20, { socketsMax: 4 }, (index) => `host${index}.test`)).toBe(4);
  });
});
