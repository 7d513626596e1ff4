import { describe, expect, test } from 'vitest';
import type { FeedReading } from '../../src/app/ports.ts';
import { createFeedReader } from '../../src/app/read-feed.ts';
import type { FeedConfig } from '../../src/feed/feed-config.ts';
import type { FeedState } from '../../src/feed/feed-state.ts';
import type { Fetched, FetchRequest, FileRead } from '../../src/feed/fetched.ts';
import type { ParseInput, Parsed } from '../../src/feed/parsed-feed.ts';
import { item } from '../fixtures/feed/item.ts';
import { heard, METI, NOW } from '../fixtures/feed/meti.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const announced = item({ feed: 'meti' });
const fetchedDocument: Fetched = {
  kind: 'document',
  status: 200,
  finalUrl: 'https://www.example.go.jp/news.atom',
  bytes: Buffer.from('<feed/>'),
  contentType: 'application/atom+xml',
  etag: '"1"',
  lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT',
  hints: { freshForMs: null, certificateExpiresAt: null },
};
const otherDocument: Fetched = { ...fetchedDocument, bytes: Buffer.from('<feed>other</feed>') };
const notModified: Fetched = {
  kind: 'not-modified',
  etag: null,
  lastModified: null,
  hints: { freshForMs: null, certificateExpiresAt: null },
};
const whole: Parsed = {
  items: [announced],
  problems: [],
  lastBuildDate: null,
  ttlMs: null,
  doubledGuids: false,
};

type World = { fetched: Fetched; parsed: Parsed; file: FileRead; contact: string };
type Seen = { requests: FetchRequest[]; parsed: ParseInput[]; reading: FeedReading };

/** Reads once in a world of fakes and returns what was asked and what came of it. */
async function read(
  world: Partial<World>,
  state: FeedState | null = null,
  config = METI,
  now = NOW,
): Promise<Seen> {
  const requests: FetchRequest[] = [];
  const parsed: ParseInput[] = [];
  const reader = createFeedReader({
    fetcher: {
      async get(request) {
        requests.push(request);
        return world.fetched ?? fetchedDocument;
      },
    },
    parser: {
      async parse(input) {
        parsed.push(input);
        return world.parsed ?? whole;
      },
      async close() {},
    },
    readFile: async () => world.file ?? { kind: 'document', bytes: Buffer.from('<rss/>') },
    contact: world.contact ?? 'kouhou@example.go.jp',
  });
  const reading = await reader.read(config, state, now, new AbortController().signal);
  return { requests, parsed, reading };
}

/** The state that a poller keeps after a reading, as far as a reader looks at it. */
function stateAfter(reading: FeedReading, changes: Partial<FeedState> = {}): FeedState {
  if (reading.kind === 'failed') throw new Error('a failed reading changes no state');
  const { etag, lastModified, bodyHash, lastBuildDate } = reading.state;
  const itemCount = reading.kind === 'items' ? reading.items.length : 1;
  const { problems } = reading;
  return heard({ etag, lastModified, bodyHash, lastBuildDate, itemCount, problems, ...changes });
}

async function stateOfWhole(changes: Partial<FeedState> = {}): Promise<FeedState> {
  return stateAfter((await read({})).reading, changes);
}

const codes = (reading: FeedReading): string[] => reading.problems.map((problem) => problem.code);

