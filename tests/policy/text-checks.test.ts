import { describe, expect, test } from 'vitest';
import { judge } from '../../src/policy/judge.ts';
import { aContext, aDraft, aForcedContext, LINK } from './sample-draft.ts';

/** Judges words before the usual link; `found` is what the person is shown. */
function check(words: string, expected: string, who: 'feed' | 'person' = 'feed', found?: string): void {
  const verdict = judge(aDraft(words), who === 'feed' ? aContext() : aForcedContext());
  const [reason] = verdict.reasons;
  expect(`${verdict.kind} ${reason?.rule ?? ''}`.trim()).toBe(expected);
  if (found !== undefined) expect(Object.values(reason?.params ?? {})).toContain(found);
}

describe('characters that hide or break what is read are refused', () => {
  test.each([
    ['a lost character', '特許庁\uFFFDお知らせ', 'deny replacement-character'],
    ['a null', 'お知らせ\u0000', 'deny unsafe-character'],
    ['a tabulator', 'お知らせ\tです', 'deny unsafe-character'],
    ['a carriage return', 'お知らせ\r', 'deny unsafe-character'],
    ['an override of the reading direction', 'お知らせ\u202Egpj.exe', 'deny unsafe-character'],
    ['an isolate', '\u2066お知らせ\u2069', 'deny unsafe-character'],
    ['a zero-width space', '特許\u200B庁', 'deny unsafe-character'],
    ['a joiner outside an emoji', '特許\u200D庁', 'deny unsafe-character'],
    ['a word joiner', '特許\u2060庁', 'deny unsafe-character'],
    ['a byte order mark inside', '特許\uFEFF庁', 'deny unsafe-character'],
    ['a tag character', '特許\u{E0041}', 'deny unsafe-character'],
    ['a private character', '\uE000沢', 'deny unsafe-character'],
    ['half of a pair', '特許\uD83D', 'deny unsafe-character'],
    ['a line separator', '特許\u2028庁', 'deny unsafe-character'],
    ['a Hangul filler', '特許\u3164庁', 'deny unsafe-character'],
    ['a blank pattern of Braille', '特許\u2800庁', 'deny unsafe-character'],
    ['marks piled on a letter', `お知らせ${'\u0301'.repeat(3)}`, 'deny unsafe-character'],
  ])('%s', (_name, words, expected) => check(words, expected));

  test('and named by number, because they could not be seen', () => {
    check('特許\u200B庁', 'deny unsafe-character', 'feed', 'U+200B');
    check('特許\u{E0041}庁', 'deny unsafe-character', 'feed', 'U+E0041');
  });
});

