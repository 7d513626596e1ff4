import { describe, expect, test } from 'vitest';
import { pollFeed } from '../../src/app/poll-feed.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import { readStatus } from '../../src/app/read-status.ts';
import { pollAll } from '../../src/app/run-polls.ts';
import { watchSilence } from '../../src/app/watch-silence.ts';
import { StoreError } from '../../src/outbox/outbox-store.ts';
import type { FeedConfig } from '../../src/feed/feed-config.ts';
import type { FeedProblem } from '../../src/feed/feed-state.ts';
import type { Item } from '../../src/feed/item.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';
import { SCOPE, START, aFakeApp, type FakeApp } from './fake-app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const JPO = feedConfig({ longestSilenceMs: 30 * DAY });
const METI = feedConfig({ name: 'meti', location: { kind: 'url', url: 'https://www.meti.go.jp/a.atom' } });
const never = new AbortController().signal;

const NOTHING = { etag: '"1"', lastModified: null, bodyHash: 'h', lastBuildDate: null, notBeforeMs: null };
const since = START;

function items(list: readonly Item[], ...codes: FeedProblem['code'][]): FeedReading {
  const problems = codes.map((code) => ({ code, detail: code, since }));
  return { kind: 'items', items: list, problems, doubledGuids: false, state: NOTHING };
}

function failed(
  code: FeedProblem['code'],
  more: Partial<FeedReading & { kind: 'failed' }> = {},
): FeedReading {
  const problems = [{ code, detail: code, since }];
  return { kind: 'failed', problems, retryAfterMs: null, gone: false, ...more };
}

const unchanged: FeedReading = { kind: 'unchanged', problems: [], state: NOTHING };

/** An app whose feeds answer as scripted, by feed and poll. */
function world(feeds: readonly FeedConfig[], script: Readonly<Record<string, FeedReading[]>>): FakeApp {
  const base = aFakeApp();
  const read = async ({ name }: FeedConfig): Promise<FeedReading> => {
    // Answers take their time, so that polls overlap.
    await new Promise((resolve) => setImmediate(resolve));
    return script[name]?.shift() ?? unchanged;
  };
  const config = { ...base.config, feeds, operatorLang: 'en' as const };
  return { ...base, config, reader: { read, close: async () => {} } };
}

/** Polls the feed once for each reading and says which notices were given, poll by poll. */
async function told(readings: readonly FeedReading[], apartMs = HOUR): Promise<string[][]> {
  const app = world([JPO], { jpo: [...readings] });
  const polls: string[][] = [];
  for (const _ of readings) {
    app.told.length = 0;
    await pollFeed(app, JPO, never);
    polls.push(app.told.map(({ code, params }) => [code, params['problem']].filter(Boolean).join(' ')));
    app.clock.boot += apartMs;
  }
  return polls;
}

const RELEASE = '令和8年度知的財産権制度説明会の開催について';

