import { describe, expect, test } from 'vitest';
import { type Likeness, canonicalLink, likenessOf, tellsTheSame } from '../../src/publish/match-own-post.ts';
import { readTimelinePage } from '../../src/publish/own-post.ts';
import { snowflakeAt } from '../../src/publish/snowflake.ts';

const URL_A = 'https://www.jpo.go.jp/news/a.html';

/** What X returns for a text: entities escaped, each link as t.co. */
function asReturned(text: string, links: readonly string[], more: object[] = []): object {
  let shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const urls: object[] = [...more];
  for (const [index, link] of links.entries()) {
    const short = `https://t.co/abc${String(index)}`;
    shown = shown.replaceAll(link.replaceAll('&', '&amp;'), short);
    urls.push({ start: 0, end: 23, url: short, expanded_url: link, display_url: link.slice(8, 20) });
  }
  const id = snowflakeAt(Date.parse('2026-11-22T00:00:00Z'));
  return { id, text: shown, created_at: '2026-11-22T00:00:00.000Z', entities: { urls } };
}

function check(
  name: string,
  entry: { text: string; url: string | null },
  wire: object,
  expected: Likeness,
): void {
  test(name, () => {
    const page = readTimelinePage({ data: [wire], meta: { result_count: 1 } });
    expect(page?.posts.map((post) => likenessOf(entry, post))).toEqual([expected]);
  });
}

const sent = (text: string, url: string | null = URL_A) => ({ text, url });

describe('a post of ours is known again after X has changed what it changes', () => {
  const same: readonly (readonly [string, ReturnType<typeof sent>, object])[] = [
    ['links as t.co', sent(`お知らせ ${URL_A}`), asReturned(`お知らせ ${URL_A}`, [URL_A])],
    ['entities', sent(`A & B <C> ${URL_A}`), asReturned(`A & B <C> ${URL_A}`, [URL_A])],
    ['text that looks like an entity', sent(`A &amp; B ${URL_A}`), asReturned(`A &amp; B ${URL_A}`, [URL_A])],
    [
      'two links',
      sent(`a ${URL_A} b https://www.meti.go.jp/x`),
      asReturned(`a ${URL_A} b https://www.meti.go.jp/x`, [URL_A, 'https://www.meti.go.jp/x']),
    ],
    [
      'a query with &',
      sent('q https://a.go.jp/?a=1&b=2', null),
      asReturned('q https://a.go.jp/?a=1&b=2', ['https://a.go.jp/?a=1&b=2']),
    ],
    [
      'a link directly before Japanese',
      sent(`詳細は${URL_A}（重要）`),
      asReturned(`詳細は${URL_A}（重要）`, [URL_A]),
    ],
    ['line breaks folded', sent(`一行目\n二行目 ${URL_A}`), asReturned(`一行目 二行目 ${URL_A}`, [URL_A])],
    ['composed letters', sent('か\u3099 café', null), asReturned('が cafe\u0301', [])],
    ['wide letters', sent('ＪＰＯ ２０２６', null), asReturned('JPO 2026', [])],
    [
      'final slash and http',
      sent('x http://www.jpo.go.jp/news/', null),
      asReturned('x https://www.jpo.go.jp/news', ['https://www.jpo.go.jp/news']),
    ],
    [
      'a Japanese path escaped',
      sent('x https://a.go.jp/お知らせ', null),
      asReturned('x https://a.go.jp/%e3%81%8a%e7%9f%a5%e3%82%89%e3%81%9b', [
        'https://a.go.jp/%e3%81%8a%e7%9f%a5%e3%82%89%e3%81%9b',
      ]),
    ],
    [
      'a bare host',
      sent('see example.com now', null),
      {
        ...asReturned('see https://t.co/zz now', []),
        entities: { urls: [{ url: 'https://t.co/zz', expanded_url: 'http://example.com' }] },
      },
    ],
    [
      'a picture link that X adds',
      sent('絵', null),
      {
        ...asReturned('絵 https://t.co/pic', []),
        entities: {
          urls: [{ url: 'https://t.co/pic', expanded_url: 'https://x.com/jpo/status/12/photo/1' }],
        },
      },
    ],
    [
      'a replacement pattern in a link',
      sent('x https://a.go.jp/$&/$1', null),
      asReturned('x https://a.go.jp/$&/$1', ['https://a.go.jp/$&/$1']),
    ],
  ];
  for (const [name, entry, wire] of same) check(name, entry, wire, 'same');
});

describe('another post is not taken for ours', () => {
  const others: readonly (readonly [string, ReturnType<typeof sent>, object, Likeness])[] = [
    [
      'other words, other link',
      sent(`A ${URL_A}`),
      asReturned('B https://www.jpo.go.jp/b.html', ['https://www.jpo.go.jp/b.html']),
      'other',
    ],
    ['other words, same link', sent(`A ${URL_A}`), asReturned(`B ${URL_A}`, [URL_A]), 'alike'],
    [
      'same words, other link',
      sent(`A ${URL_A}`),
      asReturned('A https://www.jpo.go.jp/b.html', ['https://www.jpo.go.jp/b.html']),
      'other',
    ],
    ['second report of the same thing', sent('第2報です', null), asReturned('第1報です', []), 'other'],
    ['another year', sent('令和8年', null), asReturned('令和7年', []), 'other'],
    [
      'a link that differs in its query',
      sent('A https://a.go.jp/?id=1', 'https://a.go.jp/?id=1'),
      asReturned('A https://a.go.jp/?id=2', ['https://a.go.jp/?id=2']),
      'other',
    ],
    [
      'a link that differs in case of its path',
      sent('A https://a.go.jp/X', 'https://a.go.jp/X'),
      asReturned('B https://a.go.jp/x', ['https://a.go.jp/x']),
      'other',
    ],
    ['the beginning alone', sent('長い文の始まりと終わり', null), asReturned('長い文の始まり', []), 'other'],
  ];
  for (const [name, entry, wire, likeness] of others) check(name, entry, wire, likeness);
});

test.each([
  ['HTTP://WWW.JPO.GO.JP:80/a/', 'www.jpo.go.jp/a'],
  ['https://www.jpo.go.jp./a', 'www.jpo.go.jp/a'],
  ['www.jpo.go.jp/a', 'www.jpo.go.jp/a'],
  ['https://a.jp:8443/', 'a.jp:8443'],
  ['https://a.jp/%e3%81%82', 'a.jp/%E3%81%82'],
  ['http://[broken', 'http://[broken'],
])('%s is written %s', (link, expected) => expect(canonicalLink(link)).toBe(expected));

test.each([
  ['10月1日09:02現在', 'ja', true],
  ['1 October 2026, 09:02 JST', 'en', true],
  ['10月1日現在', 'another wording', false],
])(
  'a shortened update that says %s (%s) tells the same as one of another moment: %s',
  (stamp, lang, expected) => {
    const url = 'https://www.jpo.go.jp/news/1.html';
    const source = {
      feed: 'jpo',
      itemId: '1',
      title: '長い題名の全文',
      url,
      publishedAt: null,
      problems: [],
    };
    const words = (moment: string): string => `【更新】長い題名…\n${moment}\n${url}`;
    const own = lang === 'en' ? '11 November 2026, 23:59 JST' : '11月11日23:59現在';
    expect(tellsTheSame({ text: words(own), url, source }, { text: words(stamp), links: [url] })).toBe(
      expected,
    );
  },
);