describe('characters that people need pass', () => {
  test.each([
    ['line breaks', '一行目\n二行目'],
    ['emoji with joiners', '発明👩‍🔬の日'],
    ['flags', '日🇯🇵米🇺🇸'],
    ['the flag of England, which is made of tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['variants of kanji', '葛\u{E0100}飾区'],
    ['rare kanji beyond the basic plane', '𠮷野家'],
    ['full-width letters and signs', '「ＩＮＰＩＴ」（第２報）〜'],
    ['circled numbers', '①特許②意匠'],
    ['half-width kana', 'ﾊﾝｶｸ'],
    ['a letter with two marks', 'Việt e\u0323\u0304'],
  ])('%s', (_name, words) => check(words, 'allow'));
});

describe('what was not filled in is shown to a person, and sent back to its author', () => {
  test.each([
    [
      'a form with hour and minute left open',
      '本日○時○分頃の地震により',
      '本日○時○分頃の地震により'.slice(0, 11),
    ],
    ['a kanji zero as a gap', '〇〇地震の影響について', '〇〇地震の'],
    ['a triangle', '令和△年の災害', '令和△年'],
    ['two squares', '□□県', '□□県'],
    ['capital letters in a date', 'X月X日から', 'X月'],
    ['two capital letters', '担当：XX課', 'XX'],
    ['full-width letters', '令和ＸＸ年', 'ＸＸ'],
    ['a template’s braces', '{event}の影響', '{event}'],
    ['an empty pair of braces', '対象：{}', '{}'],
    ['a word for later', '期限：TBD', 'TBD'],
    ['the same with dots', '期限：T.B.D.', 'T.B.D'],
    ['an English phrase', 'The date is to be announced.', 'to be announced'],
    ['未定', '再開時期は未定', '未定'],
    ['underscores', '電話 ____ まで', '____'],
    ['an address with a gap', 'https://www.jpo.go.jp/{page}', '{page}'],
  ])('%s', (_name, words, part) => {
    for (const who of ['feed', 'person'] as const) {
      const verdict = judge(aDraft(words), who === 'feed' ? aContext() : aForcedContext());
      expect(verdict.kind).toBe(who === 'feed' ? 'hold' : 'deny');
      expect(verdict.reasons.map((reason) => reason.rule)).toContain('unfilled-placeholder');
      expect(String(verdict.reasons[0]?.params['found'])).toContain(part.slice(0, 4));
    }
  });
});

describe('words that only look like gaps pass', () => {
  test.each([
    ['zeros between kanji numerals', '二〇二六年四月一日'],
    ['a year that ends in zeros', '二〇〇〇年'],
    ['a multiplication sign between names', '特許庁×INPIT 共催'],
    ['a Roman number', 'Olympiad XXI'],
    ['a model letter', 'Xデー、X線、iPhone X'],
    ['a word that begins like 未定', '未定義の用語'],
    ['words that hold the letters', 'Exxon, TBDx'],
    ['dates', '2026年4月1日12時30分'],
    ['list marks of the office', '▲高▼橋'],
    ['an address with such letters', '詳細はこちら https://www.jpo.go.jp/xx/TBD/__x__.html'],
  ])('%s', (_name, words) => check(words, 'allow'));
});

describe('the account speaks to nobody and links to no one else', () => {
  test.each([
    ['a mention', '@someone お知らせ', 'deny mention', '@someone'],
    ['a mention with a full-width sign', 'お知らせ＠someone', 'deny mention', '@someone'],
    ['a mention after Japanese', '特許庁@jpo_NIPPONより', 'deny mention', '@jpo_NIPPON'],
    ['a list', '@jpo_NIPPON/news', 'deny mention', '@jpo_NIPPON'],
    ['a cashtag', 'Price of $TSLA', 'deny cashtag', '$TSLA'],
    ['a shortener', 'https://bit.ly/3abc', 'deny link-shortener', 'https://bit.ly/3abc'],
    ['a shortener without a scheme', 't.co/abc123', 'deny link-shortener', 't.co/abc123'],
    ['another site', 'https://example.com/a', 'hold link-host', 'https://example.com/a'],
    ['a site whose name begins like ours', 'https://www.jpo.go.jp.example.com/', 'hold link-host'],
    ['a site whose name ends like ours', 'https://evil-jpo.go.jp/', 'hold link-host'],
    ['a bare address', '詳細はexample.comへ', 'hold link-host', 'example.com'],
    ['an address that hides its host', 'https://www.jpo.go.jp@example.com/', 'hold link-host'],
    ['an address by number', 'http://192.0.2.1/a', 'hold link-host'],
    ['this machine', 'http://localhost/a', 'hold link-host'],
    ['an ending that is newer than the list', 'https://www.jpo.go.jp.example.kids/', 'hold link-host'],
    ['an address with a name and password', 'https://a:b@www.jpo.go.jp/', 'hold link-host'],
  ])('%s', (_name, words, expected, found?: string) => check(words, expected, 'feed', found));

  test.each([
    ['our own pages', 'https://www.jpo.go.jp/e/ と https://www.meti.go.jp/press/'],
    ['our own name in capitals', 'HTTPS://WWW.JPO.GO.JP/'],
    ['a bare address of ours', '特許庁（www.jpo.go.jp）'],
    ['an e-mail address of ours', 'PA0000@jpo.go.jp まで'],
    ['an amount of money', '手数料は$100です'],
    ['a price with letters', 'US$100'],
    ['a broken mention', '@ someone'],
    ['a hashtag', '#特許庁'],
  ])('%s passes', (_name, words) => check(words, 'allow'));

  test('an internationalised name counts as its own host, not as ours', () => {
    check('https://jро.go.jp/', 'hold link-host');
  });

  test('a link at the end of a Japanese sentence is read without the sentence', () => {
    check(`（${LINK}）をご覧ください。`, 'allow');
    check(`「${LINK}」をご覧ください。`, 'allow');
    check(`${LINK}をご覧ください。`, 'allow');
    check('https://www.jpo.go.jpをご覧ください。', 'allow');
    check('See https://www.jpo.go.jp, or (https://www.meti.go.jp).', 'allow');
  });
});
