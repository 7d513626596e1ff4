import * as fc from 'fast-check';
import tt from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { linkable } from '../../src/compose/linkable.ts';

const host = 'https://www.jpo.go.jp';

describe('a link that X would cut short is written so that it is not', () => {
  test.each([
    ['Japanese letters', '/特許.html', '/%E7%89%B9%E8%A8%B1.html'],
    ['a bracket that nothing opened', '/a)b', '/a%29b'],
    ['a full stop at the end', '/a.', '/a%2E'],
    ['signs at the end', '/a!;', '/a%21%3B'],
    ['braces in the query', '/?q={a}', '/?q=%7Ba%7D'],
    ['a letter outside the first plane', '/𠮷', '/%F0%A0%AE%B7'],
  ])('%s', (_, given, written) => {
    expect(linkable(host + given)).toBe(host + written);
  });
});

describe('a link that X links whole is left alone', () => {
  test.each([
    '/news/koho/saigai/20240112_encho.html',
    '/a(b)',
    '/?id=1&x=%E7%89%B9',
    '/e/#top',
    '/',
    '',
    '/a-b_c~d/',
    '/a,b;c',
  ])('%s', (rest) => {
    expect(linkable(host + rest)).toBe(host + rest);
  });
});

test('what cannot be mended is left alone', () => {
  expect(linkable('not a link')).toBe('not a link');
  expect(linkable('https://a.kids/特')).toBe('https://a.kids/特');
});

test('whatever the page, X links all of the address, and it is still the same page', () => {
  const page = fc.oneof(
    fc.webPath(),
    fc.webQueryParameters().map((query) => `/?${query}`),
    fc.string({ unit: 'binary' }).map((text) => `/${text}`),
  );
  fc.assert(
    fc.property(page, (rest) => {
      const url = new URL(host + rest).href;
      // A plus at the end of a query means a space, and X links neither: such an address stays as it is.
      fc.pre(url.startsWith(`${host}/`) && !/\?.*\+$/u.test(url));
      const written = linkable(url);
      expect(tt.extractUrls(`特許\n${written}`)).toEqual([written]);
      expect(unescaped(written)).toBe(unescaped(url));
    }),
    { numRuns: 2_000 },
  );
});

/** Bytes of the address with every escape undone; compared, since an escape may be invalid UTF-8. */
function unescaped(url: string): string {
  return url.replace(/%([0-9A-F]{2})/giu, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
