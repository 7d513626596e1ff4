import { withoutTextFragment, withoutTracking } from './publishable-link.ts';

/**
 * The form of an address in which two spellings of one page are equal: no scheme, no `www.`, no default port, no index
 * page, no closing slash, parameters sorted. For matching only. Null in, null out.
 */
export function canonicalLink(link: string | null): string | null {
  if (link === null) return null;
  const url = URL.parse(link);
  if (url === null) return link;
  const host = url.hostname.replace(/^www\./, '').replace(/\.$/, '');
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  const path = url.pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp|cgi)$/i, '/')
    .replace(/\/$/, '');
  const search = withoutTracking(url.search).slice(1).split('&').filter(Boolean).toSorted().join('&');
  const hash = withoutTextFragment(url.hash);
  return `${host}${port}${path}${search === '' ? '' : `?${search}`}${hash === '#' ? '' : hash}`;
}
