import twitterText from 'twitter-text';
import { PASS, type Check } from './check.ts';

/** A mention speaks to somebody; the account answers nobody (policy clauses P3 and P4). */
export const checkMention: Check = (draft) => {
  const [name] = twitterText.extractMentions(draft.text);
  return name === undefined ? PASS : { kind: 'deny', params: { found: `@${name}` } };
};
