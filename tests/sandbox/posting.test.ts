import { expect, test } from 'vitest';
import { ask, authorization, call, runSandbox } from './running-sandbox.ts';

type Case = { name: string; body: unknown; status: number; says: string };

const INVALID = 'One or more parameters to your request was invalid.';
const REFUSED = 'You are not permitted to perform this action.';
const CLOSED = 'is not defined in the schema and the schema does not allow additional properties';

const cases: Case[] = [
  { name: '280 of weight in Latin letters', body: { text: 'a'.repeat(280) }, status: 201, says: 'aaa' },
  { name: '281 of weight in Latin letters', body: { text: 'a'.repeat(281) }, status: 403, says: REFUSED },
  { name: '140 kanji', body: { text: '特'.repeat(140) }, status: 201, says: '特' },
  { name: '141 kanji', body: { text: '特'.repeat(141) }, status: 403, says: REFUSED },
  {
    name: 'a long link, which weighs 23',
    body: { text: `${'a'.repeat(256)} https://www.jpo.go.jp/${'b'.repeat(200)}` },
    status: 201,
    says: 't.co',
  },
  {
    name: 'the same link with one letter too many',
    body: { text: `${'a'.repeat(257)} https://www.jpo.go.jp/${'b'.repeat(200)}` },
    status: 403,
    says: REFUSED,
  },
  {
    name: 'a new emoji sequence, which weighs 2',
    body: { text: `${'a'.repeat(278)}🧑‍🧑‍🧒` },
    status: 201,
    says: 'aaa',
  },
  { name: 'a text far too long', body: { text: 'a.'.repeat(9_000) }, status: 403, says: REFUSED },
  { name: 'U+FFFF in a text', body: { text: 'お知らせ\uFFFF' }, status: 403, says: REFUSED },
  { name: 'an empty text', body: { text: '' }, status: 400, says: INVALID },
  { name: 'blanks only', body: { text: ' \n ' }, status: 400, says: INVALID },
  { name: 'no text', body: {}, status: 400, says: INVALID },
  { name: 'a text that is a number', body: { text: 5 }, status: 400, says: INVALID },
  { name: 'a body that is no JSON', body: '{"text":', status: 400, says: 'not valid JSON' },
  { name: 'a body that is null', body: 'null', status: 400, says: INVALID },
  { name: 'an unknown property', body: { text: 'x', status: 'x' }, status: 400, says: `$.status: ${CLOSED}` },
  {
    name: 'an illegal reply_settings',
    body: { text: 'x', reply_settings: 'everyone' },
    status: 400,
    says: '$.reply_settings',
  },
  {
    name: 'a legal reply_settings',
    body: { text: 'x', reply_settings: 'mentionedUsers' },
    status: 201,
    says: '"text":"x"',
  },
  {
    name: 'a reply',
    body: { text: 'x', reply: { in_reply_to_tweet_id: '1' } },
    status: 403,
    says: 'Reply to this conversation',
  },
  { name: 'a quote', body: { text: 'x', quote_tweet_id: '1' }, status: 403, says: 'Quoting' },
  {
    name: 'a direct message link',
    body: { text: 'x', direct_message_deep_link: 'https://x.com' },
    status: 403,
    says: REFUSED,
  },
  {
    name: 'media that was never uploaded',
    body: { text: 'x', media: { media_ids: ['1'] } },
    status: 400,
    says: 'Your media IDs are invalid.',
  },
  { name: 'one cashtag', body: { text: 'about $ABC' }, status: 201, says: '$ABC' },
  { name: 'two cashtags', body: { text: '$ABC and $DEF' }, status: 403, says: 'maximum of one cashtag' },
];

async function check({ body, status, says }: Case): Promise<void> {
  const sandbox = await runSandbox();
  const answer = await call(sandbox, 'POST', '/2/tweets', body);
  expect(answer.text).toContain(says);
  expect(answer.status).toBe(status);
  const posts = (await ask(sandbox, 'GET', '/sandbox/posts')).json;
  expect(posts).toHaveLength(status === 201 ? 1 : 0);
  expect(answer.headers.get('content-type')).toBe(
    status === 201 ? 'application/json; charset=utf-8' : 'application/problem+json',
  );
}

test.each(cases)('$name is answered $status', (one) => check(one));

