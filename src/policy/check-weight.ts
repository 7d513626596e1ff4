import twitterText from 'twitter-text';
import { composeLimits } from '../limits/words.ts';
import { PASS, type Check } from './check.ts';
import { placeIn } from './excerpt.ts';

/** X refuses what is too long or empty; refused here, it costs no attempt. */
export const checkWeight: Check = (draft) => {
  const { text, weight, weightMax } = draft;
  if (text.trim() === '') return { kind: 'deny', params: { weight: 0, weightMax } };
  if (weight <= weightMax) return PASS;
  const end = twitterText.parseTweet(text.slice(0, composeLimits.weighedCharsMax)).validRangeEnd;
  // By our own weight it is too long, by the reference's it may just fit: then there is no place to show.
  const place = end > 0 && end + 1 < text.length ? placeIn(text, end + 1, 1) : null;
  return { kind: 'deny', params: { weight, weightMax, ...place } };
};
