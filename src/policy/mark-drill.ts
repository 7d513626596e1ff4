import type { Draft } from '../compose/draft.ts';
import { postWeight } from '../compose/post-weight.ts';
import { DRILL_MARKS } from './check-drill-word.ts';

/** Practice says so before anything else. */
export function markedAsDrill(draft: Draft): Draft {
  const mark = DRILL_MARKS[draft.lang];
  const text = draft.text.startsWith(mark) ? draft.text : `${mark}${draft.text}`;
  return { ...draft, text, weight: postWeight(text) };
}
