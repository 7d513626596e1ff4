import { PASS, type Check } from './check.ts';

/** The linked page is the authority; a post that cannot be checked against one needs a person (policy clause P6). */
export const checkLinkMissing: Check = (draft) =>
  draft.url !== null && draft.text.includes(draft.url) ? PASS : { kind: 'hold', params: {} };
