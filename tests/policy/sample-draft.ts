import type { JudgedDraft, PolicyContext } from '../../src/policy/check.ts';
import type { PolicyConfig } from '../../src/policy/policy-config.ts';

/** Noon in Japan on Wednesday, 1 April 2026. */
export const NOON = Date.parse('2026-04-01T12:00:00+09:00');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const LINK = 'https://www.jpo.go.jp/news/press/2026/0401.html';

export function aPolicy(change: Partial<PolicyConfig> = {}): PolicyConfig {
  return {
    version: 'test/1',
    allowedHosts: ['jpo.go.jp', 'meti.go.jp'],
    shortenerHosts: ['bit.ly', 't.co'],
    quietHours: null,
    dailyBudget: { posts: 40, reservedForUrgent: 10 },
    approval: { feedMain: 'auto', feedUrgent: 'auto', forced: 'one' },
    staleItemMs: 7 * DAY,
    mainQueuedMaxMs: 72 * HOUR,
    duplicateTextWindowMs: 30 * DAY,
    approvalExpiresMs: DAY,
    published: null,
    futureDatedMs: DAY,
    prices: { currency: 'USD', post: 0.015, postWithLink: 0.2, delete: 0.01, read: 0.001 },
    budget: { monthly: null, reservedForUrgent: null },
    ...change,
  };
}

/** A main update from a feed with nothing wrong in it. `words` stand before the link. */
export function aDraft(
  words = '「特許行政年次報告書2026年版」を公表しました',
  change: Partial<JudgedDraft> = {},
): JudgedDraft {
  return {
    topic: 'main',
    lang: 'ja',
    text: `${words}\n${LINK}`,
    weight: 80,
    weightMax: 280,
    url: LINK,
    source: { title: words, publishedAt: NOON - HOUR, problems: [] },
    ...change,
  };
}

export function aContext(change: Partial<PolicyContext> = {}): PolicyContext {
  return {
    now: NOON,
    config: aPolicy(),
    classification: 'announce',
    forced: false,
    approvalsGiven: 0,
    covered: [],
    duplicateOf: null,
    sentToday: { main: 0, urgent: 0 },
    burst: false,
    ...change,
  };
}

/** A notice typed by a person who has confirmed it. */
export function aForcedContext(change: Partial<PolicyContext> = {}): PolicyContext {
  return aContext({ classification: null, forced: true, approvalsGiven: 1, ...change });
}
