import { describe, expect, test } from 'vitest';
import { type Answer, type AnswerHeaders, parseBody } from '../../src/publish/answer.ts';
import { classifyAnswer } from '../../src/publish/classify-answer.ts';
import type { Outcome } from '../../src/publish/publisher.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const TYPES = 'https://api.twitter.com/2/problems';

function response(status: number, body: unknown, headers: AnswerHeaders = {}, complete = true): Answer {
  return { kind: 'response', status, headers, body, complete };
}

function problem(status: number, title: string, detail: string, type = 'about:blank'): Answer {
  return response(status, { title, detail, type, status });
}

function numbered(status: number, code: number, message: string): Answer {
  return response(status, { errors: [{ code, message }] });
}

type Expected = {
  kind: Outcome['kind'];
  remoteId?: string;
  cause?: string;
  status?: number;
  until?: number | null;
};

/** The answer has this meaning, and what is said of it fits on one line of a list. */
function check(name: string, answer: Answer, expected: Expected): void {
  test(name, () => {
    const outcome = classifyAnswer(answer, NOW);
    expect(outcome).toMatchObject(expected);
    expect('detail' in outcome ? outcome.detail : 'published').toMatch(/^[^\p{Cc}\p{Cf}]{1,300}$/u);
  });
}

describe('only an id proves a post', () => {
  const published: readonly (readonly [string, Answer, string])[] = [
    [
      '201 with an id',
      response(201, { data: { id: '1990000000000000000', text: 'a' } }),
      '1990000000000000000',
    ],
    [
      '201 with an id and errors beside it',
      response(201, { data: { id: '12' }, errors: [{ title: 'x' }] }),
      '12',
    ],
    ['a whole answer whose length promised more', response(201, { data: { id: '12' } }, {}, false), '12'],
    ['200 with an id', response(200, { data: { id: '12' } }), '12'],
  ];
  for (const [name, answer, remoteId] of published)
    check(`${name} is published`, answer, { kind: 'published', remoteId });

  const uncertain: readonly (readonly [string, Answer])[] = [
    ['201 with an empty body', response(201, '')],
    ['201 that closes after its headers', response(201, '', {}, false)],
    ['201 with half of the JSON', response(201, parseBody('{"data":{"id":"199000'), {}, false)],
    ['201 with HTML', response(201, '<html><body>hello</body></html>')],
    ['201 with an id that is a number', response(201, { data: { id: 1_990_000_000_000_000 } })],
    ['201 with an id that is no number', response(201, { data: { id: '12; DROP' } })],
    ['201 with an empty id', response(201, { data: { id: '' } })],
    ['201 with data null', response(201, { data: null })],
    ['201 with a list', response(201, [{ id: '12' }])],
    ['201 with JSON null', response(201, null)],
    [
      '200 with errors alone',
      response(200, { errors: [{ title: 'Forbidden', detail: 'duplicate content' }] }),
    ],
    ['204', response(204, '')],
    ['302 with text', response(302, 'moved')],
    ['302 with an id in its body', response(302, { data: { id: '12' } })],
    ['304', response(304, '')],
    ['404 problem', problem(404, 'Not Found', 'Not Found')],
    ['409', problem(409, 'Conflict', 'Conflict')],
    ['500 with an empty body', response(500, '')],
    ['500 with an id in its body', response(500, { data: { id: '12' } })],
    [
      '502 with HTML called JSON',
      response(502, '<html>Bad Gateway</html>', { 'content-type': 'application/json' }),
    ],
    ['503 problem', problem(503, 'Service Unavailable', 'Service Unavailable')],
    ['503 HTML', response(503, '<!doctype html><h1>busy</h1>')],
    ['503 that calls itself a duplicate', numbered(503, 187, 'Status is a duplicate.')],
    ['504', response(504, '')],
    ['520 of an edge proxy', response(520, 'error code: 520')],
    ['{"errors":[null]} with 400', response(400, { errors: [null] })],
    ['{"errors":[null]} with 403', response(403, { errors: [null] })],
    ['errors that are strings', response(403, { errors: ['internal server error'] })],
    [
      'an error code that is a string',
      response(403, { errors: [{ code: '187', message: 'Status is a duplicate.' }] }),
    ],
    ['400 with HTML', response(400, '<html><center>400 Bad Request</center></html>')],
    ['400 with JSON of an unknown shape', response(400, { message: 'no' })],
    ['400 with an empty body', response(400, '')],
    [
      '403 page of an edge proxy',
      response(403, '<!DOCTYPE html><title>Attention Required! | Cloudflare</title>'),
    ],
    ['403 with JSON of an unknown shape', response(403, { ok: false, title: 'Forbidden' })],
    ['403 with a title that is a number', response(403, { title: 403, detail: 'Forbidden' })],
    ['403 cut off', response(403, parseBody('{"title":"Forbidden","det'), {}, false)],
    [
      'a reset after the write',
      { kind: 'failure', phase: 'after-write', code: 'ECONNRESET', message: 'read ECONNRESET' },
    ],
    ['no answer in time', { kind: 'failure', phase: 'after-write', code: 'DEADLINE', message: 'late' }],
  ];
  for (const [name, answer] of uncertain) check(`${name} proves nothing`, answer, { kind: 'uncertain' });
});

describe('what left nothing may go again', () => {
  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED']) {
    check(
      code,
      { kind: 'failure', phase: 'before-write', code, message: 'x' },
      { kind: 'not-sent', cause: 'network' },
    );
  }
});

