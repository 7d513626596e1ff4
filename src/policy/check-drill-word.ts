import { PASS, type Check } from './check.ts';
import { placeIn } from './excerpt.ts';
import { linksOf } from './links.ts';

/** Words of practice. 試験 alone is also an examination, and テスト a part of other words. */
const DRILL =
  /訓練|予行|リハーサル|(?:試験|テスト)(?:配信|送信|投稿|放送|通報|発信|です|版|用)|[【[(（［](?:試験|テスト)[】\])）］]|(?<![ァ-ヶー])テスト(?![ァ-ヶー])|(?<![A-Za-z])(?:drills?|rehearsals?|tests?|testing|dummy|dry[- ]run|simulated?|simulation|exercise only)(?![A-Za-z])/iu;
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
  const text = linksOf(draft.text).reduce(
    (rest, link) => rest.replaceAll(link.written, ' '.repeat(link.written.length)),
    draft.text,
  );
  const found = DRILL.exec(text);
  if (found === null) return PASS;
  return { kind: 'deny', params: { ...placeIn(draft.text, found.index, found[0].length), word: found[0] } };
};