test('a body in another format than JSON is refused in the words of X', async () => {
  const sandbox = await runSandbox();
  const headers = { authorization: authorization('POST', '/2/tweets'), 'content-type': 'text/plain' };
  const response = await fetch(`${sandbox.url}/2/tweets`, { method: 'POST', headers, body: '{"text":"x"}' });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('content-type of application/json');
});

test('the answer to a new post names it, dates it, and gives the text as readers get it', async () => {
  const sandbox = await runSandbox();
  const before = Date.now();
  const { json, status } = await call<{
    data: { id: string; text: string; edit_history_tweet_ids: string[] };
  }>(sandbox, 'POST', '/2/tweets', {
    text: 'Q&A <更新> https://www.jpo.go.jp/qa.html?a=1&b=2',
  });
  expect(status).toBe(201);
  const { data } = json;
  expect(data.edit_history_tweet_ids).toEqual([data.id]);
  expect(data.text).toMatch(/^Q&amp;A &lt;更新&gt; https:\/\/t\.co\/[A-Za-z0-9]{10}$/);
  const createdAt = Number((BigInt(data.id) >> 22n) + 1_288_834_974_657n);
  expect(createdAt).toBeGreaterThanOrEqual(before);
  expect(createdAt).toBeLessThanOrEqual(Date.now());
});

test('a text that stands already is refused, and may be posted again once it was deleted', async () => {
  const sandbox = await runSandbox();
  const first = await call<{ data: { id: string } }>(sandbox, 'POST', '/2/tweets', { text: 'お知らせ' });
  const second = await call(sandbox, 'POST', '/2/tweets', { text: 'お知らせ' });
  expect(second.status).toBe(403);
  expect(second.json).toEqual({
    detail: 'You are not allowed to create a Tweet with duplicate content.',
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
  });
  const { id } = first.json.data;
  expect((await call(sandbox, 'DELETE', `/2/tweets/${id}`)).json).toEqual({ data: { deleted: true } });
  expect((await call(sandbox, 'DELETE', `/2/tweets/${id}`)).status).toBe(404);
  expect((await call(sandbox, 'POST', '/2/tweets', { text: 'お知らせ' })).status).toBe(201);
  const posts = (await ask<{ deletedAt: number | null }[]>(sandbox, 'GET', '/sandbox/posts')).json;
  expect(posts.map((post) => post.deletedAt === null)).toEqual([true, false]);
});

test('fifty posts in a row get ids that rise', async () => {
  const sandbox = await runSandbox({ now: () => 1_800_000_000_000 });
  for (let n = 0; n < 50; n += 1) await ask(sandbox, 'POST', '/sandbox/posts', { text: `post ${n}` });
  const posts = (await ask<{ id: string }[]>(sandbox, 'GET', '/sandbox/posts')).json;
  const ids = posts.map((post) => BigInt(post.id));
  expect(ids).toEqual(ids.toSorted((a, b) => (a > b ? -1 : 1)));
  expect(new Set(ids).size).toBe(50);
});

test('every answer counts down the allowance, and the hundred and first post is refused until the window ends', async () => {
  const sandbox = await runSandbox();
  const left: (string | null)[] = [];
  for (let n = 0; n < 100; n += 1) {
    const answer = await call(sandbox, 'POST', '/2/tweets', { text: `post ${n}` });
    left.push(answer.headers.get('x-rate-limit-remaining'));
  }
  expect(left[0]).toBe('99');
  expect(left.at(-1)).toBe('0');
  const refused = await call(sandbox, 'POST', '/2/tweets', { text: 'one more' });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-rate-limit-limit')).toBe('100');
  expect(Number(refused.headers.get('x-rate-limit-reset')) * 1_000).toBeGreaterThan(Date.now() + 880_000);
  expect((await call(sandbox, 'GET', '/2/users/me')).status).toBe(200);
});

test.each([
  ['GET', '/2/tweets/search/recent'],
  ['GET', '/2/users/1/mentions'],
  ['POST', '/2/users/1/likes'],
  ['PUT', '/2/tweets'],
  ['POST', '/2/dm_conversations'],
  ['GET', '/1.1/statuses/home_timeline.json'],
])('%s %s is unknown here', async (method, path) => {
  const sandbox = await runSandbox();
  const answer = await call(sandbox, method, path);
  expect(answer.status).toBe(404);
  expect(answer.json).toMatchObject({ title: 'Not Found', status: 404 });
});
