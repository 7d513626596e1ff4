import { PASS, sourceOf, type Check } from './check.ts';
import { placeIn } from './excerpt.ts';
import { hostIsIn, linksOf } from './links.ts';

/** Links lead to the institution's own pages, in full. What a person typed is sent back to be corrected. */
export const checkLinkHost: Check = (draft, context) => {
  const { allowedHosts } = context.config;
  const foreign = linksOf(draft.text).find(
    (link) => link.host === null || !hostIsIn(link.host, allowedHosts),
  );
  if (foreign === undefined) return PASS;
  const position = placeIn(draft.text, draft.text.indexOf(foreign.written), foreign.written.length).position;
  const params = {
    link: foreign.written,
    position,
    allowed: allowedHosts.join(', '),
    from: sourceOf(context),
  };
  return { kind: context.forced ? 'deny' : 'hold', params };
};
