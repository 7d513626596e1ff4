import { describe, expect, test } from 'vitest';
import { proposeUrgent, publishUrgentAlone, type UrgentRequest } from '../src/app/force-urgent.ts';
import { DoubtClock } from '../src/app/doubt-clock.ts';
import { pollFeed } from '../src/app/poll-feed.ts';
import type { FeedReading } from '../src/app/ports.ts';
import { publishNext } from '../src/app/publish-next.ts';
import { reconcileUncertain } from '../src/app/reconcile-uncertain.ts';
import { recoverAtStart } from '../src/app/recover-at-start.ts';
import { TimelineGuard } from '../src/app/timeline-guard.ts';
import { watchTimeline } from '../src/app/watch-timeline.ts';
import { withdrawPost } from '../src/app/withdraw-post.ts';
import { DRILL_MARKS } from '../src/policy/check-drill-word.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START, type FakeApp } from './app/fake-app.ts';
import { feedConfig } from './fixtures/feed/feed-config.ts';
import { item } from './fixtures/feed/item.ts';
import type { Item } from '../src/feed/item.ts';
import { mistakesOf, shippedFiles } from './config/sample-settings.ts';

/** What others paid for, each by the name under which it is remembered, and what this program does instead. */

const never = new AbortController().signal;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function forced(text: string, requestId = 'r1'): UrgentRequest {
  return {
    requestId,
    text,
    url: 'https://www.jpo.go.jp/news/koho/saigai/quake.html',
    fields: {},
    lang: 'ja',
    by: '佐藤',
    reason: '至急',
    overridePause: false,
  };
}

/** The verdict of a notice typed by hand, and the first sentence that the person reads. */
async function check(text: string, app: FakeApp = aFakeApp()): Promise<string> {
  const proposal = await proposeUrgent(app, forced(text));
  if (proposal.kind === 'mistake') return `mistake ${proposal.message}`;
  return `${proposal.verdict} ${proposal.messages[0] ?? ''}`.trim();
}

/** Polls a feed once for each list of items, an hour apart; returns how many entries there are after each poll. */
async function polled(app: FakeApp, ...polls: readonly (readonly Item[])[]): Promise<number[]> {
  const counts: number[] = [];
  for (const items of polls) {
    const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
    const reading: FeedReading = { kind: 'items', items, problems: [], state, doubledGuids: false };
    const reader = { read: async () => reading, close: async () => {} };
    await pollFeed({ ...app, reader }, feedConfig({ burst: 50 }), never);
    counts.push((await app.store.list({ scope: SCOPE })).length);
    app.clock.boot += HOUR;
  }
  return counts;
}

describe('Hawaii 2018, 東京都 2025, 高岡 2025: practice went live, and the correction took half an hour', () => {
  test('a notice that speaks of practice is refused', async () => {
    expect(await check('【訓練】地震により影響を受けた手続の取扱いについて')).toContain('deny');
    expect(await check('これはテスト配信です')).toContain('deny');
  });

  test('a drill is marked before anything else, and goes nowhere but to its own account', async () => {
    const app = { ...aFakeApp(), scope: { mode: 'drill' as const, account: SCOPE.account } };
    const proposal = await proposeUrgent(app, forced('地震により影響を受けた手続の取扱いについて'));
    expect(proposal).toMatchObject({ kind: 'proposal', mode: 'drill', verdict: 'allow' });
    if (proposal.kind === 'proposal') expect(proposal.text.startsWith(DRILL_MARKS.ja)).toBe(true);
  });

  test('one step takes the post back and queues its correction ahead of everything, even in a pause', async () => {
    const app = aFakeApp();
    const wrong = await publishedEntry(app, { topic: 'urgent' });
    const correction = '先の投稿は誤りでした。お詫びして訂正します。';
    const taken = await withdrawPost(app, { id: wrong.id, by: '佐藤', reason: '誤報', correction });
    expect(taken).toMatchObject({
      kind: 'recorded',
      entry: { state: 'withdrawing' },
      correction: { state: 'queued', topic: 'urgent', overridePause: true, correctsId: wrong.id },
    });
  });
});

