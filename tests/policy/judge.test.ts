import { describe, expect, test } from 'vitest';
import type { JudgedDraft, PolicyContext } from '../../src/policy/check.ts';
import { judge, judgeEach } from '../../src/policy/judge.ts';
import { POLICY_RULES, type PolicyRule } from '../../src/policy/verdict.ts';
import { aContext, aDraft, aForcedContext, aPolicy, DAY, HOUR, LINK, NOON } from './sample-draft.ts';

type Expected = 'allow' | `${'hold' | 'deny'} ${string}` | { until: string };

/** The verdict's kind with the rules behind it, or the time (Japan) from which the post may go out. */
function check(draft: JudgedDraft, context: PolicyContext, expected: Expected): void {
  const verdict = judge(draft, context);
  const rules = verdict.reasons.map((reason) => reason.rule).join(' ');
  if (typeof expected === 'object') {
    const until = `${expected.until}:00.000+09:00`;
    expect(verdict).toMatchObject({ kind: 'allow', notBefore: Date.parse(until) });
  } else if (expected === 'allow') {
    expect(verdict).toEqual({ kind: 'allow', notBefore: null, reasons: [] });
  } else {
    expect(`${verdict.kind} ${rules}`).toBe(expected);
  }
}

const urgent = aDraft('【重要】令和8年三陸沖地震により影響を受けた手続の取扱いについて', { topic: 'urgent' });
const twoPeople = aPolicy({ approval: { feedMain: 'auto', feedUrgent: 'two', forced: 'two' } });
const nights = aPolicy({ quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 } });
const lunch = aPolicy({ quietHours: { fromMinute: 12 * 60, toMinute: 13 * 60 } });
const at = (time: string): number => Date.parse(`${time}:00+09:00`);
const dated = (publishedAt: number | null): JudgedDraft['source'] => ({
  title: 't',
  publishedAt,
  problems: [],
});
const withProblem = (blocking: boolean): JudgedDraft['source'] => ({
  title: 't',
  publishedAt: NOON,
  problems: [{ code: 'title-mojibake', detail: '縺ゅ＞', blocking }],
});

describe('a post from a feed', () => {
  test.each<[string, JudgedDraft, PolicyContext, Expected]>([
    ['goes out when nothing is wrong', aDraft(), aContext(), 'allow'],
    ['goes out urgent when nothing is wrong', urgent, aContext(), 'allow'],
    [
      'waits for a person when its class is in doubt',
      aDraft(),
      aContext({ classification: 'review' }),
      'hold needs-review',
    ],
    [
      'waits for a person when it came in a flood',
      aDraft(),
      aContext({ burst: true }),
      'hold baseline-burst',
    ],
    [
      'waits for a person when its title may be garbled',
      aDraft('x', { source: withProblem(true) }),
      aContext(),
      'hold item-problem',
    ],
    [
      'goes out with a problem that does not block',
      aDraft('x', { source: withProblem(false) }),
      aContext(),
      'allow',
    ],
    [
      'waits when the same words were posted before',
      aDraft(),
      aContext({ duplicateOf: 'e1' }),
      'hold duplicate-text',
    ],
    [
      'waits without a link',
      aDraft('お知らせ', { url: null, text: 'お知らせ' }),
      aContext(),
      'hold link-missing',
    ],
    ['waits when its text lost its link', aDraft('x', { text: 'お知らせ' }), aContext(), 'hold link-missing'],
    [
      'is stale after seven days',
      aDraft('x', { source: dated(NOON - 7 * DAY - 1) }),
      aContext(),
      'hold stale',
    ],
    ['is not stale at seven days', aDraft('x', { source: dated(NOON - 7 * DAY) }), aContext(), 'allow'],
    [
      'is held when urgent and stale, too',
      { ...urgent, source: dated(NOON - 8 * DAY) },
      aContext(),
      'hold stale',
    ],
    [
      'is held when it is dated the day after tomorrow',
      aDraft('x', { source: dated(NOON + 2 * DAY) }),
      aContext(),
      'hold future-dated',
    ],
    [
      'may be dated tomorrow, for another time zone',
      aDraft('x', { source: dated(NOON + DAY) }),
      aContext(),
      'allow',
    ],
    ['needs no date', aDraft('x', { source: dated(null) }), aContext(), 'allow'],
    [
      'waits for two people where the policy says so',
      urgent,
      aContext({ config: twoPeople, approvalsGiven: 1 }),
      'hold approval',
    ],
    ['goes out when two have said yes', urgent, aContext({ config: twoPeople, approvalsGiven: 2 }), 'allow'],
    ['is refused when it is too long', aDraft('x', { weight: 281 }), aContext(), 'deny weight'],
    ['may have exactly the greatest weight', aDraft('x', { weight: 280 }), aContext(), 'allow'],
    ['is refused when it is empty', aDraft('', { text: ' \n', url: null }), aContext(), 'deny weight'],
  ])('%s', (_name, draft, context, expected) => check(draft, context, expected));
});

