import { expect, test } from 'vitest';
import { ApiPartialResponseError, ApiRequestError, ApiResponseError } from 'twitter-api-v2';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { ask, authorization, call, libraryClient, runSandbox, type Answer } from './running-sandbox.ts';

/** What the client saw of one POST, and whether the post stands at X all the same. */
type Seen = { status: number | 'no answer'; says: string | RegExp; stands: boolean };
type Case = {
  name: string;
  fault: { fault: string; [detail: string]: unknown };
  seen: Seen;
  /** What the log says, where it is not what the client saw. */
  logged?: number | null;
};

const NO_ANSWER = 'no answer';
const NOTHING = /^$/;
const cases: Case[] = [
  {
    name: 'an answer lost after creation',
    fault: { fault: 'lost-answer' },
    seen: { status: NO_ANSWER, says: NOTHING, stands: true },
  },
  {
    name: 'an answer lost after creation and a wait',
    fault: { fault: 'lost-answer', ms: 50 },
    seen: { status: NO_ANSWER, says: NOTHING, stands: true },
  },
  {
    name: 'a delay before creation',
    fault: { fault: 'delay', ms: 50, when: 'before' },
    seen: { status: 201, says: '"edit_history_tweet_ids"', stands: true },
  },
  {
    name: 'a delay after creation',
    fault: { fault: 'delay', ms: 50 },
    seen: { status: 201, says: '"edit_history_tweet_ids"', stands: true },
  },
  { name: 'a reset', fault: { fault: 'reset' }, seen: { status: NO_ANSWER, says: NOTHING, stands: false } },
  {
    name: 'a reset after creation',
    fault: { fault: 'reset', processed: true },
    seen: { status: NO_ANSWER, says: NOTHING, stands: true },
  },
  {
    name: '503 in JSON',
    fault: { fault: 'status' },
    seen: { status: 503, says: '"title":"Service Unavailable"', stands: false },
  },
  {
    name: '503 in HTML',
    fault: { fault: 'status', body: 'html' },
    seen: { status: 503, says: '<!DOCTYPE html>', stands: false },
  },
  {
    name: '500 without a body, after creation',
    fault: { fault: 'status', status: 500, body: 'empty', processed: true },
    seen: { status: 500, says: NOTHING, stands: true },
  },
  {
    name: '403 in words of the test',
    fault: { fault: 'status', status: 403, json: { detail: 'no' } },
    seen: { status: 403, says: '{"detail":"no"}', stands: false },
  },
  {
    name: '401',
    fault: { fault: 'unauthorized' },
    seen: { status: 401, says: '"title":"Unauthorized"', stands: false },
  },
  {
    name: '402',
    fault: { fault: 'credits' },
    seen: { status: 402, says: '"title":"CreditsDepleted"', stands: false },
  },
  {
    name: 'a suspended account',
    fault: { fault: 'suspended' },
    seen: { status: 403, says: '/problems/user-suspended', stands: false },
  },
  {
    name: 'a locked account',
    fault: { fault: 'locked' },
    seen: { status: 403, says: '"code":326', stands: false },
  },
  {
    name: 'an app without access',
    fault: { fault: 'client-forbidden' },
    seen: { status: 403, says: '/problems/client-forbidden', stands: false },
  },
  {
    name: 'a day full of posts',
    fault: { fault: 'account-limit' },
    seen: { status: 403, says: '"code":185', stands: false },
  },
  {
    name: 'a refusal without a reason',
    fault: { fault: 'not-permitted' },
    seen: { status: 403, says: 'not permitted', stands: false },
  },
  {
    name: 'a duplicate that is none',
    fault: { fault: 'duplicate' },
    seen: { status: 403, says: 'duplicate content', stands: false },
  },
  {
    name: 'a throttle',
    fault: { fault: 'throttle', ms: 60_000 },
    seen: { status: 429, says: 'Too Many Requests', stands: false },
  },
  {
    name: 'HTML that calls itself JSON',
    fault: { fault: 'garbage', variant: 'html' },
    seen: { status: 201, says: '<!DOCTYPE html>', stands: true },
  },
  {
    name: 'an empty 201',
    fault: { fault: 'garbage', variant: 'empty' },
    seen: { status: 201, says: NOTHING, stands: true },
  },
  {
    name: 'an empty 201 for nothing',
    fault: { fault: 'garbage', variant: 'empty', status: 201, processed: false },
    seen: { status: 201, says: NOTHING, stands: false },
  },
  {
    name: 'half an answer',
    fault: { fault: 'garbage', variant: 'truncated' },
    seen: { status: NO_ANSWER, says: NOTHING, stands: true },
    logged: 201,
  },
  {
    name: 'errors that are null',
    fault: { fault: 'garbage', variant: 'errors-null' },
    seen: { status: 403, says: '{"errors":[null]}', stands: false },
  },
  {
    name: 'a 201 with errors only',
    fault: { fault: 'garbage', variant: 'errors-only' },
    seen: { status: 201, says: '"errors"', stands: true },
  },
  {
    name: 'a 201 without an id',
    fault: { fault: 'garbage', variant: 'no-id' },
    seen: { status: 201, says: '{"data":{"text":"OK"}}', stands: true },
  },
  {
    name: 'a redirect',
    fault: { fault: 'garbage', variant: 'redirect', status: 307 },
    seen: { status: 307, says: 'moved', stands: true },
  },
];

