import { expect, test } from 'vitest';
import { ask, call, runSandbox } from './running-sandbox.ts';
import { PostBook } from '../../src/sandbox/post-book.ts';
import { readTimeline } from '../../src/sandbox/timeline-read.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';

const START = 1_800_000_000_000;

/** Seven posts, one a second, and the address of their timeline. */
async function sevenPosts(): Promise<{
  sandbox: Sandbox;
  ids: string[];
  path: string;
  clock: { now: number };
}> {
  const clock = { now: Date.now() - 60_000 };
  const sandbox = await runSandbox({ now: () => clock.now });
  const ids: string[] = [];
  for (let n = 1; n <= 7; n += 1) {
    clock.now += 1_000;
    ids.unshift(
      (await ask<{ id: string }>(sandbox, 'POST', '/sandbox/posts', { text: `post ${n}` })).json.id,
    );
  }
  const me = (await call<{ data: { id: string } }>(sandbox, 'GET', '/2/users/me')).json;
  return { sandbox, ids, path: `/2/users/${me.data.id}/tweets`, clock };
}

type Page = {
  data?: { id: string }[];
  meta: { result_count: number; next_token?: string; newest_id?: string; oldest_id?: string };
};
type Case = {
  name: string;
  query: (ids: readonly string[], startedAt: number) => string;
  expected: number[];
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** `expected` are places in the newest-first list of seven. */
const cases: Case[] = [
  { name: 'everything', query: () => '', expected: [0, 1, 2, 3, 4, 5, 6] },
  { name: 'at most five', query: () => 'max_results=5', expected: [0, 1, 2, 3, 4] },
  { name: 'newer than the third, itself left out', query: (ids) => `since_id=${ids[2]}`, expected: [0, 1] },
  {
    name: 'older than the third, itself left out',
    query: (ids) => `until_id=${ids[2]}`,
    expected: [3, 4, 5, 6],
  },
  { name: 'between two', query: (ids) => `until_id=${ids[1]}&since_id=${ids[4]}`, expected: [2, 3] },
  { name: 'from a moment on', query: (_ids, at) => `start_time=${iso(at + 6_000)}`, expected: [0, 1] },
  { name: 'up to a moment', query: (_ids, at) => `end_time=${iso(at + 2_000)}`, expected: [6] },
  { name: 'newer than the newest', query: (ids) => `since_id=${ids[0]}`, expected: [] },
];

async function check({ query, expected }: Case): Promise<void> {
  const { sandbox, ids, path, clock } = await sevenPosts();
  const answer = await call<Page>(sandbox, 'GET', `${path}?${query(ids, clock.now - 7_000)}`);
  const page = answer.json;
  expect(answer.status).toBe(200);
  expect((page.data ?? []).map((post) => ids.indexOf(post.id))).toEqual(expected);
  expect(page.meta.result_count).toBe(expected.length);
  expect('data' in page).toBe(expected.length > 0);
}

test.each(cases)('the timeline gives $name', (one) => check(one));

test('the pages of a timeline hold every post exactly once', async () => {
  const { sandbox, ids, path } = await sevenPosts();
  const first = (await call<Page>(sandbox, 'GET', `${path}?max_results=5`)).json;
  expect(first.meta).toMatchObject({ newest_id: ids[0], oldest_id: ids[4] });
  const next = (
    await call<Page>(sandbox, 'GET', `${path}?max_results=5&pagination_token=${first.meta.next_token}`)
  ).json;
  expect([...(first.data ?? []), ...(next.data ?? [])].map((post) => post.id)).toEqual(ids);
  expect(next.meta.next_token).toBeUndefined();
});

test.each([
  'max_results=4',
  'max_results=101',
  'max_results=ten',
  'since_id=abc',
  'start_time=yesterday',
  'exclude=likes',
  'pagination_token=junk',
  'tweet.fields=nonsense',
  'query=jpo',
])('a timeline asked for with %s is refused', async (query) => {
  const { sandbox, path } = await sevenPosts();
  const answer = await call(sandbox, 'GET', `${path}?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ title: 'Invalid Request', errors: [{ parameters: {} }] });
});

test('a post is read back with t.co, escaped signs, and the real address beside it', async () => {
  const sandbox = await runSandbox();
  const link = 'https://www.jpo.go.jp/news/koho/saigai/jishin.html?a=1&b=2';
  const made = (
    await call<{ data: { id: string; text: string } }>(sandbox, 'POST', '/2/tweets', {
      text: `🧑‍🧑‍🧒 Q&A <更新> ${link} と jpo.go.jp です`,
    })
  ).json;
  const read = await call<{
    data: {
      text: string;
      created_at: string;
      entities: { urls: { start: number; end: number; url: string; expanded_url: string }[] };
    };
  }>(sandbox, 'GET', `/2/tweets/${made.data.id}?tweet.fields=created_at,entities`);
  const { data } = read.json;
  expect(data.text).toBe(made.data.text);
  expect(data.text).toMatch(
    /^🧑‍🧑‍🧒 Q&amp;A &lt;更新&gt; https:\/\/t\.co\/\w{10} と https:\/\/t\.co\/\w{10} です$/u,
  );
  expect(data.entities.urls.map((url) => url.expanded_url)).toEqual([link, 'http://jpo.go.jp']);
  for (const url of data.entities.urls) {
    expect(Array.from(data.text).slice(url.start, url.end).join('')).toBe(url.url);
  }
  expect(Math.abs(Date.parse(data.created_at) - Date.now())).toBeLessThan(5_000);
});

test('fields that nobody asked for stay away', async () => {
  const sandbox = await runSandbox();
  const made = (
    await call<{ data: { id: string } }>(sandbox, 'POST', '/2/tweets', { text: 'x https://www.jpo.go.jp/' })
  ).json;
  const read = (await call<{ data: object }>(sandbox, 'GET', `/2/tweets/${made.data.id}`)).json;
  expect(Object.keys(read.data).toSorted()).toEqual(['edit_history_tweet_ids', 'id', 'text']);
});

test('other people do not exist', async () => {
  const sandbox = await runSandbox();
  const answer = await call(sandbox, 'GET', '/2/users/12/tweets');
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    errors: [{ title: 'Not Found Error', resource_id: '12', resource_type: 'user' }],
  });
  expect(answer.json).not.toHaveProperty('data');
});

test('a deleted post is gone for every reader', async () => {
  const { sandbox, ids, path } = await sevenPosts();
  await call(sandbox, 'DELETE', `/2/tweets/${ids[0]}`);
  const page = (await call<Page>(sandbox, 'GET', path)).json;
  expect(page.data?.map((post) => post.id)).toEqual(ids.slice(1));
  expect((await call(sandbox, 'GET', `/2/tweets/${ids[0]}`)).json).toMatchObject({
    errors: [{ resource_id: ids[0] }],
  });
  const both = (await call(sandbox, 'GET', `/2/tweets?ids=${ids[0]},${ids[1]}`)).json;
  expect(both).toMatchObject({ data: [{ id: ids[1] }], errors: [{ resource_id: ids[0] }] });
});

test('without replies no more than the newest 800 posts can be reached', async () => {
  const book = new PostBook([], () => undefined);
  for (let n = 0; n < 900; n += 1) book.create(`post ${n}`, 'api', START + n);
  const account = { id: '1', handle: 'h', name: 'n' };
  const oldest = book.live().at(-1)?.id ?? '';
  const reach = (query: string): unknown =>
    readTimeline(new URLSearchParams(query), book.live(), account).body;
  const beyond = String(BigInt(oldest) + (50n << 22n));
  expect(reach(`until_id=${beyond}`)).toMatchObject({ meta: { result_count: 10 } });
  expect(reach(`until_id=${beyond}&exclude=replies`)).toEqual({ meta: { result_count: 0 } });
});
