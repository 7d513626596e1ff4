import { describe, expect, test } from 'vitest';
import { canonicalLink } from '../../src/feed/canonical-link.ts';
import { publishableLink } from '../../src/feed/publishable-link.ts';

const BASE = 'https://www.jpo.go.jp/news/index.html';

function check(raw: string, expected: string): void {
  test(`${JSON.stringify(raw.slice(0, 80))} is ${expected}`, () => {
    const link = publishableLink(raw, BASE);
    expect(link.kind === 'link' ? link.url : link.kind).toBe(expected);
  });
}

describe('a link is published as an absolute web address, or not at all', () => {
  check('https://www.jpo.go.jp/a.html', 'https://www.jpo.go.jp/a.html');
  check('koho/a.html', 'https://www.jpo.go.jp/news/koho/a.html');
  check('//www.meti.go.jp/a', 'https://www.meti.go.jp/a');
  check('\n https://www.jpo.go.jp/a b.html\n', 'https://www.jpo.go.jp/a%20b.html');
  check('https://www.jpo.go.jp/a?utm_source=rss&id=1&fbclid=2', 'https://www.jpo.go.jp/a?id=1');
  check('https://www.jpo.go.jp/a?utm_medium=x#:~:text=b', 'https://www.jpo.go.jp/a');
  check('https://www.jpo.go.jp/a?q=%E7%89%B9&b=1+2', 'https://www.jpo.go.jp/a?q=%E7%89%B9&b=1+2');
  check('https://www.jpo.go.jp/new.html#n20261001', 'https://www.jpo.go.jp/new.html#n20261001');
  for (const odd of [
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@jpo.go.jp',
    'file:///etc/passwd',
    'ftp://x/',
  ]) {
    check(odd, 'refused');
  }
  check('https://jpo.go.jp@evil.example/', 'refused');
  check('https://user:secret@www.jpo.go.jp/', 'refused');
  check('https://', 'refused');
  check('http://[bad', 'refused');
  check('www.jpo.go.jp/a', 'refused');
  check(`https://www.jpo.go.jp/${'a'.repeat(2_048)}`, 'refused');
  check('https://www.jpo.go.jp/\ufffd', 'refused');
  check('https://www.jpo.go.jp/%EF%BF%BD', 'refused');
  check('', 'missing');
  test('a relative link without a base is refused', () => {
    expect(publishableLink('a.html', null).kind).toBe('refused');
  });
});

describe('two addresses of one page are one, of two pages two', () => {
  const page = 'https://www.jpo.go.jp/news/a/?b=1&a=2';
  const same = [
    'http://www.jpo.go.jp/news/a/?b=1&a=2',
    'https://jpo.go.jp/news/a/?b=1&a=2',
    'https://www.jpo.go.jp:443/news/a/?a=2&b=1',
    'https://www.jpo.go.jp/news/a/index.html?a=2&b=1&utm_source=x',
    'https://WWW.JPO.go.jp//news/a?a=2&b=1#:~:text=x',
    'https://www.jpo.go.jp/news/a?a=2&b=1#',
  ];
  const different = [
    'https://www.jpo.go.jp/news/b/?b=1&a=2',
    'https://www.jpo.go.jp/news/a/?b=1&a=3',
    'https://www.jpo.go.jp/news/a/?b=1&a=2#c',
    'https://www.jpo.go.jp/News/a/?b=1&a=2',
    'https://www.meti.go.jp/news/a/?b=1&a=2',
  ];
  for (const link of same)
    test(`${link} is the page`, () => expect(canonicalLink(link)).toBe(canonicalLink(page)));
  for (const link of different) {
    test(`${link} is another page`, () => expect(canonicalLink(link)).not.toBe(canonicalLink(page)));
  }
});