describe('of a feed’s trouble people are told', () => {
  const check = (
    name: string,
    readings: readonly FeedReading[],
    expected: string[][],
    apartMs = HOUR,
  ): void => {
    test(name, async () => expect(await told(readings, apartMs)).toEqual(expected));
  };
  const good = items([item()]);
  const first = ['feed-baseline'];
  check('at once when it never worked', [failed('unreachable')], [['feed-problem unreachable']]);
  check('not of one failure that passes', [good, failed('timeout'), unchanged], [first, [], []]);
  check(
    'of a second failure in a row, and of the recovery',
    [good, failed('timeout'), failed('unreachable'), unchanged],
    [first, [], ['feed-problem unreachable'], ['feed-recovered']],
  );
  check(
    'at once of a web page in its place, which no waiting mends',
    [good, failed('html')],
    [first, ['feed-problem html']],
  );
  check(
    'once and again daily',
    [good, failed('html'), failed('html'), failed('html')],
    [first, ['feed-problem html'], [], ['feed-problem html']],
    13 * HOUR,
  );
  check(
    'of a certificate and, apart from it, of the failure that follows',
    [items([item()], 'certificate-expires'), failed('html')],
    [['feed-problem certificate-expires', 'feed-baseline'], ['feed-problem html']],
  );
  check(
    'of a fault in what was read',
    [good, items([item()], 'lossy-encoding'), good],
    [first, ['feed-problem lossy-encoding'], ['feed-recovered']],
  );
  const movedTo = (detail: string): FeedReading => {
    const problems = [{ code: 'moved' as const, detail, since }];
    return { kind: 'unchanged', problems, state: NOTHING };
  };
  check(
    'once, not daily, of an address that moved for good, and again where it moves on',
    [
      good,
      movedTo('https://new.example/'),
      movedTo('https://new.example/'),
      movedTo('https://newer.example/'),
    ],
    [first, ['feed-problem moved'], [], ['feed-problem moved']],
    25 * HOUR,
  );
  check('of no first reading that found nothing', [items([])], [[]]);
  check(
    'of items that vanished',
    [good, items([], 'items-vanished')],
    [first, ['feed-problem items-vanished']],
  );

  test('in the status what is wrong now, not what was told this morning', async () => {
    const app = world([JPO], { jpo: [failed('html'), failed('gone')] });
    await pollFeed(app, JPO, never);
    app.clock.boot += HOUR;
    await pollFeed(app, JPO, never);
    const status = await readStatus(app);
    expect(status.alerts.map(({ message }) => message)).toEqual([
      expect.stringContaining('no longer exists'),
    ]);
    expect(status.feeds.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['gone']]);
  });

  test('in the status of a silence too, with the feed it concerns', async () => {
    const app = world([JPO], { jpo: [items([item()]), unchanged] });
    await pollFeed(app, JPO, never);
    app.clock.boot += 31 * DAY;
    await pollFeed(app, JPO, never);
    await watchSilence(app);
    const [feed] = (await readStatus(app)).feeds;
    expect(feed?.problems).toEqual([
      {
        code: 'silent',
        message: expect.stringContaining('Look at the site') as string,
        since: new Date(app.clock.now()).toISOString(),
        notPosted: 'No post waits for a person because of it.',
        held: 0,
        refused: 0,
        unreadSince: null,
      },
    ]);
  });
});

describe('the first reading', () => {
  test('posts nothing, says how much it marked, and the status keeps it', async () => {
    const app = world([JPO], {
      jpo: [
        items(
          ['a', 'b', 'c'].map((name) =>
            item({ title: `審議会${name}`, url: `https://www.jpo.go.jp/${name}` }),
          ),
        ),
      ],
    });
    const report = await pollFeed(app, JPO, never);
    expect(report).toMatchObject({ kind: 'read', recorded: [], baseline: 3 });
    expect(app.told).toEqual([
      { code: 'feed-baseline', params: { feed: 'jpo', count: 3 }, severity: 'info' },
    ]);
    const [feed] = (await readStatus(app)).feeds;
    expect(feed?.baseline).toEqual({ at: new Date(START).toISOString(), items: 3 });
  });

  test('that was cut off leaves the rest of what is old to the next one', async () => {
    const old = item({ title: '古い審議会', url: 'https://www.jpo.go.jp/old' });
    const app = world([JPO], {
      jpo: [
        items([item()], 'truncated'),
        items([item(), old]),
        items([item({ title: '新しい審議会', url: 'https://www.jpo.go.jp/new' }), item(), old]),
      ],
    });
    const recorded = [];
    for (let poll = 0; poll < 3; poll += 1) {
      const report = await pollFeed(app, JPO, never);
      recorded.push(
        report.kind === 'read' ? report.recorded.map(({ source }) => source?.title) : report.kind,
      );
    }
    expect(recorded).toEqual([[], [], ['新しい審議会']]);
  });

  test('of a document that is always cut off does not last for ever', async () => {
    const cut = (...names: string[]): FeedReading =>
      items(
        names.map((name) => item({ title: `審議会の開催 ${name}`, url: `https://www.jpo.go.jp/${name}` })),
        'truncated',
      );
    const app = world([JPO], { jpo: [cut('a'), cut('a', 'b'), cut('c', 'a', 'b')] });
    for (let poll = 0; poll < 2; poll += 1)
      expect(await pollFeed(app, JPO, never)).toMatchObject({ recorded: [] });
    expect(await pollFeed(app, JPO, never)).toMatchObject({ recorded: [{ url: 'https://www.jpo.go.jp/c' }] });
  });
});

