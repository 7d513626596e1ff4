import { describe, expect, test } from 'vitest';
import { rulesSchema } from '../../src/classify/rules.ts';

const meaning = { ja: '災害です。', en: 'A disaster.' };
const sound = {
  lists: { event: ['地震'] },
  rules: [{ name: 'disaster', result: 'urgent', all: ['event'], meaning }],
  tests: [{ title: '地震', expect: 'urgent' }],
};

/** Where the mistakes of edited rules are reported. */
function check(edit: object): string[] {
  const read = rulesSchema.safeParse({ ...sound, ...edit });
  return read.success ? [] : read.error.issues.map((issue) => issue.path.join('.'));
}

test('sound rules are read, words in match form, a single list as one alternative', () => {
  const rules = rulesSchema.parse({ ...sound, lists: { event: ['ＦＬＯＯＤ*'] } });
  expect(rules.lists.event).toEqual(['flood*']);
  expect(rules.rules[0]?.all).toEqual([['event']]);
  expect(rules.doubts).toEqual([]);
});

test('words and tests may be blocks of text, in which lines that begin with # are comments', () => {
  const rules = rulesSchema.parse({
    ...sound,
    masks: '# None yet.\n',
    lists: { event: '地震, 津波\n# Latin ones.\nＦＬＯＯＤ*\n' },
    tests: { main: '# Ordinary.\n統計', urgent: '地震 <https://example.org/a>\n' },
  });
  expect(rules.masks).toEqual([]);
  expect(rules.lists.event).toEqual(['地震', '津波', 'flood*']);
  expect(rules.tests).toEqual([
    { title: '地震', url: 'https://example.org/a', expect: 'urgent', at: ['urgent', 0] },
    { title: '統計', url: null, expect: 'main', at: ['main', 1] },
  ]);
});

describe('a mistake is reported where it stands', () => {
  test.each<[string, object, string]>([
    ['a list that does not exist', { rules: [{ ...sound.rules[0], all: ['evnt'] }] }, 'rules.0.all'],
    ['an exception that does not exist', { rules: [{ ...sound.rules[0], none: ['evnt'] }] }, 'rules.0.none'],
    [
      'a list near another that does not exist',
      { rules: [{ ...sound.rules[0], all: ['event~cuase'] }] },
      'rules.0.all',
    ],
    ['a doubt that does not exist', { doubts: ['evnt'] }, 'doubts.0'],
    [
      'a rule without a condition, which would match everything',
      { rules: [{ ...sound.rules[0], all: [] }] },
      'rules.0.all',
    ],
    ['a word of one letter', { lists: { event: ['a'] } }, 'lists.event.0'],
    ['a lone asterisk', { lists: { event: ['*'] } }, 'lists.event.0'],
    ['a word of nothing but a gap', { lists: { event: ['…'] } }, 'lists.event.0'],
    ['a regular expression that never ends', { lists: { event: ['地震', '(a+)+$'] } }, 'lists.event.1'],
    ['a regular expression in a block', { lists: { event: '地震, earth.*quake' } }, 'lists.event.0'],
    ['a word of one letter in a block', { lists: { event: '# Comment.\n地震\n津波, a' } }, 'lists.event.2'],
    ['a block of comments alone', { lists: { event: '# None.' } }, 'lists.event'],
    ['tests of a class that does not exist', { tests: { alarm: '地震' } }, 'tests'],
    ['an empty list', { lists: { event: [] } }, 'lists.event'],
    ['a name used twice', { rules: [sound.rules[0], sound.rules[0]] }, 'rules.1.name'],
    ['the name of the default', { rules: [{ ...sound.rules[0], name: 'default' }] }, 'rules.0.name'],
    ['a path named like a list', { paths: { event: ['/saigai/'] } }, 'paths.event'],
    ['an unknown result', { rules: [{ ...sound.rules[0], result: 'alarm' }] }, 'rules.0.result'],
    ['rules without tests', { tests: [] }, 'tests'],
  ])('%s', (_, edit, where) => {
    expect(check(edit)).toContain(where);
  });
});