describe('a refusal is final only where X says why, and means the post', () => {
  const rejected: readonly (readonly [string, Answer])[] = [
    ['403 not permitted', problem(403, 'Forbidden', 'You are not permitted to perform this action.')],
    ['403 feature', problem(403, 'Forbidden', 'Your account is not permitted to access this feature.')],
    ['403 too many cashtags', problem(403, 'Forbidden', 'The text may hold a maximum of one cashtag.')],
    [
      '403 over the character limit',
      numbered(403, 186, 'Tweet needs to be a bit shorter: over the character limit.'),
    ],
    [
      '400 media',
      response(400, {
        errors: [{ parameters: { 'media.media_ids': ['1'] }, message: 'Your media IDs are invalid.' }],
        title: 'Invalid Request',
        detail: 'One or more parameters to your request was invalid.',
        type: 'https://api.x.com/2/problems/invalid-request',
      }),
    ],
    [
      '400 that quotes our text back',
      response(400, {
        errors: [{ message: 'duplicate: account suspended, daily limit' }],
        title: 'Invalid Request',
        detail: 'One or more parameters to your request was invalid: account suspended, duplicate',
        type: `${TYPES}/invalid-request`,
      }),
    ],
  ];
  for (const [name, answer] of rejected)
    check(`${name} is final`, answer, {
      kind: 'rejected',
      status: answer.kind === 'response' ? answer.status : 0,
    });

  test('the words of X reach the operator', () => {
    const outcome = classifyAnswer(
      problem(403, 'Forbidden', 'You are not permitted to perform this action.'),
      NOW,
    );
    expect(outcome).toEqual({
      kind: 'rejected',
      status: 403,
      detail: '403 Forbidden / You are not permitted to perform this action.',
    });
  });
});

describe('a repeated text is evidence, not an outcome', () => {
  const detail = 'You are not allowed to create a Tweet with duplicate content.';
  const duplicates: readonly (readonly [string, Answer])[] = [
    ['403 of v2', problem(403, 'Forbidden', detail)],
    ['403 with code 187', numbered(403, 187, 'Status is a duplicate.')],
    ['400 with code 187', numbered(400, 187, 'Status is a duplicate.')],
  ];
  for (const [name, answer] of duplicates) check(name, answer, { kind: 'duplicate' });
});

describe('the account is refused, not the post', () => {
  const refusals: readonly (readonly [string, Answer, string])[] = [
    ['401', problem(401, 'Unauthorized', 'Unauthorized'), 'unauthorized'],
    ['401 with code 89', numbered(401, 89, 'Invalid or expired token.'), 'unauthorized'],
    ['401 with HTML', response(401, '<html></html>'), 'unauthorized'],
    ['402', problem(402, 'CreditsDepleted', 'no credits', `${TYPES}/credits`), 'credits'],
    ['402 with an empty body', response(402, ''), 'credits'],
    ['403 code 89', numbered(403, 89, 'Invalid or expired token.'), 'unauthorized'],
    ['403 suspended by type', problem(403, 'Forbidden', 'Forbidden', `${TYPES}/user-suspended`), 'suspended'],
    [
      '403 suspended by type at api.x.com',
      problem(403, 'Forbidden', 'no', 'https://api.x.com/2/problems/user-suspended'),
      'suspended',
    ],
    [
      '403 suspended by words',
      problem(403, 'Forbidden', 'The user used for authentication is suspended'),
      'suspended',
    ],
    ['403 code 64', numbered(403, 64, 'Your account is suspended.'), 'suspended'],
    [
      '403 code 326',
      numbered(403, 326, 'To protect our users, this account is temporarily locked.'),
      'locked',
    ],
    ['403 locked by words', problem(403, 'Forbidden', 'Your account is temporarily locked.'), 'locked'],
    ['403 code 185', numbered(403, 185, 'User is over daily status update limit.'), 'account-limit'],
    [
      '403 limit by words',
      problem(403, 'Forbidden', 'You have reached the daily limit for posts.'),
      'account-limit',
    ],
    [
      '403 client forbidden',
      problem(403, 'Client Forbidden', 'not enrolled', `${TYPES}/client-forbidden`),
      'client-forbidden',
    ],
    [
      '403 read-only app',
      problem(403, 'Forbidden', 'permissions', `${TYPES}/oauth1-permissions`),
      'client-forbidden',
    ],
    [
      '403 unsupported authentication',
      problem(403, 'Unsupported Authentication', 'no', `${TYPES}/unsupported-authentication`),
      'unauthorized',
    ],
    ['429 usage cap', problem(429, 'UsageCapExceeded', 'Monthly cap', `${TYPES}/usage-capped`), 'credits'],
  ];
  for (const [name, answer, cause] of refusals) check(name, answer, { kind: 'refused-for-now', cause });
});

describe('throttling names its end, or nothing', () => {
  const seconds = NOW / 1_000;
  const throttled: readonly (readonly [string, Answer, number | null])[] = [
    ['429 without headers', problem(429, 'Too Many Requests', 'Too Many Requests'), null],
    ['429 with code 88', numbered(429, 88, 'Rate limit exceeded'), null],
    ['403 with code 88', numbered(403, 88, 'Rate limit exceeded'), null],
    [
      '429 with a reset',
      response(429, '', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(seconds + 600) }),
      NOW + 600_000,
    ],
    ['429 with HTML', response(429, '<html></html>'), null],
  ];
  for (const [name, answer, until] of throttled) check(name, answer, { kind: 'throttled', until });
});

describe('a long or broken word of X stays one short line', () => {
  check('in a problem', problem(403, 'Forbidden', `a\u202Eb\n\u0000${'長い'.repeat(2_000)}`), {
    kind: 'rejected',
  });
  check('in a text', response(418, `<${'x'.repeat(100_000)}`), { kind: 'uncertain' });
});
