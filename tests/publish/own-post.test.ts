import { expect, test } from 'vitest';
import { readTimelinePage } from '../../src/publish/own-post.ts';
import { snowflakeAt, snowflakeTime } from '../../src/publish/snowflake.ts';

const AT = Date.parse('2026-11-22T00:00:00Z');
const ID = snowflakeAt(AT);
const post = { id: ID, text: 'a', created_at: '2026-11-22T00:00:00.000Z' };
const meta = { result_count: 1 };

type Expected = { count: number; whole?: boolean; nextToken?: string | null };

/** null: no timeline at all. */
function check(name: string, body: unknown, expected: Expected | null): void {
  test(name, () => {
    const page = readTimelinePage(body);
    const seen = page === null ? null : { ...page, count: page.posts.length };
    expect(seen).toEqual(expected === null ? null : { ...seen, ...expected });
  });
}

const cases: readonly (readonly [string, unknown, Expected | null])[] = [
  ['a page', { data: [post], meta }, { count: 1, whole: true, nextToken: null }],
  ['no posts', { meta: { result_count: 0 } }, { count: 0, whole: true, nextToken: null }],
  [
    'a page with another after it',
    { data: [post], meta: { ...meta, next_token: 't' } },
    { count: 1, nextToken: 't' },
  ],
  [
    'an empty token is none',
    { data: [post], meta: { ...meta, next_token: '' } },
    { count: 1, nextToken: null },
  ],
  [
    'a post without a usable id makes the page unwhole',
    { data: [post, { ...post, id: 5 }], meta: { result_count: 2 } },
    { count: 1, whole: false },
  ],
  ['a post without text too', { data: [{ id: ID }], meta }, { count: 0, whole: false }],
  ['a post that is null too', { data: [null], meta }, { count: 0, whole: false }],
  ['errors beside the posts too', { data: [post], meta, errors: [{}] }, { count: 1, whole: false }],
  ['fewer posts than counted too', { data: [], meta }, { count: 0, whole: false }],
  ['posts that are left out but counted too', { meta }, { count: 0, whole: false }],
  [
    'odd entities are no links',
    { data: [{ ...post, entities: { urls: [null, { url: 5 }, { url: '', expanded_url: 'x' }] } }], meta },
    { count: 1, whole: true },
  ],
  ['no meta', { data: [post] }, null],
  ['a count that is no number', { data: [post], meta: { result_count: '1' } }, null],
  ['data that is no list', { data: post, meta }, null],
  ['errors alone', { errors: [null] }, null],
  ['HTML', '<html></html>', null],
  ['nothing', '', null],
  ['null', null, null],
];
for (const [name, body, expected] of cases) check(name, body, expected);

test('an id tells its millisecond', () => {
  expect(snowflakeTime('1')).toBe(1_288_834_974_657);
  expect(snowflakeTime(snowflakeAt(AT + 123))).toBe(AT + 123);
  expect(snowflakeAt(0)).toBe('1');
});

test('X’s own date stands where the id contradicts it', () => {
  const page = readTimelinePage({
    data: [{ ...post, id: '1000000000000000001' }, post],
    meta: { result_count: 2 },
  });
  expect(page?.posts.map((each) => each.createdAt)).toEqual([AT, AT]);
});
