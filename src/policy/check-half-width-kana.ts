import { PASS, type Check } from './check.ts';
import { ownWords } from './own-words.ts';
import { placeIn } from './excerpt.ts';

const HALF_WIDTH = /[\uFF61-\uFF9F]+/u;

/** Half-width kana come from old forms and copied tables, and are hard to read aloud; a person retypes them. */
export const checkHalfWidthKana: Check = (draft, context) => {
  const found = HALF_WIDTH.exec(ownWords(draft, context));
  if (found === null || !context.forced) return PASS;
  const place = placeIn(draft.text, found.index, found[0].length);
  return { kind: 'deny', params: { ...place, better: found[0].normalize('NFKC') } };
};
