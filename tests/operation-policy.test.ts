import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeEgress } from '../src/adapters/x/egress-rules.ts';
import { publishUrgentAlone, proposeUrgent, type UrgentRequest } from '../src/app/force-urgent.ts';
import { pollFeed } from '../src/app/poll-feed.ts';
import { policyPage, policyText } from '../src/cli/policy-html.ts';
import type { Item } from '../src/feed/item.ts';
import type { Entry } from '../src/outbox/entry.ts';
import { aFakeApp, SCOPE, START, type FakeApp } from './app/fake-app.ts';
import { feedConfig } from './fixtures/feed/feed-config.ts';
import { item } from './fixtures/feed/item.ts';

/** The clauses of the published policy (docs/operation-policy.md), each by its number. */

const ROOT = resolve(import.meta.dirname, '..');
const SIGNAL = new AbortController().signal;
const STATE = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };

/** An app whose feed listed one old item, and now lists this one too. */
async function afterNews(title: string, link: string): Promise<{ app: FakeApp; entry: Entry | undefined }> {
  const old = item({
    title: '以前のお知らせ',
    url: 'https://www.jpo.go.jp/news/old.html',
    publishedAt: START,
  });
  const fresh = item({ title, url: link, publishedAt: START });
  const lists: Item[][] = [[old], [old, fresh]];
  const app = aFakeApp({
    reader: {
      read: async () => ({
        kind: 'items',
        items: lists.shift() ?? [],
        problems: [],
        state: STATE,
        doubledGuids: false,
      }),
      close: async () => {},
    },
  });
  const feed = feedConfig();
  await pollFeed(app, feed, SIGNAL);
  await pollFeed(app, feed, SIGNAL);
  const [entry] = await app.store.list({ scope: SCOPE });
  return { app, entry };
}

function aNotice(text: string): UrgentRequest {
  const url = 'https://www.jpo.go.jp/news/koho/saigai/quake.html';
  return {
    requestId: 'r1',
    text,
    url,
    fields: {},
    lang: 'ja',
    by: '佐藤',
    reason: '至急',
    overridePause: false,
  };
}

const request = (method: string, target: string, body = ''): string =>
  judgeEgress({ method, target, body }).kind;

test('P1: the account distributes main updated news', async () => {
  const { entry } = await afterNews('特許審査基準を改訂しました', 'https://www.jpo.go.jp/system/laws/a.html');
  expect(entry).toMatchObject({ topic: 'main', state: 'queued', kind: 'announcement' });
});

test('P2: or urgent notifications of bailout measures after a disaster', async () => {
  const { entry } = await afterNews(
    '令和8年駿河湾地震により影響を受けた手続の取扱いについて',
    'https://www.jpo.go.jp/news/koho/saigai/quake.html',
  );
  expect(entry).toMatchObject({ topic: 'urgent', state: 'queued' });
});

test('P3: comments and questions on the timeline are not answered', async () => {
  const post = (body: object): string => request('POST', '/2/tweets', JSON.stringify(body));
  expect(post({ text: 'お知らせ' })).toBe('allowed');
  expect(post({ text: 'お知らせ', reply: { in_reply_to_tweet_id: '1' } })).toBe('refused');
  expect(post({ text: 'お知らせ', quote_tweet_id: '1' })).toBe('refused');
  const app = aFakeApp();
  const proposal = await proposeUrgent(app, aNotice('@someone ご質問にお答えします'));
  expect(proposal).toMatchObject({ kind: 'proposal', verdict: 'deny' });
});

test('P4: nor are messages that are sent directly', () => {
  const addresses = [
    ['GET', '/2/dm_events'],
    ['POST', '/2/dm_conversations/with/1/messages'],
    ['GET', '/2/users/5/mentions'],
    ['GET', '/2/users/5/followers'],
    ['GET', '/2/tweets/search/recent?query=x'],
  ] as const;
  expect(addresses.filter(([method, target]) => request(method, target) === 'allowed')).toEqual([]);
});

test('P5: who wants an answer is shown the opinion box', () => {
  const { published, version } = aFakeApp().config.policy;
  if (published === null) return expect.fail('the shipped policy has no text');
  const frame = { version, account: 'jpo_NIPPON' };
  for (const text of [
    policyPage(published, frame),
    policyText(published, frame, 'ja'),
    policyText(published, frame, 'en'),
  ]) {
    expect(text).toContain('https://www.jpo.go.jp/faq/tousyo/index.html');
    expect(text).toContain(version);
  }
  expect(policyPage({ ...published, ja: { title: '<script>', clauses: ['a & b'] } }, frame)).not.toContain(
    '<script>',
  );
});

test('P6: a post says what matters in itself and links by the full address', async () => {
  const link = 'https://www.jpo.go.jp/system/laws/a.html';
  const { entry } = await afterNews('特許審査基準を改訂しました', link);
  expect(entry?.text).toContain('特許審査基準を改訂しました');
  expect(entry?.text).toContain(link);
  const app = aFakeApp();
  const short = await proposeUrgent(app, { ...aNotice('緊急のお知らせです'), url: 'https://bit.ly/3abc' });
  expect(short).toMatchObject({ verdict: 'deny' });
});

test('P7: every post keeps the version of the policy that judged it', async () => {
  const app = aFakeApp();
  const result = await publishUrgentAlone(
    app,
    aNotice('令和8年駿河湾地震に伴う手続期間の延長について'),
    SIGNAL,
  );
  expect(result).toMatchObject({ kind: 'published' });
  const { version } = app.config.policy;
  expect(version).not.toBe('default');
  const [entry] = await app.store.list({});
  expect(entry?.policyVersion).toBe(version);
  const [record] = await app.governance.auditRecords(0, 1);
  expect(record?.body).toContain(JSON.stringify(version));
});

describe('every test that the pages name exists', () => {
  const references = ['docs/operation-policy.md', 'docs/privacy.md'].flatMap((page) =>
    [...readFileSync(resolve(ROOT, page), 'utf8').matchAll(/`([\w./-]+) › ([^`]+)`/gu)].map(
      ([, file = '', name = '']) => ({ file, name }),
    ),
  );
  const named = references.filter(({ file }) => file !== 'file');

  test('and every clause names one', () => {
    for (const clause of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'])
      expect(named.filter(({ name }) => name.startsWith(`${clause}:`))).toHaveLength(1);
  });

  test.each(named)('$file › $name', ({ file, name }) => {
    const path = resolve(ROOT, `tests/${file}.test.ts`);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(`'${name}'`);
  });
});
