import { PASS, type Check } from './check.ts';

/**
 * An account that said one sentence 12 times was suspended; X also refuses a repeat without saying of which post. A notice that a person
 * forced before its page stood in the feed is said again by the feed, in other words.
 */
export const checkDuplicateText: Check = (_draft, { duplicateOf, toldByHand = null }) => {
  if (duplicateOf !== null) return { kind: 'hold', params: { entry: duplicateOf } };
  return toldByHand === null ? PASS : { kind: 'hold', params: { entry: toldByHand, page: 1 } };
};
