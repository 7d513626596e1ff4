import twitterText from 'twitter-text';
import { PASS, type Check } from './check.ts';

/** X turns `$ABC` into a link to a share price; an office has none to point to. */
export const checkCashtag: Check = (draft) => {
  const [tag] = twitterText.extractCashtags(draft.text);
  return tag === undefined ? PASS : { kind: 'deny', params: { found: `$${tag}` } };
};