describe('what an approver saw', () => {
  const seen = (...covered: PolicyRule[]): PolicyContext =>
    aContext({ classification: 'review', duplicateOf: 'e1', covered, approvalsGiven: 1 });
  test.each<[string, JudgedDraft, PolicyContext, Expected]>([
    ['no longer holds the post', aDraft(), seen('needs-review', 'duplicate-text'), 'allow'],
    ['does not cover what appeared since', aDraft(), seen('needs-review'), 'hold duplicate-text'],
    [
      'cannot cover the absence of a second person',
      urgent,
      aContext({ config: twoPeople, approvalsGiven: 1, covered: ['approval'] }),
      'hold approval',
    ],
    [
      'cannot make broken text right',
      aDraft('特許\uFFFD'),
      aContext({ covered: ['replacement-character'] }),
      'deny replacement-character',
    ],
    [
      'cannot cut a wait short',
      aDraft(),
      aContext({ config: lunch, covered: ['quiet-hours'] }),
      { until: '2026-04-01T13:00' },
    ],
  ])('%s', (_name, draft, context, expected) => check(draft, context, expected));
});

describe('quiet hours', () => {
  test.each<[string, JudgedDraft, PolicyContext, Expected]>([
    [
      'keep a main update until the morning',
      aDraft(),
      aContext({ config: nights, now: at('2026-04-01T23:30') }),
      { until: '2026-04-02T07:00' },
    ],
    [
      'keep it past midnight, to the same morning',
      aDraft('x', { source: dated(null) }),
      aContext({ config: nights, now: at('2026-04-02T00:10') }),
      { until: '2026-04-02T07:00' },
    ],
    [
      'begin on the minute',
      aDraft(),
      aContext({ config: nights, now: at('2026-04-01T22:00') }),
      { until: '2026-04-02T07:00' },
    ],
    [
      'end on the minute',
      aDraft('x', { source: dated(null) }),
      aContext({ config: nights, now: at('2026-04-02T07:00') }),
      'allow',
    ],
    ['may lie inside a day', aDraft(), aContext({ config: lunch }), { until: '2026-04-01T13:00' }],
    ['never keep an urgent notice', urgent, aContext({ config: lunch }), 'allow'],
    ['never keep what a person forced', aDraft(), aForcedContext({ config: lunch }), 'allow'],
  ])('%s', (_name, draft, context, expected) => check(draft, context, expected));
});

describe('the day’s budget', () => {
  const sent = (main: number, urgentSent: number): PolicyContext =>
    aContext({ sentToday: { main, urgent: urgentSent } });
  const tomorrow = { until: '2026-04-02T00:00' };
  test.each<[string, JudgedDraft, PolicyContext, Expected]>([
    ['lets the thirtieth main update go', aDraft(), sent(29, 0), 'allow'],
    ['keeps the reserve from the next', aDraft(), sent(30, 0), tomorrow],
    ['counts urgent posts against the reserve, not twice', aDraft(), sent(25, 5), 'allow'],
    ['gives main updates what an overdrawn reserve left', aDraft(), sent(20, 19), 'allow'],
    ['ends when all posts are spent', aDraft(), sent(20, 20), tomorrow],
    ['never keeps an urgent notice', urgent, sent(40, 40), 'allow'],
    ['waits for the later of two times', aDraft(), { ...sent(40, 0), config: lunch }, tomorrow],
  ])('%s', (_name, draft, context, expected) => check(draft, context, expected));
});

describe('a notice that a person typed', () => {
  const typed = (words: string): JudgedDraft => aDraft(words, { topic: 'urgent', source: null });
  test.each<[string, JudgedDraft, PolicyContext, Expected]>([
    [
      'goes out with its own confirmation',
      typed('地震の影響を受けた手続の取扱いについて'),
      aForcedContext(),
      'allow',
    ],
    ['is held unconfirmed', typed('お知らせ'), aForcedContext({ approvalsGiven: 0 }), 'hold approval'],
    [
      'may carry its link in its own words',
      aDraft('お知らせ', { topic: 'urgent', source: null, url: null }),
      aForcedContext(),
      'allow',
    ],
    [
      'is held without any link',
      aDraft('お知らせ', { topic: 'urgent', source: null, url: null, text: 'お知らせ' }),
      aForcedContext(),
      'hold link-missing',
    ],
    [
      'needs another person where two are asked for',
      typed('お知らせ'),
      aForcedContext({ config: twoPeople }),
      'hold approval',
    ],
    [
      'is sent back with a foreign link',
      typed('詳細 https://example.com/'),
      aForcedContext(),
      'deny link-host',
    ],
    [
      'is held as a repeat, since a person may mean it',
      typed('お知らせ'),
      aForcedContext({ duplicateOf: 'e1' }),
      'hold duplicate-text',
    ],
  ])('%s', (_name, draft, context, expected) => check(draft, context, expected));
});

describe('the verdict', () => {
  test('of a broken post names what is broken, and not what else would hold it', () => {
    const draft = aDraft('お知らせ@jpo_NIPPON $ABC', { weight: 300 });
    check(draft, aContext({ duplicateOf: 'e1' }), 'deny mention cashtag weight');
  });

  test('shows every check once, in the order of the policy', () => {
    const judgements = judgeEach(aDraft(), aContext({ duplicateOf: 'e1', covered: ['duplicate-text'] }));
    expect(judgements.map(({ rule }) => rule)).toEqual([...POLICY_RULES]);
    expect(judgements.filter(({ covered }) => covered).map(({ rule }) => rule)).toEqual(['duplicate-text']);
  });

  test('depends on nothing but what is given', () => {
    const context = aContext({ config: nights, now: at('2026-04-01T23:30') + HOUR / 2 });
    expect(judge(aDraft(), context)).toEqual(judge(structuredClone(aDraft()), structuredClone(context)));
    expect(LINK).toContain('jpo.go.jp');
  });
});
