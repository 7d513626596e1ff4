import { describe, expect, test } from 'vitest';
import { textHash } from '../../src/compose/text-hash.ts';
import { textKey } from '../../src/compose/text-key.ts';

describe('two posts that a reader would call the same have one key', () => {
  test.each([
    ['full-width letters', 'ＰＣＴの手続', 'PCTの手続'],
    ['spaces, line feeds and punctuation', '手続の 取扱い、について。\n', '手続の取扱いについて'],
    ['capitals', 'Relief For Applicants', 'relief for applicants'],
    ['scheme, www and a closing slash of the link', 'a\nhttp://www.jpo.go.jp/x/', 'a\nhttps://jpo.go.jp/x'],
    [
      'trackers and fragment of the link',
      'a https://jpo.go.jp/x?utm_source=rss#top',
      'a https://jpo.go.jp/x',
    ],
  ])('whatever the %s', (_, one, other) => {
    expect(textKey(one)).toBe(textKey(other));
  });
});

describe('two posts that differ in sense have two keys', () => {
  test.each([
    ['the number of a report', '手続について(第2報)', '手続について(第3報)'],
    ['a date', '5月1日まで延長', '5月11日まで延長'],
    ['the page', 'a https://jpo.go.jp/1', 'a https://jpo.go.jp/2'],
    ['the page, by a parameter', 'a https://jpo.go.jp/?id=1', 'a https://jpo.go.jp/?id=2'],
    ['the case of a path', 'a https://jpo.go.jp/A', 'a https://jpo.go.jp/a'],
    ['an amount', '$5', '€5'],
  ])('by %s', (_, one, other) => {
    expect(textKey(one)).not.toBe(textKey(other));
  });
});

describe('the hash that an approval signs', () => {
  const post = { text: '手続の取扱いについて', account: 'jpo_NIPPON', mode: 'live' };

  test('is the same for the same text, account and mode, and 64 hexadecimal digits', () => {
    expect(textHash({ ...post })).toBe(textHash(post));
    expect(textHash({ ...post, account: '@JPO_nippon' })).toBe(textHash(post));
    expect(textHash(post)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('stays what it is from release to release, since approvals outlive them', () => {
    expect(textHash({ text: 'a', account: 'b', mode: 'live' })).toBe(
      'b24e6c2684fe8d236074fa62d91efdfcb12beada5fba6db1fba2eb9a42016ecd',
    );
  });

  test.each<[string, Partial<typeof post>]>([
    ['one character', { text: '手続の取扱いについて。' }],
    ['a trailing space', { text: '手続の取扱いについて ' }],
    ['another Unicode form', { text: '手続の取扱いについて'.normalize('NFC') + '\u200B' }],
    ['the account', { account: 'someone' }],
    ['the mode', { mode: 'drill' }],
  ])('changes with %s', (_, edit) => {
    expect(textHash({ ...post, ...edit })).not.toBe(textHash(post));
  });
});
