import { expect, test } from 'vitest';
import type { Answer } from '../../src/publish/answer.ts';
import { classifyIdentity } from '../../src/publish/classify-reading.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const DATE = 'Sun, 22 Nov 2026 00:00:05 GMT';

function response(status: number, body: unknown, headers = {}): Answer {
  return { kind: 'response', status, headers, body, complete: true };
}

const me = { id: '12', username: 'JPO_JPN', name: '特許庁' };
const known = { kind: 'known', accountId: '12', handle: 'JPO_JPN', name: '特許庁' } as const;
const unreadable = (cause: string) => ({ kind: 'unreadable', cause });

const cases: readonly (readonly [string, Answer, object])[] = [
  [
    'the account and X’s clock',
    response(200, { data: me }, { date: DATE }),
    { ...known, serverTime: NOW + 5_000 },
  ],
  ['no Date header: no clock', response(200, { data: me }), { ...known, serverTime: null }],
  [
    'a name with a line break is one line',
    response(200, { data: { ...me, name: 'a\nb' } }),
    { ...known, name: 'a b' },
  ],
  [
    'a name that is missing is the handle',
    response(200, { data: { id: '12', username: 'JPO_JPN' } }),
    { ...known, name: 'JPO_JPN' },
  ],
  ['a numeric id is not one', response(200, { data: { ...me, id: 12 } }), unreadable('unknown-answer')],
  [
    'a handle with other letters is not one',
    response(200, { data: { ...me, username: 'a b' } }),
    unreadable('unknown-answer'),
  ],
  ['errors alone', response(200, { errors: [null] }), unreadable('unknown-answer')],
  ['a 201 is not an identity', response(201, { data: me }), unreadable('unknown-answer')],
  ['401', response(401, { title: 'Unauthorized', detail: 'Unauthorized' }), unreadable('forbidden')],
  ['402', response(402, ''), unreadable('forbidden')],
  ['403 in X’s words', response(403, { title: 'Client Forbidden', detail: 'no' }), unreadable('forbidden')],
  ['403 of an edge proxy forbids nothing', response(403, '<html></html>'), unreadable('unknown-answer')],
  ['429', response(429, '', { 'retry-after': '9' }), { ...unreadable('throttled'), until: NOW + 9_000 }],
  ['503', response(503, ''), unreadable('unknown-answer')],
  ['HTML', response(200, '<html></html>'), unreadable('unknown-answer')],
  [
    'no connection',
    { kind: 'failure', phase: 'before-write', code: 'ENOTFOUND', message: 'x' },
    unreadable('network'),
  ],
  [
    'reset',
    { kind: 'failure', phase: 'after-write', code: 'ECONNRESET', message: 'x' },
    unreadable('network'),
  ],
];

function check(name: string, answer: Answer, expected: object): void {
  test(name, () => expect(classifyIdentity(answer, NOW)).toMatchObject(expected));
}
for (const [name, answer, expected] of cases) check(name, answer, expected);