test('横浜 2013: a template with ○時○分 went out', async () => {
  const said = await check('本日○時○分頃、地震が発生しました');
  expect(said).toContain('deny');
  expect(said).toContain('○時○分');
  for (const gap of ['△', 'XX', '{name}', 'TBD', '未定', '〇〇'])
    expect(await check(`対象：${gap}`)).toContain('deny');
});

describe('花巻 2023: the same sentence 12 times, and the account was suspended', () => {
  test('the same words are held', async () => {
    const app = aFakeApp();
    const text = '地震により影響を受けた手続の取扱いについて';
    expect((await publishUrgentAlone(app, forced(text, 'r1'), never)).kind).toBe('published');
    expect((await publishUrgentAlone(app, forced(text, 'r2'), never)).kind).toBe('held');
    expect(app.publisher.sent).toHaveLength(1);
  });

  test('an update says its number and its time', async () => {
    const app = aFakeApp();
    const title = '令和8年台風第15号により影響を受けた手続の取扱いについて';
    const page = (name: string): string => `https://www.jpo.go.jp/news/koho/saigai/${name}.html`;
    const first = item({ title, url: page('1'), publishedAt: START });
    const second = item({ title: `${title}(第2報)`, url: page('2'), publishedAt: START });
    await polled(app, [], [first], [first, second]);
    const texts = (await app.store.list({ scope: SCOPE })).map(({ text }) => text);
    expect(texts.find((text) => text.includes('第2報】'))).toMatch(/10月1日\d{2}:\d{2}現在/u);
  });
});

test('NERV 2024-01-01: the allowance was gone two hours after the quake', async () => {
  const app = aFakeApp();
  const { posts, reservedForUrgent } = app.config.policy.dailyBudget;
  for (let sent = 0; sent < posts - reservedForUrgent; sent += 1) {
    const id = `m${String(sent)}`;
    await publishedEntry(app, { id, text: `更新情報 ${id}`, originKey: id });
  }
  await polled(app, []);
  await polled(app, [item({ title: '審議会の開催について', publishedAt: START })]);
  const main = (await app.store.list({ scope: SCOPE, states: ['queued'] }))[0];
  expect(main?.dueAt).toBeGreaterThan(app.clock.now());
  expect((await publishUrgentAlone(app, forced('津波により影響を受けた手続について'), never)).kind).toBe(
    'published',
  );
});

test('Quakebot 2017: an item of a trusted source was dated years ahead', async () => {
  const app = aFakeApp();
  const ahead = item({ title: '来年の計画について', url: null, publishedAt: START + 400 * DAY });
  const old = item({ title: '以前の計画について', url: null, publishedAt: START - 400 * DAY });
  await polled(app, [], [ahead, old]);
  const entries = await app.store.list({ scope: SCOPE });
  expect(entries.map(({ state }) => state)).toEqual(['held', 'held']);
  expect(entries.flatMap(({ reasons }) => reasons.map(({ rule }) => rule))).toEqual(
    expect.arrayContaining(['future-dated', 'stale']),
  );
});

describe('GOV.UK 2023: a typo was introduced after approval', () => {
  test('other words than those confirmed are not posted', async () => {
    const app = aFakeApp();
    const confirmed = { text: '別の文面', account: SCOPE.account, mode: SCOPE.mode };
    const result = await publishUrgentAlone(app, { ...forced('地震のお知らせ'), confirmed }, never);
    expect(result.kind).toBe('mistake');
    expect(app.publisher.sent).toEqual([]);
  });

  test('an entry whose bytes are not those that were approved never leaves', async () => {
    const app = aFakeApp();
    await app.store.recordEntry({ ...aRealEntry(), text: 'すり替えられた文面' });
    const held = await app.lease.acquire('test', 0);
    if (held.kind === 'busy') throw new Error('busy');
    await publishNext(app, { lease: held.lease, guard: new TimelineGuard() }, 'main', never);
    expect(app.publisher.sent).toEqual([]);
    expect((await app.store.find('e1'))?.state).not.toBe('published');
  });
});

test('SEC 2024: a hijacked account posted', async () => {
  const app = aFakeApp();
  await watchTimeline(app, never);
  app.publisher.put('承認されていない投稿');
  app.clock.boot += HOUR;
  await watchTimeline(app, never);
  expect(app.told.filter(({ severity }) => severity === 'alarm').map(({ code }) => code)).toEqual([
    'foreign-post',
  ]);
});

