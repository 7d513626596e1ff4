import { expect, test } from 'vitest';
import { readWords } from '../../src/classify/rule-texts.ts';
import { rulesSchema } from '../../src/classify/rules.ts';
import { templatesSchema } from '../../src/compose/templates.ts';
import { say } from '../../src/messages/sentence.ts';
import { schemaDetailJa } from '../../src/messages/schema-details.ts';
import { mistakeMessages } from '../../src/messages/mistakes.ts';

const both = (text: string): object => ({ ja: text, en: text });
const wrong = both('{title}{url}{gap}');
const rule = { name: 'a', result: 'main', all: ['none'], meaning: both('x') };
const announcements = {
  main: wrong,
  urgent: both(`${'x'.repeat(250)}\n{title}\n{url}`),
  'main-update': wrong,
  'urgent-update': wrong,
};
const fields = { url: { kind: 'text', label: both('x') } };

/** All that the schemas find wrong with these values, in their own words. */
function details(): string[] {
  const rules = {
    lists: { empty: [], p: ['ab'] },
    paths: { p: ['/'] },
    doubts: ['none'],
    rules: [rule, rule],
    tests: [],
  };
  const templates = {
    announcements,
    correction: wrong,
    forced: { a: { label: both('x'), fields, ...wrong } },
  };
  const found = [
    rulesSchema.safeParse(rules),
    rulesSchema.safeParse({ ...rules, lists: { p: ['ab'] }, tests: { main: 'x' } }),
    templatesSchema.safeParse(templates),
  ];
  return [
    ...readWords(['a', '(a+)+$', 'x'.repeat(300)]).mistakes.map(({ message }) => message),
    ...found.flatMap(({ error }) => error?.issues ?? []).map(({ message }) => message),
  ].filter((message) => !message.startsWith('Invalid input'));
}

test('what the schemas of rules and templates find wrong is said in Japanese', () => {
  const all = [...new Set(details())];
  expect(all.length).toBeGreaterThan(11);
  for (const detail of all) expect(schemaDetailJa(detail), detail).toMatch(/[ぁ-ん]/u);
  expect(schemaDetailJa('"(a+)+$": words are plain; no regular expression is run')).toBe(
    '「(a+)+$」：語は書かれたとおりの文字列として照合します。正規表現は使えません',
  );
  expect(schemaDetailJa('something else')).toBe('something else');
});

test('a bound is said as people write it', () => {
  expect(say(mistakeMessages['too-few'], 'ja', { limit: '≥ 1' })).toBe(
    '個数又は文字数が足りません（1以上が必要です）。',
  );
});
