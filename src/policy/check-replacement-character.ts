import { excerptAround } from './excerpt.ts';
import { PASS, type Check } from './check.ts';

/** U+FFFD stands where decoding lost a character; nobody can approve what was lost. */
export const checkReplacementCharacter: Check = (draft) => {
  const at = draft.text.indexOf('\uFFFD');
  return at < 0 ? PASS : { kind: 'deny', params: { found: excerptAround(draft.text, at, 1) } };
};