describe('what is remembered of a document', () => {
  test('validators of a whole document are sent with the next poll', async () => {
    const { requests } = await read({ fetched: notModified }, await stateOfWhole());
    expect(requests[0]).toMatchObject({ etag: '"1"', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' });
  });

  test('a 304 keeps the validators that it does not repeat', async () => {
    const { reading } = await read({ fetched: notModified }, await stateOfWhole());
    expect(reading).toMatchObject({ kind: 'unchanged', state: { etag: '"1"' } });
    expect(reading.kind === 'unchanged' && reading.state.bodyHash).not.toBeNull();
  });

  test('the same bytes without validators leave none behind', async () => {
    const fetched = { ...fetchedDocument, etag: null, lastModified: null };
    const { reading } = await read({ fetched }, await stateOfWhole());
    expect(reading).toMatchObject({ kind: 'unchanged', state: { etag: null, lastModified: null } });
  });

  test('the same bytes are not parsed again, whatever the validators say', async () => {
    const { reading, parsed } = await read(
      { fetched: { ...fetchedDocument, etag: '"2"' } },
      await stateOfWhole(),
    );
    expect(reading.kind).toBe('unchanged');
    expect(parsed).toHaveLength(0);
  });

  test('other bytes are parsed even under the same validators', async () => {
    expect((await read({ fetched: otherDocument }, await stateOfWhole())).reading.kind).toBe('items');
  });

  test('a document with a fault leaves no validators, so that it is read again until it is whole', async () => {
    const parsed: Parsed = { ...whole, problems: [{ code: 'lossy-encoding', detail: '3' }] };
    const { reading } = await read({ parsed });
    expect(reading).toMatchObject({
      kind: 'items',
      state: { etag: null, lastModified: null, bodyHash: null },
    });
  });

  test('an edit of the settings reads the document anew', async () => {
    const edited = { ...METI, titleIncludes: ['特許庁'] };
    const { requests, parsed } = await read({}, await stateOfWhole(), edited);
    expect(requests[0]).toMatchObject({ etag: null, lastModified: null });
    expect(parsed).toHaveLength(1);
  });

  test('a feed without a baseline is read in full', async () => {
    const { requests, parsed } = await read({}, await stateOfWhole({ baselineDone: false }));
    expect(requests[0]?.etag).toBeNull();
    expect(parsed).toHaveLength(1);
  });

  test('in every six hours one poll compares nothing, so that a lying ETag cannot silence a feed', async () => {
    const state = await stateOfWhole();
    expect((await read({}, state, METI, NOW + HOUR)).requests[0]?.etag).toBe('"1"');
    const later = await read({}, state, METI, NOW + 6 * HOUR);
    expect(later.requests[0]?.etag).toBeNull();
    expect(later.reading.kind).toBe('items');
  });
});

describe('what is wrong is told', () => {
  test('a feed that had items and has none raises an alarm that lasts until they are back', async () => {
    const none: Parsed = { ...whole, items: [] };
    const first = await read({ parsed: none, fetched: otherDocument }, await stateOfWhole({ itemCount: 20 }));
    expect(first.reading.problems).toEqual([
      { code: 'items-vanished', detail: '20 items before, none now', since: NOW },
    ]);
    const emptied = stateAfter(first.reading, { itemCount: 0 });
    const second = await read({ parsed: none }, emptied, METI, NOW + HOUR);
    expect(second.reading.problems).toEqual(first.reading.problems);
    expect(codes((await read({}, emptied)).reading)).toEqual([]);
  });

  test('a feed that never had items may be empty', async () => {
    const { reading } = await read({ parsed: { ...whole, items: [] } });
    expect(reading).toMatchObject({ kind: 'items', items: [], problems: [] });
  });

  test('a document that gives nothing but problems is a failure, which changes no state', async () => {
    const parsed: Parsed = { ...whole, items: [], problems: [{ code: 'html', detail: 'メンテナンス中' }] };
    const { reading } = await read({ parsed, fetched: otherDocument }, await stateOfWhole());
    expect(reading).toEqual({
      kind: 'failed',
      document: expect.objectContaining({ bytes: otherDocument.bytes, readAt: NOW }),
      problems: [{ code: 'html', detail: 'メンテナンス中', since: NOW }],
      retryAfterMs: null,
      gone: false,
    });
  });

  test('a document of no bytes is a failure', async () => {
    const { reading, parsed } = await read({ fetched: { ...fetchedDocument, bytes: Buffer.alloc(0) } });
    expect(codes(reading)).toEqual(['empty']);
    expect(parsed).toHaveLength(0);
  });

  test('a problem that was known keeps the time since when it lasts', async () => {
    const fetched: Fetched = {
      kind: 'failed',
      problem: { code: 'timeout', detail: 'not complete after 20 s' },
      retryAfterMs: 60_000,
      gone: false,
    };
    const problems = [{ code: 'timeout' as const, detail: 'sent nothing for 8 s', since: NOW - DAY }];
    const { reading } = await read({ fetched }, await stateOfWhole({ problems }));
    expect(reading).toMatchObject({
      kind: 'failed',
      retryAfterMs: 60_000,
      problems: [{ code: 'timeout', since: NOW - DAY }],
    });
  });

  test('a feed that is gone for good is told as gone', async () => {
    const fetched: Fetched = {
      kind: 'failed',
      problem: { code: 'gone', detail: 'HTTP 410' },
      retryAfterMs: null,
      gone: true,
    };
    expect((await read({ fetched })).reading).toMatchObject({ kind: 'failed', gone: true });
  });

  const certificate = (name: string, daysLeft: number, expected: string[]): void => {
    test(`a certificate that ends ${name}`, async () => {
      const hints = { freshForMs: null, certificateExpiresAt: NOW + daysLeft * DAY };
      expect(codes((await read({ fetched: { ...fetchedDocument, hints } })).reading)).toEqual(expected);
      const state = await stateOfWhole();
      expect(codes((await read({ fetched: { ...notModified, hints } }, state)).reading)).toEqual(expected);
    });
  };
  certificate('in 20 days is told', 20, ['certificate-expires']);
  certificate('in 22 days is not told yet', 22, []);

  test('a certificate about to end does not make an unchanged document look changed', async () => {
    const hints = { freshForMs: null, certificateExpiresAt: NOW + DAY };
    const { reading } = await read({ fetched: { ...fetchedDocument, hints } });
    expect(reading).toMatchObject({ kind: 'items', state: { etag: '"1"' } });
  });

  test('a part that throws against its promise costs one poll, not the program', async () => {
    const reader = createFeedReader({
      fetcher: { get: () => Promise.reject(new Error('boom')) },
      parser: { parse: () => Promise.reject(new Error('boom')), close: async () => {} },
      readFile: () => Promise.reject(new Error('boom')),
      contact: '',
    });
    const reading = await reader.read(METI, null, NOW, new AbortController().signal);
    expect(reading).toMatchObject({
      kind: 'failed',
      problems: [{ code: 'parse-failed', detail: 'Error: boom' }],
    });
  });
});

describe('when to come again', () => {
  const check = (
    name: string,
    freshForMs: number | null,
    ttlMs: number | null,
    expected: number | null,
  ): void => {
    test(`${name} is heard`, async () => {
      const hints = { freshForMs, certificateExpiresAt: null };
      const { reading } = await read({ fetched: { ...fetchedDocument, hints }, parsed: { ...whole, ttlMs } });
      expect(reading).toMatchObject({ state: { notBeforeMs: expected } });
    });
  };
  check('silence', null, null, null);
  check('Cache-Control', 60_000, null, 60_000);
  check('ttl', null, 120_000, 120_000);
  check('the longer of both', 60_000, 120_000, 120_000);
  check('at most an hour of an absurd ttl', null, 30 * DAY, HOUR);

  test('the ttl of a document holds for as long as the document is unchanged', async () => {
    const { reading } = await read({ fetched: notModified }, await stateOfWhole({ ttlMs: 120_000 }));
    expect(reading).toMatchObject({ kind: 'unchanged', state: { ttlMs: 120_000, notBeforeMs: 120_000 } });
    const same = await read({}, await stateOfWhole({ ttlMs: 120_000 }));
    expect(same.reading).toMatchObject({ kind: 'unchanged', state: { notBeforeMs: 120_000 } });
  });
});

describe('a document that moved for good', () => {
  const hints = {
    freshForMs: null,
    certificateExpiresAt: null,
    movedTo: 'https://www.example.go.jp/new.atom',
  };
  test('is read, and the new address is told', async () => {
    const { reading } = await read({ fetched: { ...fetchedDocument, hints } });
    expect(reading).toMatchObject({ kind: 'items', problems: [{ code: 'moved', detail: hints.movedTo }] });
    expect(reading.kind === 'items' && reading.state.etag, 'the document itself is whole').toBe('"1"');
  });

  test('is told also while nothing changes, and since the first time', async () => {
    const before = await stateOfWhole({
      problems: [{ code: 'moved', detail: hints.movedTo, since: NOW - DAY }],
    });
    const { reading } = await read({ fetched: { ...notModified, hints } }, before);
    expect(reading).toMatchObject({ kind: 'unchanged', problems: [{ code: 'moved', since: NOW - DAY }] });
  });
});

describe('a file', () => {
  const typed: FeedConfig = { ...METI, location: { kind: 'file', path: 'news.rdf' } };

  test('is parsed without an address or a content type', async () => {
    const { requests, parsed, reading } = await read({}, null, typed);
    expect(requests).toHaveLength(0);
    expect(parsed[0]).toMatchObject({ contentType: null, finalUrl: null });
    expect(reading.kind).toBe('items');
  });

  test('that cannot be read is a failure', async () => {
    const file: FileRead = {
      kind: 'failed',
      problem: { code: 'unreachable', detail: 'there is no file news.rdf' },
    };
    expect((await read({ file }, null, typed)).reading).toMatchObject({
      kind: 'failed',
      problems: [{ code: 'unreachable' }],
    });
  });
});

describe('the user agent', () => {
  const check = (contact: string, expected: string): void => {
    test(`for the contact ${JSON.stringify(contact)} is a valid header`, async () => {
      expect((await read({ contact })).requests[0]?.userAgent).toBe(expected);
    });
  };
  check('kouhou@example.go.jp', 'kosatsu (+kouhou@example.go.jp)');
  check('広報室 kouhou@example.go.jp\r\nX-Evil: 1', 'kosatsu (+kouhou@example.go.jp X-Evil: 1)');
  check('', 'kosatsu');
});