async function check({
  fault,
  seen,
  logged = typeof seen.status === 'number' ? seen.status : null,
}: Case): Promise<void> {
  const sandbox = await runSandbox();
  expect((await ask(sandbox, 'POST', '/sandbox/faults', fault)).status).toBe(201);
  const answer = await tryPost(sandbox, 'お知らせ');
  expect(answer?.status ?? NO_ANSWER).toBe(seen.status);
  expect(answer?.text ?? '').toMatch(seen.says);
  expect(await standing(sandbox)).toEqual(seen.stands ? ['お知らせ'] : []);
  expect((await ask(sandbox, 'GET', '/sandbox/requests')).json).toMatchObject([
    { method: 'POST', path: '/2/tweets', fault: fault.fault, status: logged },
  ]);
}

async function tryPost(sandbox: Sandbox, text: string): Promise<Answer | null> {
  try {
    return await call(sandbox, 'POST', '/2/tweets', { text });
  } catch {
    return null;
  }
}

async function standing(sandbox: Sandbox): Promise<string[]> {
  const posts = (await ask<{ text: string; deletedAt: number | null }[]>(sandbox, 'GET', '/sandbox/posts'))
    .json;
  return posts.filter((post) => post.deletedAt === null).map((post) => post.text);
}

test.each(cases)('$name is played once, and X did or did not post as it says', (one) => check(one));

test('a fault is over after it hit, and the next post is answered as ever', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'status', count: 2 });
  const statuses = [];
  for (const text of ['a', 'b', 'c']) statuses.push((await tryPost(sandbox, text))?.status);
  expect(statuses).toEqual([503, 503, 201]);
  expect((await ask(sandbox, 'GET', '/sandbox/faults')).json).toEqual([]);
});

test('faults play in the order in which they were asked for, each on its own kind of request', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'credits', on: 'read' });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'unauthorized', on: 'identity' });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'suspended', on: 'delete' });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'locked', on: 'post', containing: '緊急' });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'status', on: 'any' });
  expect((await tryPost(sandbox, '通常'))?.status).toBe(503);
  expect((await tryPost(sandbox, '通常'))?.status).toBe(201);
  expect((await tryPost(sandbox, '緊急'))?.text).toContain('326');
  expect((await call(sandbox, 'GET', '/2/users/me')).status).toBe(401);
  expect((await call(sandbox, 'GET', '/2/tweets/1')).status).toBe(402);
  expect((await call(sandbox, 'DELETE', '/2/tweets/1')).text).toContain('user-suspended');
});

test('a fault that lasts ends when the faults are cleared', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'status', count: 0 });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'limit', limit: 1 });
  for (let n = 0; n < 5; n += 1) expect((await tryPost(sandbox, 'x'))?.status).toBe(503);
  expect((await ask(sandbox, 'GET', '/sandbox/faults')).json).toMatchObject([
    { fault: 'status', left: null },
  ]);
  expect((await ask(sandbox, 'DELETE', '/sandbox/faults')).status).toBe(204);
  expect((await tryPost(sandbox, 'x'))?.status).toBe(201);
});

test('a throttle holds every post until its time, tells that time, and then is over', async () => {
  const clock = { now: Date.now() };
  const sandbox = await runSandbox({ now: () => clock.now });
  const until = clock.now + 60_000;
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'throttle', until: new Date(until).toISOString() });
  for (let n = 0; n < 3; n += 1) {
    const answer = await tryPost(sandbox, 'x');
    expect(answer?.status).toBe(429);
    expect(Number(answer?.headers.get('x-rate-limit-reset')) * 1_000).toBeGreaterThanOrEqual(until);
  }
  clock.now = until;
  expect((await tryPost(sandbox, 'x'))?.status).toBe(201);
});

test('a throttle may keep its time secret', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'throttle', headers: false });
  expect((await tryPost(sandbox, 'x'))?.headers.has('x-rate-limit-reset')).toBe(false);
});

