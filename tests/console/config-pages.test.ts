import { expect, test } from 'vitest';
import { explainTitle } from '../../src/app/explain-title.ts';
import type { Rules } from '../../src/classify/rules.ts';
import type { Config } from '../../src/config.ts';
import { emptyFeedState } from '../../src/feed/feed-state.ts';
import { aFakeApp, aRealEntry, START } from '../app/fake-app.ts';
import { anItem } from '../contracts/store-samples.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { TestConsole } from './visitor.ts';

const DAY = 86_400_000;
const RELIEF = '令和8年能登沖地震により影響を受けた手続の取扱いについて';
const RECRUITING = '任期付職員の募集について';

function aConsole(config: Partial<Config> = {}): TestConsole {
  const app = aFakeApp();
  return new TestConsole({
    ...app,
    config: { ...app.config, feeds: [feedConfig({ name: 'jpo' })], ...config },
  });
}

/** The shipped rules, and one that keeps calls for staff from being posted. */
function withoutRecruiting(): Rules {
  const { rules } = aFakeApp().config;
  const meaning = { ja: '職員の募集です。', en: 'It is a call for staff.' };
  const rule = { name: 'recruiting', all: [['recruiting']], none: [], despite: [], meaning };
  const lists = { ...rules.lists, recruiting: ['職員の募集'] };
  return { ...rules, lists, rules: [{ ...rule, result: 'ignore' }, ...rules.rules] };
}

/** What stands between a heading that holds these words and the next one of its kind. */
function under(html: string, words: string, tag: 'h2' | 'h3' | 'summary'): string {
  const [, ...parts] = html.split(`<${tag}`);
  const part = parts.find((one) => one.split(`</${tag}>`, 1)[0]?.includes(words) === true);
  return part?.replaceAll(/\s+/gu, ' ') ?? '';
}

test('the page of feeds shows each as configured, how it was read, and what became of its last items', async () => {
  const console = aConsole({ rules: withoutRecruiting() });
  const { store, scope } = console.app;
  const feed = {
    ...emptyFeedState('jpo'),
    lastNewItemAt: START - 3 * DAY,
    pollDays: [
      { from: START - 2 * DAY - 12 * 3_600_000, read: 1, unchanged: 287, failed: 0 },
      { from: START - 12 * 3_600_000, read: 2, unchanged: 140, failed: 3 },
    ],
    outages: [
      { code: 'timeout', detail: '10 s', from: START - DAY, to: START - DAY, polls: 1 },
      { code: 'http-status', detail: 'HTTP 503', from: START - 600_000, to: START, polls: 3 },
    ] as const,
  };
  const own = { feed: 'jpo', url: null, firstSeenAt: START } as const;
  const seen = [
    {
      ...anItem('i1', ['k1']),
      ...own,
      title: '古いお知らせ',
      disposition: 'baseline',
      entryId: null,
    } as const,
    { ...anItem('i2', ['k2']), ...own, title: RECRUITING, disposition: 'ignored', entryId: null } as const,
    { ...anItem('i3', ['k3']), ...own, title: RELIEF, disposition: 'recorded', entryId: 'e3' } as const,
  ];
  const entries = [aRealEntry({ id: 'e3', state: 'held', heldSince: START })];
  await store.recordPoll({ scope, feed, seen, entries, supersede: [] });
  const { html } = await (await console.signedIn()).get('/feeds');
  expect(html).toContain('Mon 28 Sep 2026 12:00 JST (3 days ago)');
  const section = under(html, 'jpo', 'h2');
  expect(section).toContain('<dt>Read every</dt> <dd>5 minutes</dd>');
  expect(section).toContain('<th scope="row">2026-10-01</th> <td>2</td><td>140</td><td>3</td>');
  expect(section.indexOf('2026-10-01')).toBeLessThan(section.indexOf('2026-09-29'));
  const failed = section.slice(section.indexOf('When it could not be read'));
  expect(failed).toMatch(
    /Thu 1 Oct 2026 11:50 JST to Thu 1 Oct 2026 12:00 JST<[^]*The site answered with an error \(HTTP 503\)\.<[^]*>3</u,
  );
  expect(failed.indexOf('HTTP 503')).toBeLessThan(failed.indexOf('did not answer in time (10 s).<'));
  const rows = section.split('<tr').filter((row) => row.includes('lang="ja"'));
  expect(rows.map((row) => /lang="ja">([^<]+)</u.exec(row)?.[1])).toEqual([
    RELIEF,
    RECRUITING,
    '古いお知らせ',
  ]);
  expect(rows[0]).toContain('href="/posts/e3" >held');
  expect(rows[1]).toContain('No announcement, by rule "recruiting"'.replaceAll('"', '&quot;'));
  expect(rows[2]).toContain('Known from the first reading');
  const page = await (await console.signedIn()).get('/rules');
  expect(under(page.html, 'recruiting ', 'h3')).toMatch(
    new RegExp(`${RECRUITING}</span></th>\\s+<td[^>]*>not posted</td>`, 'u'),
  );
});

