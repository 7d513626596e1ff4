import { expect, test } from 'vitest';
import { act } from '../../src/app/operator-actions.ts';
import { pollFeed } from '../../src/app/poll-feed.ts';
import { publishUrgentAlone } from '../../src/app/force-urgent.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { withdrawPost } from '../../src/app/withdraw-post.ts';
import { describeReason } from '../../src/messages/policy.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';
import { aFakeApp, START, type FakeApp } from './fake-app.ts';

const SIGNAL = new AbortController().signal;
const PAGE = 'https://www.jpo.go.jp/news/koho/saigai/suruga.html';
const TITLE = '令和8年駿河湾地震により影響を受けた手続の取扱いについて';

/** A feed that is known, and a notice that a person forced. */
async function forced(link = PAGE): Promise<{ app: FakeApp; id: string }> {
  const app = aFakeApp();
  await poll(app);
  const request = { requestId: 'r1', text: `${TITLE}\n${link}`, fields: {}, lang: 'ja', by: '佐藤' } as const;
  const result = await publishUrgentAlone(app, { ...request, reason: '地震', overridePause: false }, SIGNAL);
  return result.kind === 'published' ? { app, id: result.entryId } : expect.fail(result.kind);
}

/** What the feed brings with these titles of the page. */
function poll(app: FakeApp, ...titles: readonly string[]): Promise<readonly Entry[]> {
  return pollOf(app, PAGE, titles);
}

async function pollOf(app: FakeApp, url: string, titles: readonly string[]): Promise<readonly Entry[]> {
  const old = item({ title: '審議会の開催について', url: 'https://www.jpo.go.jp/old.html' });
  const items = [...titles.map((title) => item({ title, url, publishedAt: START })), old];
  const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
  const reading: FeedReading = { kind: 'items', items, problems: [], state, doubledGuids: false };
  const polled = { ...app, reader: { read: async () => reading, close: async () => {} } };
  const report = await pollFeed(polled, feedConfig(), SIGNAL);
  return report.kind === 'read' ? report.recorded : [];
}

test('what a person has told before the feed did is not told again by the program: a person decides', async () => {
  const { app, id } = await forced(`${PAGE}?utm_source=x`);
  const [entry] = await poll(app, TITLE);
  expect(entry).toMatchObject({
    state: 'held',
    reasons: [{ rule: 'duplicate-text', params: { entry: id } }],
  });
  const [reason] = entry?.reasons ?? [];
  expect(reason && describeReason(reason, 'ja')).toContain('同じページを案内するお知らせ');
});

test.each(['queued', 'held'] as const)(
  'an announcement that was %s already when a person told of its page waits for a person too',
  async (state) => {
    const app = aFakeApp();
    await poll(app);
    const [entry] = await poll(app, TITLE);
    if (entry === undefined) throw new Error('nothing recorded');
    const decide = { id: entry.id, by: '鈴木', reason: '確認' } as const;
    if (state === 'held') await act(app, { ...decide, kind: 'hold' });
    const request = {
      requestId: 'r1',
      text: `地震による手続の特例\n${PAGE}`,
      fields: {},
      lang: 'ja',
    } as const;
    const typed = { ...request, by: '佐藤', reason: '地震', overridePause: false };
    const told = await publishUrgentAlone(app, typed, SIGNAL);
    expect(told.kind).toBe('published');
    if (state === 'held') await act(app, { ...decide, kind: 'approve' });
    const held = await app.lease.acquire('worker', 0);
    if (held.kind !== 'held') throw new Error(held.kind);
    await publishNext(app, { lease: held.lease, guard: new TimelineGuard() }, 'urgent', SIGNAL);
    expect(await app.store.find(entry.id)).toMatchObject({
      state: 'held',
      reasons: [{ rule: 'duplicate-text', params: { page: 1 } }],
    });
    await act(app, { ...decide, kind: 'approve' });
    expect(await app.store.find(entry.id)).toMatchObject({ state: 'queued' });
  },
);

test('its second report goes out', async () => {
  const { app } = await forced();
  expect(await poll(app, `${TITLE}（第2報）`)).toMatchObject([{ kind: 'update', state: 'queued' }]);
});

test('so does an announcement of another page, or where the notice was taken back', async () => {
  const elsewhere = await forced('https://www.jpo.go.jp/news/other.html');
  expect(await poll(elsewhere.app, TITLE)).toMatchObject([{ state: 'queued' }]);
  const { app, id } = await forced();
  await withdrawPost(app, { id, by: '佐藤', reason: '誤り', correction: null });
  expect(await poll(app, TITLE)).toMatchObject([{ state: 'queued' }]);
});

test('a site’s first page, to which anything may lead, says nothing of what was told', async () => {
  const front = 'https://www.jpo.go.jp/';
  const { app } = await forced(front);
  expect(await pollOf(app, front, ['特許情報標準データの提供を開始しました'])).toMatchObject([
    { state: 'queued' },
  ]);
});
