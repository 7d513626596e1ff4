import { PASS, sourceOf, type Check } from './check.ts';
import { placeIn } from './excerpt.ts';
import { addressesBySight, hostIsIn, linksOf, type Link } from './links.ts';

/**
 * Links lead to the institution's own pages, in full. What a person typed is sent back to be corrected: there, whatever a reader takes
 * for an address counts, and one over plain http could be changed on its way.
 */
export const checkLinkHost: Check = (draft, context) => {
  const { allowedHosts } = context.config;
  const links = linksOf(draft.text);
  const isForeign = ({ host }: Link): boolean => host === null || !hostIsIn(host, allowedHosts);
  const foreign =
    links.find(isForeign)?.written ?? (context.forced ? addressesBySight(draft.text)[0] : undefined);
  // The page of a wrong post is the one that its correction must lead to.
  const plain =
    context.forced && context.quotes === undefined
      ? links.find(({ written }) => /^http:/iu.test(written))?.written
      : undefined;
  const wrong = foreign ?? plain;
  if (wrong === undefined) return PASS;
  const { position } = placeIn(draft.text, draft.text.indexOf(wrong), wrong.length);
  const params = {
    link: wrong,
    position,
    allowed: allowedHosts.join(', '),
    from: sourceOf(context),
    ...(foreign === undefined ? { plain: 1 } : {}),
  };
  return { kind: context.forced ? 'deny' : 'hold', params };
};
