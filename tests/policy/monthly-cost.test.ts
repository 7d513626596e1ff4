import { expect, test } from 'vitest';
import { costAtMost, postCost, type Charged } from '../../src/policy/cost.ts';
import { judge } from '../../src/policy/judge.ts';
import { aContext, aDraft, aForcedContext, aPolicy } from './sample-draft.ts';

/**
 * A month that may cost 50 posts with a link (0.2 each, and 0.003 because the watch reads each on three days), of which the price of 10
 * is kept for urgent notices.
 */
const capped = aPolicy({ budget: { monthly: 10.15, reservedForUrgent: null } });

function check(sent: Charged, expected: string, change: object = {}): void {
  const context = aContext({ config: capped, sentThisMonth: sent, ...change });
  const verdict = judge(aDraft(), context);
  expect(`${verdict.kind} ${verdict.reasons.map(({ rule }) => rule).join(' ')}`.trim()).toBe(expected);
}

test('main updates stop short of the ceiling by the reserve for urgent notices', () => {
  check({ main: 39, urgent: 0 }, 'allow');
  check({ main: 40, urgent: 0 }, 'hold monthly-cost');
});

test('deletions count, and so does the reading of own posts', () => {
  check({ main: 39, urgent: 0, deleted: 1 }, 'hold monthly-cost');
  const dear = { ...aPolicy().prices, read: 0.01, delete: 0.5 };
  expect(costAtMost({ main: 1, urgent: 1, deleted: 1 }, dear)).toBe(0.96);
});

test('urgent notices use the reserve up, and never stop', () => {
  check({ main: 39, urgent: 5 }, 'allow');
  check({ main: 40, urgent: 5 }, 'hold monthly-cost');
  const context = { config: capped, sentThisMonth: { main: 50, urgent: 10 } };
  expect(judge(aDraft('x', { topic: 'urgent' }), aContext(context)).kind).toBe('allow');
  expect(judge(aDraft('x', { topic: 'urgent' }), aForcedContext(context)).kind).toBe('allow');
});

test('an amount may be reserved instead of posts', () => {
  const config = aPolicy({ budget: { monthly: 10.15, reservedForUrgent: 4 } });
  check({ main: 29, urgent: 0 }, 'allow', { config });
  check({ main: 30, urgent: 0 }, 'hold monthly-cost', { config });
});

test('an approver may let one more go out', () => {
  check({ main: 40, urgent: 0 }, 'allow', { covered: ['monthly-cost'], approvalsGiven: 1 });
});

test('without a ceiling nothing is held', () => {
  check({ main: 9_999, urgent: 0 }, 'allow', { config: aPolicy() });
});

test('a post with a link costs what X asks for a link', () => {
  const { prices } = aPolicy();
  expect(postCost('お知らせ', prices)).toBe(0.015);
  expect(postCost('お知らせ https://www.jpo.go.jp/', prices)).toBe(0.2);
  expect(postCost('See jpo.go.jp', prices)).toBe(0.2);
});
