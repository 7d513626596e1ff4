import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/feed/item.ts';
import { describeFeedProblem } from '../../src/messages/feed-problems.ts';
import { describeItemProblem } from '../../src/messages/item-problems.ts';
import { describeMistake } from '../../src/messages/mistakes.ts';
import { MISTAKE_CODES } from '../../src/messages/mistake.ts';
import { describeNotice } from '../../src/messages/notices.ts';
import { describeReason, sentencesOf } from '../../src/messages/policy.ts';
import { lengthOfTime, tokyoTime } from '../../src/messages/tokyo-time.ts';
import { judgeEach } from '../../src/policy/judge.ts';
import { POLICY_RULES, type Reason } from '../../src/policy/verdict.ts';
import { load, type Given } from '../config/sample-settings.ts';
import { aContext, aDraft, aForcedContext, aPolicy, DAY, NOON } from '../policy/sample-draft.ts';

const LANGS: readonly Lang[] = ['ja', 'en'];

/** A sentence in which every gap was filled: a dash would stand for a parameter that its maker forgot. */
function check(text: string): void {
  expect(text).not.toMatch(/—|undefined|NaN/u);
}

/** Drafts with everything wrong that policy knows, so that each check gives its real parameters. */
function everyReason(): readonly Reason[] {
  const crowded = aPolicy({
    quietHours: { fromMinute: 0, toMinute: 1_439 },
    budget: { monthly: 1, reservedForUrgent: null },
    approval: { feedMain: 'two', feedUrgent: 'two', forced: 'two' },
  });
  const context = aContext({
    config: crowded,
    classification: 'review',
    burst: true,
    duplicateOf: 'e1',
    sentToday: { main: 40, urgent: 0 },
    sentThisMonth: { main: 40, urgent: 0 },
    neverPosted: true,
  });
  const problems = [{ code: 'title-cut', detail: '1,200', blocking: true }];
  const old = aDraft('特許\uFFFD\u200B ○時 @someone $ABC https://bit.ly/a', {
    weight: 300,
    source: { title: 't', publishedAt: NOON - 9 * DAY, problems },
  });
  const early = aDraft('x', {
    text: '',
    url: null,
    source: { title: 't', publishedAt: NOON + 9 * DAY, problems },
  });
  const typed = aDraft('訓練 3月1日まで 4/1(木) ﾃｽﾄ', { source: null });
  const judged = [
    [old, context],
    [early, context],
    [typed, aForcedContext()],
  ] as const;
  return judged.flatMap(([draft, each]) =>
    judgeEach(draft, each).flatMap(({ rule, result }) =>
      result.kind === 'pass' ? [] : [{ rule, params: result.params }],
    ),
  );
}

describe('a reason of the policy', () => {
  const reasons = everyReason();
  test('is met here for every rule', () => {
    expect(new Set(reasons.map(({ rule }) => rule))).toEqual(new Set(POLICY_RULES));
  });
  test.each(reasons.flatMap((reason) => LANGS.map((lang) => [reason.rule, lang, reason] as const)))(
    'says all it has to say: %s in %s',
    (_rule, lang, reason) => check(describeReason(reason, lang)),
  );
  test('shows the place of what is wrong', () => {
    const draft = aDraft('本日○時頃から受付を停止しています');
    const [placeholder] = judgeEach(draft, aForcedContext()).filter(
      ({ rule }) => rule === 'unfilled-placeholder',
    );
    expect(placeholder?.result).toMatchObject({ kind: 'deny', params: { found: '本日○時頃から受付を停…' } });
  });
  test('keeps its order among others', () => {
    expect(sentencesOf(reasons.slice(0, 2), 'en')).toEqual(
      reasons.slice(0, 2).map((reason) => describeReason(reason, 'en')),
    );
  });
});

