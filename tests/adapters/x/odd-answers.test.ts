import { afterAll, beforeAll, expect, test } from 'vitest';
import { createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import type { Publisher } from '../../../src/publish/publisher.ts';
import { CREDENTIALS, SCOPE, claimedEntry } from './an-entry.ts';
import { FakeX, http } from './fake-x.ts';

const uncaught: unknown[] = [];
const remember = (error: unknown): void => void uncaught.push(error);
beforeAll(() => void process.on('uncaughtExceptionMonitor', remember).on('unhandledRejection', remember));
afterAll(() => void process.off('uncaughtExceptionMonitor', remember).off('unhandledRejection', remember));

const never = new AbortController().signal;
const ID = '1990000000000000000';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const meta = { result_count: 1 };

/** Bodies that no program of X's writes, each under whatever status. All are called JSON. */
const odd: readonly (readonly [name: string, body: unknown])[] = [
  ['HTML', '<!DOCTYPE html><html><body>Something went wrong</body></html>'],
  ['nothing', ''],
  ['half of the JSON', `{"data":{"id":"${ID}","te`],
  ['text after the JSON', `{"data":{"id":"${ID}"}}<!-- proxy -->`],
  ['JSON null', 'null'],
  ['a string', JSON.stringify(ID)],
  ['a number', ID],
  ['a list', [{ data: { id: ID, deleted: true } }]],
  ['{"errors":[null]}', { errors: [null] }],
  ['errors that are strings', { errors: ['internal server error'] }],
  ['errors that are no list', { errors: 'internal server error' }],
  ['an error code that is a string', { errors: [{ code: '187', message: 'Status is a duplicate.' }] }],
  ['an error code that is half a number', { errors: [{ code: 186.5, message: 'too long' }] }],
  ['a title that is a number', { title: 403, detail: 'Forbidden', type: 'about:blank' }],
  ['a detail that is a list', { title: 'Forbidden', detail: ['Forbidden'], type: 'about:blank' }],
  ['data that is a string', { data: ID, meta }],
  ['data that is null', { data: null, meta }],
  ['an id that is a number', { data: { id: 1_990_000_000_000_000, username: 5 }, meta }],
  ['an id that is no number', { data: { id: `${ID}; DROP`, username: 'jpo_test' }, meta }],
  ['a list of ids that are numbers', { data: [{ id: 1_990_000_000_000_000, text: 'x' }], meta }],
  ['a list of null', { data: [null], meta }],
  ['a text that is a number', { data: [{ id: ID, text: 5 }], meta }],
  ['a count that is a string', { data: [{ id: ID, text: 'x' }], meta: { result_count: '1' } }],
  ['deleted that is a string', { data: { deleted: 'true' }, meta: 'x' }],
  ['10 MB', { data: { id: ID, username: 'jpo_test', deleted: true, pad: 'x'.repeat(10 * 1_048_576) } }],
];
/** Headers that should be numbers or dates, and are not. */
const headers = {
  ...JSON_TYPE,
  date: 'yesterday',
  'retry-after': 'soon',
  'x-rate-limit-limit': 'NaN',
  'x-rate-limit-remaining': '',
  'x-rate-limit-reset': '1e99',
};
const THOROUGH = process.env['KOSATSU_THOROUGH'] === '1';
/** In the short run the two that matter most for each call: a success, and where X's own words would count. */
const statuses = (success: number): readonly number[] =>
  THOROUGH ? [200, 201, 204, 302, 400, 401, 402, 403, 404, 409, 429, 500, 503] : [success, 403];

type Told = { kind: string; detail?: string };
/** What is asked of X, and the kinds of answer that are never success, nor the end of the post. */
const calls: readonly {
  name: string;
  ask: (publisher: Publisher) => Promise<Told>;
  success: number;
  allowed: (status: number) => readonly string[];
}[] = [
  {
    name: 'to a post is never success and never the end of the post',
    ask: async (publisher) => {
      const prepared = await publisher.prepare(never);
      if (prepared.kind !== 'ready') throw new Error(prepared.detail);
      return publisher.publish(prepared.connection, claimedEntry(), () => ({ kind: 'go' }), 4_000);
    },
    success: 201,
    // These statuses alone say that X did nothing, and for how long it will not.
    allowed: (status) =>
      status === 401 || status === 402
        ? ['refused-for-now']
        : status === 429
          ? ['throttled', 'uncertain']
          : ['uncertain'],
  },
  {
    name: 'to a deletion never says that the post is gone, or must stay',
    ask: (publisher) => publisher.withdraw('12', 4_000),
    success: 200,
    allowed: () => ['doubt'],
  },
  {
    name: 'to the question who we are names nobody',
    ask: (publisher) => publisher.identity(never),
    success: 200,
    allowed: () => ['unreadable'],
  },
  {
    name: 'to a look at the own posts proves nothing',
    ask: async (publisher) => {
      const timeline = await publisher.ownPosts({ accountId: '55', sinceId: null, signal: never });
      return timeline.kind === 'read' && !timeline.complete
        ? { kind: 'unreadable', detail: 'not whole' }
        : timeline;
    },
    success: 200,
    allowed: () => ['unreadable'],
  },
];

test.each(calls)('an answer of an unknown shape $name', async ({ ask, success, allowed }) => {
  let reply = '';
  await using x = await FakeX.start((socket) => void socket.end(reply));
  const now = (): number => Date.now();
  const publisher = createXPublisher({ credentials: CREDENTIALS, apiUrl: x.url, scope: SCOPE, now });
  let asked = 0;
  for (const [name, body] of odd) {
    // A body of 10 MB takes a moment.
    for (const status of name === '10 MB' ? [success] : statuses(success)) {
      reply = http(status, body, headers);
      asked += 1;
      const told = await ask(publisher);
      expect(allowed(status), `${String(status)} with ${name}`).toContain(told.kind);
      expect(told.detail, `${String(status)} with ${name}`).toMatch(/^[^\p{Cc}\p{Cf}]{3,300}$/u);
    }
  }
  expect(await x.allClosed()).toBe(true);
  // One request for each, whatever was answered: nothing is repeated, redirected or left over.
  expect(x.requests).toHaveLength(asked);
  expect(uncaught).toEqual([]);
});

test('an id that is none of ours is not asked for at X, and X’s refusal to delete another’s post is told in its words', async () => {
  const detail = 'You are not authorized to delete this Tweet.';
  const refusal = http(403, { title: 'Forbidden', detail, type: 'about:blank', status: 403 });
  await using x = await FakeX.start((socket) => void socket.end(refusal));
  const now = (): number => Date.now();
  const publisher = createXPublisher({ credentials: CREDENTIALS, apiUrl: x.url, scope: SCOPE, now });
  for (const id of ['', '12/../13', '12?x=1', 'abc', '9'.repeat(20)])
    expect(await publisher.withdraw(id, 4_000)).toEqual({ kind: 'refused', detail: 'not an id of a post' });
  expect(x.opened).toBe(0);
  expect(await publisher.withdraw('12', 4_000)).toEqual({
    kind: 'refused',
    detail: `403 Forbidden / ${detail}`,
  });
  expect(x.requests).toHaveLength(1);
});
