import { parseLimits } from '../limits/intake.ts';

/** A link that a post may carry, or why there is none. `detail` is the link in its own words. */
export type PublishableLink =
  { kind: 'link'; url: string } | { kind: 'refused'; detail: string } | { kind: 'missing' };

/** Parameters that say where a reader came from, not what the page is. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|yclid|msclkid|twclid|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok|s_cid|cmpid|vero_id|oly_\w+_id|ref_src|ref_url|__twitter_impression)$/i;

/**
 * The absolute http(s) address of a page, without tracking parameters and text fragments. A fragment that names a place
 * on the page stays, because lists of news use it. Refused: other schemes, user names in the address, endless addresses.
 */
export function publishableLink(raw: string, base: string | null): PublishableLink {
  const href = raw.trim();
  if (href === '') return { kind: 'missing' };
  const refused: PublishableLink = { kind: 'refused', detail: href.slice(0, 200) };
  if (href.length > parseLimits.linkCharsMax || /^www\./i.test(href)) return refused;
  // A character that was lost on the way makes it another page's address.
  if (/\ufffd|%ef%bf%bd/i.test(href)) return refused;
  const url = URL.parse(href, base ?? undefined);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return refused;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return refused;
  url.search = withoutTracking(url.search);
  url.hash = withoutTextFragment(url.hash);
  return url.href.length > parseLimits.linkCharsMax ? refused : { kind: 'link', url: url.href };
}

/** Leaves every other parameter as it is written: re-encoding would make another address of it. */
export function withoutTracking(search: string): string {
  if (search === '') return '';
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => !TRACKING.test(pair.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** Cuts `#:~:text=…`, which only marks words on the page. */
export function withoutTextFragment(hash: string): string {
  const at = hash.indexOf(':~:');
  if (at < 0) return hash;
  const kept = hash.slice(0, at);
  return kept === '#' ? '' : kept;
}