describe('what a poll learned', () => {
  test('is kept whole or not at all: a storage that fails keeps neither items nor validators', async () => {
    const news = item({ title: '新しい審議会', url: 'https://www.jpo.go.jp/new' });
    const app = world([JPO], {
      jpo: [items([item()]), { ...items([news, item()]), state: { ...NOTHING, etag: '"2"' } } as FeedReading],
    });
    await pollFeed(app, JPO, never);
    app.store.recordPoll = () => Promise.reject(new StoreError('full', 'disk full'));
    await expect(pollFeed(app, JPO, never)).rejects.toThrow('disk full');
    expect((await app.store.feedState(SCOPE, 'jpo'))?.etag).toBe('"1"');
    expect(await app.store.list({ scope: SCOPE })).toEqual([]);
  });

  test('is the same announcement when two feeds bring it at the same moment: one entry', async () => {
    const jpo = item({ title: RELEASE, url: 'https://www.jpo.go.jp/news/seminar.html' });
    const meti = { ...jpo, feed: 'meti', id: 'x', url: 'https://www.meti.go.jp/press/2026/1001/1.html' };
    const english = {
      ...jpo,
      id: 'e',
      title: 'Seminars on the Intellectual Property Rights System in 2026',
      url: 'https://www.jpo.go.jp/e/news/seminar.html',
      lang: 'en' as const,
    };
    const base = item({ title: '前からある', url: 'https://www.jpo.go.jp/old' });
    const app = world([JPO, METI], {
      jpo: [items([base]), items([jpo, english, base])],
      meti: [items([{ ...base, feed: 'meti' }]), items([meti])],
    });
    await pollAll(app, () => {}, never);
    await pollAll(app, () => {}, never);
    const entries = await app.store.list({ scope: SCOPE });
    expect(entries.map(({ lang }) => lang).toSorted()).toEqual(['en', 'ja']);
  });

  test('of how long the document wants to be left alone holds while it is unchanged', async () => {
    const asked = { ...NOTHING, ttlMs: HOUR, notBeforeMs: HOUR };
    const app = world([JPO], { jpo: [{ ...items([item()]), state: asked } as FeedReading] });
    await pollFeed(app, JPO, never);
    const state = await app.store.feedState(SCOPE, 'jpo');
    expect(state?.ttlMs).toBe(HOUR);
    expect((state?.nextPollAt ?? 0) - START).toBeGreaterThanOrEqual(HOUR);
  });

  const later = (name: string, reading: FeedReading, atLeastMs: number): void => {
    test(`${name}: the next poll waits`, async () => {
      const app = world([JPO], { jpo: [reading] });
      await pollFeed(app, JPO, never);
      const wait = ((await app.store.feedState(SCOPE, 'jpo'))?.nextPollAt ?? 0) - START;
      expect(wait).toBeGreaterThanOrEqual(atLeastMs);
      expect(wait).toBeLessThanOrEqual(atLeastMs * 1.2);
    });
  };
  later('429 with Retry-After of two hours', failed('throttled', { retryAfterMs: 2 * HOUR }), 2 * HOUR);
  later('410', failed('gone', { gone: true }), DAY);
  later('a failure', failed('timeout'), 2 * JPO.pollIntervalMs);
});

test('what answer failed polls got, and when, is kept after the feed works again', async () => {
  const app = world([JPO], { jpo: [failed('timeout'), failed('timeout'), unchanged, failed('timeout')] });
  for (let polls = 0; polls < 5; polls += 1) {
    await pollFeed(app, JPO, never);
    app.clock.boot += HOUR;
  }
  expect((await app.store.feedState(app.scope, JPO.name))?.outages).toEqual([
    { code: 'timeout', detail: 'timeout', from: START, to: START + HOUR, polls: 2 },
    { code: 'timeout', detail: 'timeout', from: START + 3 * HOUR, to: START + 3 * HOUR, polls: 1 },
  ]);
});