describe('a mistake in the settings', () => {
  const bad: readonly Given[] = [
    {
      files: {
        'config/feeds.yaml':
          'feeds:\n  - name: A\n    url: x y\n    pollEvery: 5\n    kind: rss\n    burst: 0\n    longestSilence: 1s\n    enabled: 1\n  - name: typed\n    url: ftp://a\n    kind: html-list\n  - name: b\n    url: http://a:b@c.example\n    selectors: { item: "", title: "a[", link: a }\n  - name: b\n    url: https://c.example\n    pollEvery: 5s\n    feed: a\n  - url: https://c.example\n',
      },
    },
    {
      files: {
        'config/policy.yaml':
          'version: 1\nallowedHosts: [a]\nquietHours: { from: 25:00, to: x }\ndailyBudget: { posts: 1, reservedForUrgent: 1 }\n',
      },
    },
    {
      files: { 'config/policy.yaml': 'version: a\nquietHours: { from: 1:00, to: 1:00 }\nallowedHosts: []\n' },
    },
    { files: { 'config/policy.yaml': "version: 'a'\nbudget: { monthly: 1, reservedForUrgent: 1 }\n" } },
    { files: { 'config/policy.yaml': "version: 'a'\nbudget: { monthly: 1 }\n" } },
    {
      files: {
        'config/channels.yaml':
          'handle: "@a"\ncontact: あ\nconsole: { origin: http://a }\nnotify: { webhook: http://a }\n',
      },
    },
    {
      files: {
        'config/policy.yaml': 'a: [',
        'config/channels.yaml': { kind: 'not-utf8' },
        'config/templates.yaml': { kind: 'missing' },
        'config/feeds.yaml': { kind: 'unreadable', detail: 'EACCES' },
        'config/rules.yaml': { kind: 'too-large', maxBytes: 9 },
        'config/x.yaml': '',
      },
    },
    {
      files: { 'config/channels.yaml': 'pace: 1s\n' },
      env: { X_API_KEY: 'a', X_API_SECRET: 'b', X_ACCESS_TOKEN: 'c', X_ACCESS_SECRET: 'd' },
    },
    {
      env: { X_API_KEY: 'a b', X_API_SECRET: 'b', X_ACCESS_TOKEN: 'c', X_ACCESS_SECRET: 'd', X_API_URL: '' },
    },
    {
      env: { X_API_KEY: 'a', X_API_URL: 'http://example.com', DATABASE_URL: 'x', LOG_LEVEL: 'loud' },
      files: { '.env': 'X_API_ULR=a\nX_API_URL a' },
    },
    { overrides: { configDir: 'nowhere' } },
    {
      files: {
        'config/rules.yaml':
          'masks: []\nlists: { a: [x] }\nrules: []\ntests: [{ title: t, expect: urgent }]\n',
      },
    },
    {
      files: {
        'config/rules.yaml':
          'masks: []\nlists: { a: [ab] }\nrules: []\ntests: [{ title: t, expect: urgent }]\n',
      },
    },
  ];
  const mistakes = bad.flatMap((given) => {
    const result = load(given);
    return result.kind === 'ok' ? [] : result.mistakes;
  });
  test('is met here for nearly every code', () => {
    const met = new Set(mistakes.map(({ code }) => code));
    expect(MISTAKE_CODES.filter((code) => !met.has(code))).toEqual(['too-many', 'wrong-form']);
  });
  test.each(
    mistakes.flatMap((mistake) => LANGS.map((lang) => [mistake.code, mistake.key, lang, mistake] as const)),
  )('says all it has to say: %s %s in %s', (_code, _key, lang, mistake) =>
    check(describeMistake(mistake, lang)),
  );
  test('begins with the place', () => {
    const mistake = {
      file: 'config/policy.yaml',
      line: 12,
      key: 'approval.forced',
      code: 'required',
      params: {},
    } as const;
    expect(describeMistake(mistake, 'en')).toBe(
      'config/policy.yaml:12: approval.forced: This key is needed. Give it a value.',
    );
    expect(describeMistake({ ...mistake, line: null, key: '' }, 'en')).toMatch(
      /^config\/policy\.yaml: This key/u,
    );
  });
});

test('what a newer version stored is shown as it is, not hidden and not fatal', () => {
  expect(describeNotice({ code: 'new-thing', params: {} }, 'ja')).toBe('new-thing');
  expect(describeFeedProblem({ code: 'toString', detail: 'd' }, 'ja')).toBe('toString: d');
  expect(describeItemProblem({ code: 'new-thing', detail: 'd' }, 'en')).toBe('new-thing: d');
});

test.each([
  ['2026-04-01T03:00:00Z', '2026年4月1日（水）12:00', 'Wed 1 Apr 2026 12:00 JST'],
  ['2025-12-31T15:00:00Z', '2026年1月1日（木）00:00', 'Thu 1 Jan 2026 00:00 JST'],
])('times are Japan’s: %s', (utc, ja, en) => {
  expect([tokyoTime(Date.parse(utc), 'ja'), tokyoTime(Date.parse(utc), 'en')]).toEqual([ja, en]);
});

test.each([
  [0, '0秒', '0 seconds'],
  [1_000, '1秒', '1 second'],
  [90_000, '1分', '1 minute'],
  [7_200_000, '2時間', '2 hours'],
  [9 * DAY, '9日', '9 days'],
])('%i ms is a length of time that people say', (ms, ja, en) => {
  expect([lengthOfTime(ms, 'ja'), lengthOfTime(ms, 'en')]).toEqual([ja, en]);
});
