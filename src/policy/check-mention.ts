import twitterText from 'twitter-text';
import { PASS, type Check } from './check.ts';

/** A mention (or list) speaks to somebody; the account answers nobody (policy clauses P3 and P4). */
export const checkMention: Check = (draft) => {
  const [mention] = twitterText.extractMentionsOrListsWithIndices(draft.text);
  return mention === undefined ? PASS : { kind: 'deny', params: { found: `@${mention.screenName}` } };
};
