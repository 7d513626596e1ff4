import { expect, test } from 'vitest';
import type { Answer } from '../../src/publish/answer.ts';
import { classifyDeletion } from '../../src/publish/classify-deletion.ts';
import type { Deletion } from '../../src/publish/publisher.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const TYPES = 'https://api.x.com/2/problems';
const MINUTES = 60_000;

function response(status: number, body: unknown, headers = {}): Answer {
  return { kind: 'response', status, headers, body, complete: true };
}

function check(name: string, answer: Answer, expected: Partial<Deletion> & { kind: Deletion['kind'] }): void {
  test(name, () => expect(classifyDeletion(answer, NOW)).toMatchObject(expected));
}

const missing = {
  title: 'Not Found Error',
  detail: 'Could not find tweet',
  type: `${TYPES}/resource-not-found`,
};
const cases: readonly (readonly [string, Answer, Partial<Deletion> & { kind: Deletion['kind'] }])[] = [
  ['deleted: true is deleted', response(200, { data: { deleted: true } }), { kind: 'deleted' }],
  ['deleted: false is doubt', response(200, { data: { deleted: false } }), { kind: 'doubt', retryAt: null }],
  ['deleted: "true" is doubt', response(200, { data: { deleted: 'true' } }), { kind: 'doubt' }],
  ['an empty 200 is doubt', response(200, ''), { kind: 'doubt' }],
  ['a 404 in X’s words is gone', response(404, { ...missing, status: 404 }), { kind: 'gone' }],
  [
    'code 144 is gone',
    response(404, { errors: [{ code: 144, message: 'No status found with that ID.' }] }),
    { kind: 'gone' },
  ],
  ['a 200 that holds only "not found" is gone', response(200, { errors: [missing] }), { kind: 'gone' }],
  [
    'a 200 with another error is doubt',
    response(200, { errors: [{ type: `${TYPES}/other` }] }),
    { kind: 'doubt' },
  ],
  ['a 404 of an unknown shape is doubt', response(404, { message: 'no' }), { kind: 'doubt' }],
  ['a bare 404 is doubt', response(404, '<html>not found</html>'), { kind: 'doubt' }],
  [
    'a 404 about the route is doubt',
    response(404, { title: 'Not Found', detail: 'Not Found', type: 'about:blank' }),
    { kind: 'doubt' },
  ],
  [
    'not ours is refused',
    response(403, { title: 'Forbidden', detail: 'You are not authorized to delete this Tweet.' }),
    { kind: 'refused' },
  ],
  [
    'a bad id is refused',
    response(400, { title: 'Invalid Request', detail: 'bad', errors: [{ message: 'x' }] }),
    { kind: 'refused' },
  ],
  ['an edge page is doubt', response(403, '<html></html>'), { kind: 'doubt', retryAt: null }],
  ['401 waits for credentials', response(401, ''), { kind: 'doubt', retryAt: NOW + 15 * MINUTES }],
  ['402 waits for credit', response(402, ''), { kind: 'doubt', retryAt: NOW + 15 * MINUTES }],
  [
    'suspended waits',
    response(403, { title: 'Forbidden', detail: 'The user used for authentication is suspended' }),
    {
      kind: 'doubt',
      retryAt: NOW + 15 * MINUTES,
    },
  ],
  [
    '429 waits as told',
    response(429, '', { 'retry-after': '60' }),
    { kind: 'doubt', retryAt: NOW + MINUTES },
  ],
  ['429 without a time waits', response(429, ''), { kind: 'doubt', retryAt: NOW + 15 * MINUTES }],
  ['503 is doubt', response(503, ''), { kind: 'doubt' }],
  ['302 is doubt', response(302, { data: { deleted: true } }), { kind: 'doubt' }],
  ['errors null is doubt', response(403, { errors: [null] }), { kind: 'doubt' }],
  [
    'refused connection is doubt',
    { kind: 'failure', phase: 'before-write', code: 'ECONNREFUSED', message: 'x' },
    { kind: 'doubt' },
  ],
  [
    'reset is doubt',
    { kind: 'failure', phase: 'after-write', code: 'ECONNRESET', message: 'x' },
    { kind: 'doubt' },
  ],
];
for (const [name, answer, expected] of cases) check(name, answer, expected);