test('a smaller allowance is counted as X counts its own', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'limit', limit: 2, on: 'any', windowMs: 300 });
  const statuses = [];
  for (const text of ['a', 'b', 'c']) statuses.push((await tryPost(sandbox, text))?.status);
  expect(statuses).toEqual([201, 201, 429]);
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect((await tryPost(sandbox, 'c'))?.status).toBe(201);
});

test('a post that lags stands at once and is read only later', async () => {
  const clock = { now: Date.now() };
  const sandbox = await runSandbox({ now: () => clock.now });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'read-lag', ms: 5_000 });
  const { data: me } = (await call<{ data: { id: string } }>(sandbox, 'GET', '/2/users/me')).json;
  const count = async (): Promise<number> =>
    (await call<{ meta: { result_count: number } }>(sandbox, 'GET', `/2/users/${me.id}/tweets`)).json.meta
      .result_count;
  expect((await tryPost(sandbox, 'x'))?.status).toBe(201);
  expect(await count()).toBe(0);
  expect((await tryPost(sandbox, 'x'))?.text).toContain('duplicate');
  clock.now += 5_000;
  expect(await count()).toBe(1);
});

test('a delayed request is still carried out after its sender has gone', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'delay', ms: 300, when: 'before' });
  const headers = { authorization: authorization('POST', '/2/tweets'), 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(100);
  await expect(
    fetch(`${sandbox.url}/2/tweets`, { method: 'POST', headers, body: '{"text":"late"}', signal }),
  ).rejects.toThrow('timeout');
  expect(await standing(sandbox)).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await standing(sandbox)).toEqual(['late']);
});

test('an answer that drips keeps its reader waiting, and one without end outgrows any patience', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'garbage', variant: 'drip', on: 'read' });
  const slow = fetch(`${sandbox.url}/2/tweets/1`, { signal: AbortSignal.timeout(900) }).then((answer) =>
    answer.text(),
  );
  await expect(slow).rejects.toThrow('timeout');
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'garbage', variant: 'huge', on: 'read' });
  const answer = await fetch(`${sandbox.url}/2/tweets/1`);
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    if (bytes > 4_000_000) break;
  }
  expect(bytes).toBeGreaterThan(4_000_000);
});

test('the library meets each kind of doubt as it does at X', async () => {
  const sandbox = await runSandbox();
  const { v2 } = libraryClient(sandbox);
  const meet = async (fault: object): Promise<unknown> => {
    await ask(sandbox, 'POST', '/sandbox/faults', fault);
    return v2.tweet(`post ${Math.random()}`).catch((error: unknown) => error);
  };
  expect(await meet({ fault: 'lost-answer' })).toBeInstanceOf(ApiRequestError);
  expect(await meet({ fault: 'reset' })).toBeInstanceOf(ApiRequestError);
  expect(await meet({ fault: 'garbage', variant: 'truncated' })).toBeInstanceOf(ApiPartialResponseError);
  expect(await meet({ fault: 'garbage', variant: 'html', status: 502 })).toBeInstanceOf(
    ApiPartialResponseError,
  );
  expect(await meet({ fault: 'garbage', variant: 'empty' })).toBeUndefined();
  expect(await meet({ fault: 'status', body: 'html' })).toMatchObject({
    code: 503,
    data: expect.stringContaining('<html>'),
  });
  const throttled = await meet({ fault: 'throttle', ms: 60_000 });
  expect(throttled).toBeInstanceOf(ApiResponseError);
  expect(throttled).toMatchObject({
    code: 429,
    rateLimitError: true,
    rateLimit: { limit: 100, remaining: 0 },
  });
});

test.each([
  [{ fault: 'earthquake' }, 'fault'],
  [{ fault: 'delay' }, 'ms'],
  [{ fault: 'delay', ms: -1 }, 'ms'],
  [{ fault: 'status', status: 99 }, 'status'],
  [{ fault: 'reset', on: 'follow' }, 'on'],
  [{ fault: 'reset', cuont: 3 }, 'cuont'],
  ['nothing', '$'],
])('the fault %j is not understood, and the answer names %s', async (fault, word) => {
  const sandbox = await runSandbox();
  const answer = await ask(sandbox, 'POST', '/sandbox/faults', fault);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(word);
  expect((await ask(sandbox, 'GET', '/sandbox/faults')).json).toEqual([]);
});

test('a sandbox that closes waits for no delay', async () => {
  const sandbox = await runSandbox();
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'delay', ms: 60_000, when: 'before' });
  const timers = process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
  const post = tryPost(sandbox, 'x');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = Date.now();
  await sandbox.close();
  await post;
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length).toBeLessThanOrEqual(
    timers,
  );
});
