import { describe, expect, test } from 'vitest';
import { hitsIn, indexWords, matchForm } from '../../src/classify/match-words.ts';
import { cpuTime } from '../cpu-time.ts';

function check(title: string, word: string): string | null {
  const text = matchForm(title);
  const [hit] = hitsIn(text, indexWords([['word', [matchForm(word)]]]));
  return hit === undefined ? null : text.slice(hit.start, hit.end);
}

describe('a word is found', () => {
  test.each<[string, string, string | null]>([
    ['令和6年能登半島地震について', '地震', '地震'],
    ['Ｔｙｐｈｏｏｎ Ｎｏ．１５', 'typhoon', 'typhoon'],
    ['ｺﾛﾅの影響', 'コロナ', 'コロナ'],
    ['COVID–19 measures', 'covid-19', 'covid 19'],
    ['大 雨 の影響', '大雨', '大雨'],
    ['Floods in May', 'flood*', 'flood'],
    ['郵便物の配達の遅延について', '郵便…遅延', '郵便物の配達の遅延'],
    ['影響を大きく受けた手続', '影響…受け', '影響を大きく受け'],
    ['applicant’s', "applicant's", "applicant's"],
  ])('%s holds %s', (title, word, found) => {
    expect(check(title, word)).toBe(found);
  });
});

describe('a word is not found', () => {
  test.each<[string, string, string | null]>([
    ['Floods in May', 'flood', null],
    ['A firewall upgrade', 'fire', null],
    ['Satsunami', 'tsunami', null],
    ['遅延した郵便物', '郵便…遅延', null],
    [`郵便${'あ'.repeat(50)}遅延`, '郵便…遅延', null],
    ['', '地震', null],
  ])('%s does not hold %s', (title, word, found) => {
    expect(check(title, word)).toBe(found);
  });
});

test('a second beginning is tried where the first leads nowhere', () => {
  expect(check(`郵便${'あ'.repeat(50)}郵便の遅延`, '郵便…遅延')).toBe('郵便の遅延');
});

test('words of many lists are found in one go, from left to right', () => {
  const index = indexWords([
    ['event', ['大雨', 'flood*']],
    ['measure', ['延長', '方']],
  ]);
  const hits = [...hitsIn(matchForm('Floods, 大雨: 方の延長'), index)];
  expect(hits.map(({ name, start }) => [name, start])).toEqual([
    ['event', 0],
    ['event', 8],
    ['measure', 12],
    ['measure', 14],
  ]);
});

test('a text made to be slow is searched in under a second', () => {
  const spent = cpuTime();
  expect(check('a '.repeat(1_000), 'a*…a*…a*…a*…b')).toBe(null);
  expect(check('あ'.repeat(2_000), 'あ…あ…あ…い')).toBe(null);
  expect(spent()).toBeLessThan(1_000);
});
