import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRuleTests, classify, resultOf } from '../../src/classify/classify.ts';
import { rulesSchema, type Result } from '../../src/classify/rules.ts';
import type { Lang } from '../../src/feed/item.ts';
import { shippedRules } from './shipped-rules.ts';
import { cpuTime } from '../cpu-time.ts';

type Labelled = { lang: Lang; urgent: boolean; title: string; url: string | null };

function resultFor(title: string, url: string | null = null, lang: Lang = 'ja'): Result {
  return resultOf(classify({ title, url, lang }, shippedRules));
}

/** Counts what became of labelled titles, and names the titles that went wrong. */
function measure(titles: readonly Labelled[]) {
  const judged = titles.map((one) => ({ ...one, result: resultFor(one.title, one.url, one.lang) }));
  const urgent = judged.filter((one) => one.urgent);
  const ordinary = judged.filter((one) => !one.urgent);
  const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;
  return {
    missed: urgent.filter(({ result }) => result === 'main' || result === 'ignore').map(({ title }) => title),
    falseAlarms: ordinary.filter(({ result }) => result === 'urgent').map(({ title }) => title),
    sureShare: share(
      urgent.filter(({ result }) => result === 'urgent'),
      urgent,
    ),
    reviewShare: share(
      ordinary.filter(({ result }) => result === 'review'),
      ordinary,
    ),
  };
}

const RIGHT = { missed: [], falseAlarms: [], sureEnough: true, fewInReview: true };

/** At least 80 % of the urgent for sure, at most 15 % of the ordinary for a person. */
function check(titles: readonly Labelled[]) {
  const { missed, falseAlarms, sureShare, reviewShare } = measure(titles);
  return { missed, falseAlarms, sureEnough: sureShare >= 0.8, fewInReview: reviewShare <= 0.15 };
}

