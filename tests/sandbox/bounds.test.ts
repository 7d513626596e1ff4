import { expect, test } from 'vitest';
import { sandboxLimits } from '../../src/limits/edges.ts';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import { FaultList, readFault } from '../../src/sandbox/fault.ts';
import { FeedSource } from '../../src/sandbox/feed-source.ts';
import { SignatureChecker } from '../../src/sandbox/oauth.ts';
import { PostBook } from '../../src/sandbox/post-book.ts';
import { loggedBody, RequestLog } from '../../src/sandbox/request-log.ts';
import { authorization } from './running-sandbox.ts';

test('past its bound the book forgets the oldest post, and no other', () => {
  const book = new PostBook([], () => undefined);
  for (let n = 0; n <= sandboxLimits.postsKept; n += 1) book.create(`post ${n}`, 'api', n);
  expect(book.all()).toHaveLength(sandboxLimits.postsKept);
  expect(book.hasLive('post 0')).toBe(false);
  expect(book.hasLive('post 1')).toBe(true);
});

test('past its bound the log forgets the oldest request, and its numbers show that it did', () => {
  const log = new RequestLog();
  const url = new URL('http://127.0.0.1/2/tweets');
  for (let n = 0; n <= sandboxLimits.requestsKept; n += 1) log.arrive('GET', url, new Headers(), n);
  expect(log.all()).toHaveLength(sandboxLimits.requestsKept);
  expect(log.all()[0]?.number).toBe(2);
});

test('a logged body is cut, and an empty one is none', () => {
  expect(loggedBody('x'.repeat(sandboxLimits.loggedBodyChars))).toHaveLength(sandboxLimits.loggedBodyChars);
  expect(loggedBody('x'.repeat(1_000_000))).toBe(`${'x'.repeat(sandboxLimits.loggedBodyChars)}…`);
  expect(loggedBody('')).toBeNull();
});

test('no more faults wait than the sandbox can hold', () => {
  const faults = new FaultList();
  const read = readFault({ fault: 'reset' });
  if (read.kind === 'wrong' || read.fault.fault !== 'reset') throw new Error('a reset is a fault');
  for (let n = 0; n < sandboxLimits.faultsMax; n += 1) expect(faults.add(read.fault, 0)).toBe(true);
  expect(faults.add(read.fault, 0)).toBe(false);
});

test('added items beyond the bound push the oldest of them out', () => {
  const source = new FeedSource({ baselineItems: 0, firstReleaseMs: 60_000, releaseEveryMs: 60_000 }, 0);
  for (let n = 0; n <= sandboxLimits.feedItemsAddedMax; n += 1) {
    source.add({ guid: `${n}`, title: 't', url: 'https://www.jpo.go.jp/', publishedAt: -n, lang: 'en' }, n);
  }
  // Number 0 is the newest by date, and was added first.
  expect(source.items(0)[0]?.guid).toBe('1');
});

test('a forged signature does not use up the nonce of an honest one', () => {
  const checker = new SignatureChecker(SANDBOX_CREDENTIALS);
  const url = new URL('https://api.x.com/2/users/me');
  const honest = authorization('GET', '/2/users/me', { oauth_nonce: 'one' });
  const forged = authorization('GET', '/2/users/me', { oauth_nonce: 'one', oauth_signature: 'AAAA' });
  const check = (header: string): string => checker.check({ method: 'GET', url, header }, Date.now()).kind;
  expect([check(forged), check(honest), check(honest)]).toEqual(['refused', 'valid', 'refused']);
});
