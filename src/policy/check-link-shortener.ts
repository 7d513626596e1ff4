import { PASS, type Check } from './check.ts';
import { hostIsIn, linksOf } from './links.ts';

/** A shortened address hides where it leads, and its owner may change that. */
export const checkLinkShortener: Check = (draft, context) => {
  const short = linksOf(draft.text).find(
    (link) => link.host !== null && hostIsIn(link.host, context.config.shortenerHosts),
  );
  return short === undefined ? PASS : { kind: 'deny', params: { link: short.written } };
};
