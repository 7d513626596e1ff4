import { expect, test } from 'vitest';
import type { PreviewLine, PreviewResult } from '../../src/app/preview.ts';
import { countDecisions, decisionOf } from '../../src/console/preview-decision.ts';
import { previewPage } from '../../src/console/preview-html.ts';
import { previewText } from '../../src/cli/preview-text.ts';

const AT = Date.UTC(2026, 10, 22, 3, 0);
const HEADING = { account: 'jpo_NIPPON', mode: 'live', name: '特許庁', at: AT } as const;

/** A main update that would be posted; what a test is not about stays as it is here. */
function aLine(overrides: Partial<PreviewLine> = {}): PreviewLine {
  return {
    feed: 'meti',
    item: {
      id: '1',
      title: '審査基準を改訂しました',
      url: 'https://www.jpo.go.jp/news/1.html',
      publishedAt: '2026-11-22T03:00:00.000Z',
    },
    classification: { kind: 'announce', topic: 'main', rule: 'default' },
    post: { text: '審査基準を改訂しました\nhttps://www.jpo.go.jp/news/1.html', weight: 46, weightMax: 280 },
    verdict: { kind: 'allow', reasons: [] },
    wouldPublish: true,
    known: false,
    lang: 'ja',
    because: [],
    ...overrides,
  };
}

const HELD = aLine({
  wouldPublish: false,
  verdict: { kind: 'hold', reasons: [{ rule: 'stale', message: '古いお知らせです。' }] },
});
const IGNORED = aLine({
  wouldPublish: false,
  verdict: null,
  post: null,
  classification: { kind: 'ignore', topic: null, rule: 'not-news' },
});

function aResult(lines: readonly PreviewLine[], problems: PreviewResult['problems'] = []): PreviewResult {
  return { lines, problems, feedsRead: 1 };
}

const decisions: readonly { name: string; line: PreviewLine; decision: ReturnType<typeof decisionOf> }[] = [
  { name: 'an allowed one', line: aLine(), decision: 'wouldPublish' },
  { name: 'an allowed one in quiet hours', line: aLine({ wouldPublish: false }), decision: 'wouldWait' },
  { name: 'a held one', line: HELD, decision: 'wouldHold' },
  {
    name: 'a denied one',
    line: aLine({ wouldPublish: false, verdict: { kind: 'deny', reasons: [] } }),
    decision: 'wouldRefuse',
  },
  { name: 'an ignored one', line: IGNORED, decision: 'wouldIgnore' },
  { name: 'a known one', line: aLine({ wouldPublish: false, known: true }), decision: 'known' },
];

test.each(decisions)(
  'the decision that is shown is the one that would be taken: $name',
  ({ line, decision }) => {
    expect(decisionOf(line)).toBe(decision);
  },
);

test('the sums add up to the items', () => {
  expect(countDecisions([aLine(), HELD, IGNORED, aLine({ wouldPublish: false })])).toEqual({
    items: 4,
    publish: 2,
    held: 1,
    rest: 1,
  });
});

test.each(['ja', 'en'] as const)(
  'the terminal shows text, length, class, rule and reasons of each item (%s)',
  (lang) => {
    const text = previewText(aResult([aLine(), HELD]), lang);
    for (const shown of [
      '| 審査基準を改訂しました',
      '| https://www.jpo.go.jp/news/1.html',
      '46',
      '234',
      'default',
      '- 古いお知らせです。',
    ]) {
      expect(text).toContain(shown);
    }
  },
);

test.each(['ja', 'en'] as const)(
  'the page shows each post as a card, with its name and handle, text, length, link, class, verdict and reasons (%s)',
  async (lang) => {
    const page = await previewPage(aResult([aLine({ because: ['地震'] }), HELD, IGNORED]), HEADING, lang);
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toMatch(/<strong>特許庁<\/strong>\s+@jpo_NIPPON/u);
    expect(page.match(/<article class="(\w+)"/gu)).toEqual([
      '<article class="wouldPublish"',
      '<article class="wouldHold"',
      '<article class="wouldIgnore"',
    ]);
    for (const shown of [
      '@jpo_NIPPON',
      '46',
      '234',
      'default',
      'not-news',
      '地震',
      '古いお知らせです。',
      'href="https://www.jpo.go.jp/news/1.html"',
      'jpo.go.jp/news/1.html</a>',
    ]) {
      expect(page).toContain(shown);
    }
    expect(page.includes('would be posted')).toBe(lang === 'en');
  },
);

test('the page needs nothing beside itself and runs nothing', async () => {
  const page = await previewPage(aResult([aLine()]), HEADING, 'ja');
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/iu);
  expect(page).toContain(`content-security-policy`);
});

const hostile = '</title><script>alert(1)</script>"\'><img src=x onerror=alert(1)> & <b>';

test('what a feed says stays text, wherever it stands', async () => {
  const line = aLine({
    feed: hostile,
    item: { id: hostile, title: hostile, url: `javascript:alert(1)//${hostile}`, publishedAt: null },
    classification: { kind: 'announce', topic: 'urgent', rule: hostile },
    post: { text: `${hostile} https://evil.test/"onmouseover="alert(1)`, weight: 1, weightMax: 280 },
    verdict: { kind: 'hold', reasons: [{ rule: 'stale', message: hostile }] },
    because: [hostile],
  });
  const page = await previewPage(
    aResult([line], [{ feed: hostile, message: hostile }]),
    { ...HEADING, name: hostile },
    'en',
  );
  expect(page).not.toContain('<script');
  expect(page).not.toContain('<img');
  expect(page).not.toContain('href="javascript:');
  expect(page).not.toContain('"onmouseover');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('problems of feeds stand on the page, and an empty preview says so', async () => {
  const page = await previewPage(aResult([], [{ feed: 'meti', message: '取得できません。' }]), HEADING, 'ja');
  expect(page).toContain('取得できません。');
  expect(previewText(aResult([]), 'en')).toBe('The feeds hold no items.');
  const unread = { ...aResult([]), feedsRead: 0 };
  expect(previewText(unread, 'en')).toBe('No feed could be read, so there is nothing to show.');
});

test('a long link is shown shortened as X does, and leads to the whole address', async () => {
  const url = 'https://www.jpo.go.jp/news/koho/saigai/eikyo-tetsuzuki-2026.html';
  const page = await previewPage(
    aResult([aLine({ post: { text: url, weight: 23, weightMax: 280 } })]),
    HEADING,
    'ja',
  );
  expect(page).toContain(`<a class="link" href="${url}" rel="noreferrer">jpo.go.jp/news/koho/saigai/…</a>`);
});
