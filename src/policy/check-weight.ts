import { postWeight } from '../compose/post-weight.ts';
import { composeLimits } from '../limits/words.ts';
import { PASS, type Check } from './check.ts';
import { graphemesOf, placeIn } from './excerpt.ts';

/** X refuses what is too long or empty; refused here, it costs no attempt. */
export const checkWeight: Check = (draft) => {
  const { text, weight, weightMax } = draft;
  if (text.trim() === '') return { kind: 'deny', params: { weight: 0, weightMax } };
  if (weight <= weightMax) return PASS;
  const end = endOfFit(draft);
  return { kind: 'deny', params: { weight, weightMax, ...(end === null ? {} : placeIn(text, end, 1)) } };
};

/**
 * Where the first character stands that has no room. A link on the last line keeps its place: what is too long is the text before it,
 * and whoever cut the link would still be told that the post is too long, or post it without its page. null: no such place.
 */
function endOfFit({ text, url, weight, weightMax }: Parameters<Check>[0]): number | null {
  const words = url !== null && text.endsWith(`\n${url}`) ? text.slice(0, -url.length - 1) : text;
  const room = weightMax - (weight - postWeight(words));
  const starts = [...graphemesOf(words.slice(0, composeLimits.weighedCharsMax))].map(({ index }) => index);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (postWeight(words.slice(0, starts[middle])) <= room) low = middle;
    else high = middle - 1;
  }
  return starts[low] ?? null;
}