test('the page of rules shows what each rule decided last, and what no rule knew', async () => {
  const console = aConsole();
  const { store, config } = console.app;
  const { rule } = explainTitle(config.rules, { title: RELIEF, url: null, lang: 'ja' }, 'en');
  const source = { feed: 'jpo', itemId: 'a', title: RELIEF, url: null, publishedAt: START, problems: [] };
  await store.recordEntry(aRealEntry({ id: 'r1', state: 'held', heldSince: START, rule, source }));
  const { html } = await (await console.signedIn()).get('/rules');
  const section = under(html, `${rule} `, 'h3');
  expect(section).toContain('What it decided last');
  expect(section).toContain(RELIEF);
  expect(section).toContain('href="/posts/r1"');
  expect(under(html, 'default', 'h3')).toContain('It decided nothing of late.');
});

test('each test of the rules stands there with the class that it must get and the one that it gets', async () => {
  const { rules } = aFakeApp().config;
  const tests = [
    { title: RELIEF, url: null, expect: 'urgent', at: [0] },
    { title: '弁理士試験の会場変更について', url: null, expect: 'urgent', at: [1] },
  ] as const;
  const { html } = await (
    await aConsole({ rules: { ...rules, tests: [...tests] } }).signedIn()
  ).get('/rules');
  const section = under(html, 'Tests of the rules', 'h2');
  expect(section).toContain('1 tests of the rules fail');
  expect(section).toMatch(
    /弁理士試験の会場変更について<\/th> <td>urgent notice<\/td><td><span class="result deny">main update/u,
  );
  const all = await (await aConsole().signedIn()).get('/rules');
  expect(all.html).toContain(`All ${String(rules.tests.length)} tests of the rules pass.`);
  for (const { title } of rules.tests) expect(all.html).toContain(title.replaceAll('&', '&amp;'));
});

test('the page shows the posts that were made last from each template, by hand or from a feed', async () => {
  const console = aConsole();
  const { store } = console.app;
  await store.recordEntry(
    aRealEntry({ id: 't1', template: 'main', text: '一般のお知らせ\nhttps://www.jpo.go.jp/' }),
  );
  const forced = { kind: 'forced', topic: 'urgent', source: null, rule: 'forced' } as const;
  await store.recordEntry(
    aRealEntry({ id: 't2', ...forced, template: 'earthquake', text: '地震のお知らせ' }),
  );
  const { html } = await (await console.signedIn()).get('/rules');
  expect(under(html, 'Main update', 'summary')).toContain('href="/posts/t1" lang="ja">一般のお知らせ</a>');
  expect(under(html, 'Earthquake or tsunami', 'summary')).toContain(
    'href="/posts/t2" lang="ja">地震のお知らせ</a>',
  );
  expect(under(html, 'Heavy rain or flood', 'summary')).toContain('No post was made from it of late.');
});

test.each(['ja', 'en'] as const)(
  'a title that is tried gets the sentence that the command line gives, in %s',
  async (lang) => {
    const console = aConsole();
    const page = await (
      await console.signedIn('sato', lang)
    ).get(`/rules?title=${encodeURIComponent(RELIEF)}`);
    const { sentence } = explainTitle(
      console.app.config.rules,
      { title: RELIEF, url: null, lang: null },
      lang,
    );
    expect(page.html.replaceAll('&quot;', '"')).toContain(sentence);
  },
);
