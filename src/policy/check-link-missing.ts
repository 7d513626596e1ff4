import { PASS, type Check, type JudgedDraft } from './check.ts';
import { hostIsIn, linksOf } from './links.ts';

/** The linked page is the authority; a post that cannot be checked against one needs a person (policy clause P6). */
export const checkLinkMissing: Check = (draft, context) =>
  isLinked(draft, context.config.allowedHosts) ? PASS : { kind: 'hold', params: {} };

/** The draft's own link stands in its text; a person may also have typed one into the text itself. */
function isLinked(draft: JudgedDraft, hosts: readonly string[]): boolean {
  if (draft.url !== null) return draft.text.includes(draft.url);
  return linksOf(draft.text).some((link) => link.host !== null && hostIsIn(link.host, hosts));
}
