import { describe, expect, test } from 'vitest';
import { detectLang } from '../../src/feed/detect-lang.ts';
import { foldTitle } from '../../src/feed/fold-title.ts';
import { cleanTitle } from '../../src/feed/item-text.ts';
import { looksLikeMojibake } from '../../src/feed/mojibake.ts';
import { encodeAs } from '../fixtures/feed/encode.ts';

function check(name: string, raw: string, title: string, codes: readonly string[] = []): void {
  test(name, () => {
    const cleaned = cleanTitle(raw);
    expect(cleaned.title).toBe(title);
    expect(cleaned.problems.map(({ code }) => code)).toEqual(codes);
    expect(cleaned.problems.every(({ blocking }) => blocking)).toBe(true);
  });
}

describe('a title is cleaned without changing what it says', () => {
  check('entities are decoded', 'R&amp;D &quot;2026&quot; &#x7279;&#35377;', 'R&D "2026" 特許');
  check('entities that were escaped twice are decoded', 'R&amp;amp;D', 'R&D');
  check('markup goes, its text stays', '<b>重要</b>なお<a href="x">知らせ</a>', '重要なお知らせ');
  check('markup that was escaped goes', '&lt;b&gt;重要&lt;/b&gt;', '重要');
  check('markup that was escaped twice goes', '&amp;lt;b&amp;gt;重要&amp;lt;/b&amp;gt;', '重要');
  check('a line break separates words', 'Handling of<br/>Procedures', 'Handling of Procedures');
  check('a script is not text', '手続<script>alert(1)</script>の取扱い', '手続の取扱い');
  check(
    'what only looks like markup stays',
    '<重要> 1 < 2 <Update> お知らせ',
    '<重要> 1 < 2 <Update> お知らせ',
  );
  check('white space is folded', ' 手続\n\t の\u00a0 取扱い ', '手続 の 取扱い');
  check('an ideographic space stays', '第１回　審議会', '第１回　審議会');
  check('controls go', '手続\u0007の\u0000取扱い', '手続の取扱い');
  check('bidi and zero-width characters go', '\u202e手続\u200bの\u2066取扱い\ufeff', '手続の取扱い');
  check('blank fillers go', '手続\u3164の\u2800取扱い', '手続の取扱い');
  check('variation selectors and tag characters go', '葛\u{e0100}城\ufe0f\u{e0041}', '葛城');
  check('the composed form is used', 'か\u3099', 'が');
  check('astral characters stay', '𠮷野家 😀', '𠮷野家 😀');
});

describe('a title that is not certain is blocked', () => {
  check('nothing', ' <b></b>&nbsp; ', '', ['title-missing']);
  check('a replacement character', '手続\ufffdの取扱い', '手続\ufffdの取扱い', ['title-lossy']);
  check('a lone surrogate', '手続\ud800の取扱い', '手続\ufffdの取扱い', ['title-lossy']);
  check('a private character', '\ue000田の手続', '田の手続', ['title-lossy']);
  check('an entity that nobody knows', '&sekret;の手続', '&sekret;の手続', ['title-lossy']);
  check('more than 4,000 characters', 'あ'.repeat(4_001), 'あ'.repeat(4_000), ['title-cut']);
  check('UTF-8 that was encoded twice is mended, and waits', 'æ—¥æœ¬', '日本', ['title-mojibake']);
  check('lost characters', '????????について', '????????について', ['title-mojibake']);
});

describe('mojibake is recognised', () => {
  const text = '令和8年能登半島地震により影響を受けた手続の取扱いについて';
  const pairs = [
    ['utf-8', 'shift_jis'],
    ['utf-8', 'windows-1252'],
    ['utf-8', 'euc-jp'],
    ['shift_jis', 'windows-1252'],
    ['euc-jp', 'windows-1252'],
    ['euc-jp', 'shift_jis'],
    ['shift_jis', 'euc-jp'],
    ['shift_jis', 'utf-8'],
  ] as const;
  for (const [written, read] of pairs) {
    test(`${written} read as ${read}`, () => {
      const { problems } = cleanTitle(new TextDecoder(read).decode(encodeAs(text, written)));
      expect(problems.length).toBeGreaterThan(0);
    });
  }
  test('ISO-2022-JP without its escape characters', () => {
    const bytes = encodeAs(text, 'iso-2022-jp').filter((byte) => byte !== 0x1b);
    expect(looksLikeMojibake(new TextDecoder().decode(bytes))).toBe(true);
  });
  const honest = [
    text,
    'Handling of Procedures Affected by the 2024 Noto Peninsula Earthquake — “bailout” measures',
    'Fees of $BILLION, café à Genève, Über-Größe, São Paulo – €5',
    'ｲﾉﾍﾞｰｼｮﾝ･ﾃﾞｻﾞｲﾝ｢2026｣の開催',
    'どうする？？ 特許',
    '中华人民共和国国家知识产权局 / 대한민국 특허청',
  ];
  for (const title of honest) {
    test(`“${title}” is not mojibake`, () => {
      expect(cleanTitle(title).problems).toEqual([]);
    });
  }
});

describe('two spellings of one title fold to one text, two titles do not', () => {
  const same: readonly [string, string][] = [
    ['第２報　手続の取扱いについて。', '第2報 手続の取扱いについて'],
    ['「省CO２」〜公表～', '｢省ＣＯ2｣～公表〜'],
    ['Handling of “Procedures”', 'HANDLING OF Procedures!'],
    ['サーバー', 'ｻｰﾊﾞｰ'],
  ];
  const different: readonly [string, string][] = [
    ['第1報', '第2報'],
    ['R7.1.3', 'R7.13'],
    ['1~3月', '13月'],
    ['特許', '意匠'],
  ];
  for (const [a, b] of same) test(`${a} = ${b}`, () => expect(foldTitle(a)).toBe(foldTitle(b)));
  for (const [a, b] of different) test(`${a} ≠ ${b}`, () => expect(foldTitle(a)).not.toBe(foldTitle(b)));
});

describe('the language of a title is found', () => {
  const cases: readonly [string, string][] = [
    ['手続の取扱いについて', 'ja'],
    ['特許庁組織令改正', 'ja'],
    ['WIPOアラート', 'ja'],
    ['(Bailout measure) Handling of Procedures Affected by the Earthquake', 'en'],
    ['Message from the Commissioner of the JPO (特許庁)', 'en'],
    ['', 'en'],
  ];
  for (const [title, lang] of cases)
    test(`“${title}” is ${lang}`, () => expect(detectLang(title)).toBe(lang));
});