function ownTitles(): Labelled[] {
  const text = readFileSync(new URL('../fixtures/classify/titles.tsv', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return rows.slice(1).map((line) => {
    const [lang = '', label, title = '', url = null] = line.split('\t');
    return { lang: lang === 'ja' ? 'ja' : 'en', urgent: label === 'urgent', title, url };
  });
}

describe('on titles as offices word them', () => {
  test('no urgent title is missed, no ordinary one is called urgent, and few need a person', () => {
    const titles = ownTitles();
    expect(titles.length).toBeGreaterThan(400);
    expect(check(titles)).toEqual(RIGHT);
  });

  test('each language meets the measure by itself', () => {
    for (const lang of ['ja', 'en'])
      expect(check(ownTitles().filter((one) => one.lang === lang))).toEqual(RIGHT);
  });

  test('full-width letters, half-width brackets and odd spaces change no class', () => {
    const wide = (title: string) =>
      title.replace(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0));
    for (const { title, lang } of ownTitles()) {
      const plain = [title, resultFor(title, null, lang)];
      expect([title, resultFor(wide(title), null, lang)]).toEqual(plain);
      expect([title, resultFor(` ${title}\u3000`, null, lang)]).toEqual(plain);
    }
  });
});

/** A larger labelled list lives outside the project; it is read only where its folder is named. */
const corpora = [process.env.KOSATSU_CORPUS].filter((folder) => folder !== undefined);
describe.each(corpora)('on the labelled list in %s', (folder) => {
  const rows = readFileSync(join(folder, 'titles.tsv'), 'utf8').trimEnd().split('\n').slice(1);
  const titles = rows.flatMap((row): Labelled[] => {
    const [lang, label, , note = '', title = '', url = ''] = row.split('\t');
    const one = { urgent: label === 'urgent', title, url: url === '' ? null : url };
    return note.includes('arguable') ? [] : [{ ...one, lang: lang === 'ja' ? 'ja' : 'en' }];
  });

  test('no urgent title is missed, no ordinary one is called urgent, and few need a person', () => {
    expect(titles.length).toBeGreaterThan(50);
    expect(check(titles)).toEqual(RIGHT);
  });
});

describe('a drill is never urgent', () => {
  test.each([
    '【訓練】令和8年南海地震により影響を受けた手続の取扱いについて',
    '令和8年南海地震により影響を受けた手続の取扱いについて(訓練)',
    'これは訓練です。洪水により影響を受けた手続の取扱いについて',
    '[TEST] Handling of Procedures Affected by the Flood',
    'Exercise: Relief for Applicants Affected by the Earthquake',
  ])('%s goes to a person', (title) => {
    expect(resultFor(title)).toBe('review');
  });
});

describe('paths', () => {
  const saigai = 'https://www.jpo.go.jp/news/koho/saigai/2026.html';
  test.each<[string, string | null, Result]>([
    ['手続の取扱いについて(台風関連)', saigai, 'urgent'],
    ['お知らせ', saigai, 'review'],
    ['避難訓練の様子', saigai, 'review'],
    ['お知らせ', 'https://www.jpo.go.jp/news/koho/info/2026.html', 'main'],
    ['お知らせ', 'https://example.org/?next=/news/koho/saigai/', 'main'],
    ['お知らせ', 'not a link', 'main'],
  ])('%s at %s is %s', (title, url, result) => {
    expect(resultFor(title, url)).toBe(result);
  });
});

describe('the reasons of a class', () => {
  test('the rule and the words that met it are named', () => {
    const { rule, because } = classify(
      { title: '豪雨により影響を受けた手続の取扱いについて', url: null, lang: 'ja' },
      shippedRules,
    );
    expect(rule).toBe('affected-procedures');
    expect(because).toEqual(['event: 豪雨', 'affected: 影響を受け', 'term: 手続']);
  });

  test('a doubt is named beside what would be urgent', () => {
    const classification = classify(
      { title: '地震により影響を受けた手続に関する説明会', url: null, lang: 'ja' },
      shippedRules,
    );
    expect(classification.kind).toBe('review');
    expect(classification.because).toContain('genre: 説明会');
  });

  test('what no rule knows is a main update by default', () => {
    const classification = classify({ title: '', url: null, lang: 'ja' }, shippedRules);
    expect(classification).toEqual({ kind: 'announce', topic: 'main', rule: 'default', because: [] });
  });
});

describe('a rule that wants two words near each other', () => {
  const near = rulesSchema.parse({
    lists: { event: ['地震', 'quake'], cause: ['により', 'due to'] },
    rules: [{ name: 'near', result: 'review', all: ['event~cause'], meaning: { ja: '近い', en: 'Near.' } }],
    tests: [{ title: '地震により', expect: 'review' }],
  });
  test.each<[string, string | null]>([
    ['地震により影響を受けた手続', '地震により'],
    ['地震等の発生により', '地震等の発生により'],
    ['Delays due to the recent quake', 'due to the recent quake'],
    ['地震計に関する技術の特許出願の動向により', null],
    ['A quake-proof chair, and why our page was offline: due to works', null],
    ['地震の記録', null],
    [`${'地震 '.repeat(800)}${'により'.repeat(400)}`, null],
  ])('%s', (title, words) => {
    const { because } = classify({ title, url: null, lang: 'ja' }, near);
    expect(because).toEqual(words === null ? [] : [`event~cause: ${words}`]);
  });
});

describe('the tests beside the rules', () => {
  test('pass as shipped, and touch every rule', () => {
    expect(checkRuleTests(shippedRules)).toEqual([]);
    const used = shippedRules.tests.map(
      ({ title, url }) => classify({ title, url, lang: 'ja' }, shippedRules).rule,
    );
    expect(shippedRules.rules.map(({ name }) => name).filter((name) => !used.includes(name))).toEqual([]);
  });

  test('name the title, both classes and the rule when an edit breaks them', () => {
    const edited = { ...shippedRules, lists: { ...shippedRules.lists, event: ['噴火'] } };
    expect(checkRuleTests(edited)).toContainEqual({
      at: ['review', expect.any(Number)],
      title: '津波と審判手続',
      expected: 'review',
      got: 'main',
      rule: 'default',
    });
  });

  test('fail when a rule matches everything', () => {
    const everything = shippedRules.rules.map((rule) => ({ ...rule, all: [], result: 'urgent' as const }));
    expect(checkRuleTests({ ...shippedRules, rules: everything }).length).toBeGreaterThan(10);
  });
});

test('a title of 100,000 characters is judged in under a second', () => {
  const spent = cpuTime();
  resultFor('地震により影響を受けた手続の…'.repeat(8_000));
  expect(spent()).toBeLessThan(1_000);
});