describe('http→https in a feed: 70 posts; regenerated guids: hundreds', () => {
  const items = (change: (n: number) => Partial<Item>): Item[] =>
    Array.from({ length: 30 }, (_, n) =>
      item({
        title: `令和8年度のお知らせ その${String(n)}`,
        url: `http://www.jpo.go.jp/news/${String(n)}.html`,
        id: `guid-${String(n)}`,
        publishedAt: START,
        ...change(n),
      }),
    );
  test.each<[string, (n: number) => Partial<Item>]>([
    ['another scheme', (n) => ({ url: `https://www.jpo.go.jp/news/${String(n)}.html` })],
    ['other guids', (n) => ({ id: `new-${String(n)}` })],
    ['trackers', (n) => ({ url: `http://www.jpo.go.jp/news/${String(n)}.html?utm_source=rss` })],
  ])('%s is no news', async (_name, change) => {
    expect(
      await polled(
        aFakeApp(),
        items(() => ({})),
        items(change),
      ),
    ).toEqual([0, 0]);
  });
});

test('kill -9 just after X’s answer: every RSS bot tried posted twice', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  // X takes the post; the process dies before the answer is recorded.
  app.publisher.outcomes = ['accept'];
  const first = await app.lease.acquire('first', 0);
  if (first.kind === 'busy') throw new Error('busy');
  const dying = { ...app, store: dyingAfterClaim(app) };
  await publishNext(dying, { lease: first.lease, guard: new TimelineGuard() }, 'main', never).catch(
    () => null,
  );
  expect((await app.store.find('e1'))?.state).toBe('attempting');
  await first.lease.release();
  const second = await app.lease.acquire('second', 0);
  if (second.kind === 'busy') throw new Error('busy');
  await recoverAtStart(app);
  expect((await app.store.find('e1'))?.state).toBe('uncertain');
  const doubts = new DoubtClock();
  for (let look = 0; look < 30; look += 1) {
    await reconcileUncertain(app, doubts, never);
    await publishNext(app, { lease: second.lease, guard: new TimelineGuard() }, 'main', never);
    app.clock.boot += 60_000;
  }
  expect((await app.store.find('e1'))?.state).toBe('published');
  expect(app.publisher.posts).toHaveLength(1);
});

/** A store that fails every write after a claim, as if the process were gone. */
function dyingAfterClaim(app: FakeApp): FakeApp['store'] {
  return new Proxy(app.store, {
    get(store, name) {
      if (name === 'apply') return () => Promise.reject(new Error('killed'));
      const value: unknown = Reflect.get(store, name);
      return typeof value === 'function' ? value.bind(store) : value;
    },
  });
}

describe('settings that would post wrongly do not start, and say where', () => {
  const shipped = shippedFiles();
  const rules = shipped['config/rules.yaml'] ?? '';
  const templates = shipped['config/templates.yaml'] ?? '';
  const policy = shipped['config/policy.yaml'] ?? '';
  const head = 'rules:\n';
  const rule = (lines: string): string =>
    rules.replace(
      head,
      `${head}  - name: everything\n    result: urgent\n${lines}    meaning: { ja: 全て, en: all }\n`,
    );
  test.each<[string, string, string, string]>([
    ['a rule without a condition', 'config/rules.yaml', rule('    all: []\n'), 'rules[0].all'],
    [
      'a rule that any title meets',
      'config/rules.yaml',
      rule('    all: [[about, procedure, person, genre, notice, relief]]\n'),
      'tests',
    ],
    [
      'a word that any title holds',
      'config/rules.yaml',
      rules.replace('  event: |\n', '  event: |\n    *\n'),
      'event',
    ],
    [
      'a template that lacks its title',
      'config/templates.yaml',
      templates.replace('      {title}\n', ''),
      'main.ja',
    ],
    [
      'a template with a field that nobody fills',
      'config/templates.yaml',
      templates.replace('対象：{target}', '対象：{targets}'),
      'earthquake.ja',
    ],
    ['a policy without a version', 'config/policy.yaml', policy.replace(/^version:.*$/mu, ''), 'version'],
  ])('%s', (_name, file, text, where) => {
    const mistakes = mistakesOf({ files: { [file]: text } });
    expect(mistakes.join('\n')).toContain(file);
    expect(mistakes.join('\n')).toContain(where);
  });
});
