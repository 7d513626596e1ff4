import { PASS, type Check } from './check.ts';
import { placeIn } from './excerpt.ts';
import { withoutLinks } from './links.ts';
import { ownWords } from './own-words.ts';
import { narrowed } from './narrowed.ts';

/** Words of practice, in half-width letters. 試験 alone is also an examination, and テスト a part of other words; rights are exercised. */
const DRILL = new RegExp(
  [
    '訓[\\s\\p{M}・-]*練|くんれん|クンレン|予行|リハーサル|ドリル|演習(?!場)|模擬(?!裁判|審判)|練習',
    '(?:試験|テスト)(?:配信|送信|投稿|放送|通報|発信|です|版|用|的な(?:投稿|配信))|[【[(](?:試験|テスト)[】\\])]',
    '(?<![ァ-ヶー])テ\\s?ス\\s?ト(?![ァ-ヶー])|テスト(?:メール|ツイート|ポスト|メッセージ|データ|アカウント)',
    'シ(?:ミュ|ュミ)レーション|架空の|(?:動作|動作試験|疎通|配信|送信)確認|動作試験|を想定した(?:もの|投稿|配信|お知らせ)',
    '(?:実際の[^。\\n]{0,8}|本番|本物|事実)ではありません|デモ(?:投稿|配信|です|版|用)',
    '(?<![A-Za-z])(?:drills?|rehears(?:als?|ing)|tests?|testing|t\\se\\ss\\st|dummy|fake|mock|dry[- ]?run|simulated?|simulations?)(?![A-Za-z])',
    '(?<![A-Za-z])(?:exercise\\W+exercise|exercise only|(?:is|for) (?:an? |the )?(?:exercise|practice|demo|trial run)|practice (?:run|message|post)|not (?:a )?real|demo(?: (?:run|message|post|notice))?)(?![A-Za-z])',
    '[[(【](?:exercise|practice|sample|demo)[\\])】]|^\\s*exercise(?!\\s+of)(?![A-Za-z])',
  ].join('|'),
  'iu',
);
/** How a drill's post begins, so that nobody takes it for the real thing. */
export const DRILL_MARKS: Readonly<Record<'ja' | 'en', string>> = { ja: '【訓練】', en: '[DRILL]' };

/**
 * Practice that went out as if it were real cost others half an hour of correction. Words of practice are refused in a
 * real notice, and their mark is demanded of a drill. Items of a feed are told apart when they are classed.
 */
export const checkDrillWord: Check = (draft, context) => {
  if (context.drill === true) {
    const marked = Object.values(DRILL_MARKS).some((mark) => draft.text.startsWith(mark));
    return marked
      ? PASS
      : { kind: 'deny', params: { found: draft.text.slice(0, 12), position: 1, drill: 1 } };
  }
  if (!context.forced) return PASS;
  const found = DRILL.exec(narrowed(withoutLinks(ownWords(draft, context))));
  if (found === null) return PASS;
  return {
    kind: 'deny',
    params: { ...placeIn(draft.text, found.index, found[0].length), word: found[0].trim() },
  };
};
