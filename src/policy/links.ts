import twitterText from 'twitter-text';

/** A link as X would make it: `written` in the text; `host` in lower case without a final dot, null where unreadable. */
export type Link = { written: string; host: string | null; scheme: 'http' | 'https' | 'none' | 'other' };

/**
 * Every link that a reader could follow: what X links, with or without a scheme, and whatever else begins with http,
 * since X's own list of endings grows without notice. A wide net: better one link judged too many than too few.
 */
export function linksOf(text: string): readonly Link[] {
  const byX = twitterText.extractUrls(text, { extractUrlsWithoutProtocol: true });
  const bySight = text.match(/https?:\/\/[^\s\u3000-\u303F\uFF00-\uFF0F<>"'「」]+/giu) ?? [];
  const written = new Set([...byX, ...bySight].toSorted((a, b) => b.length - a.length));
  return [...written].map(readLink);
}

function readLink(written: string): Link {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//iu.exec(written)?.[1]?.toLowerCase();
  const address = scheme === undefined ? `https://${written}` : written;
  const url = URL.canParse(address) ? new URL(address) : null;
  // Credentials in an address make one host look like another.
  const host =
    url === null || url.username !== '' || url.password !== '' ? null : url.hostname.replace(/\.$/u, '');
  const known = scheme === 'http' || scheme === 'https' ? scheme : scheme === undefined ? 'none' : 'other';
  return { written, host, scheme: known };
}

/** Is the host one of these, or below one of them? `evil-jpo.go.jp` is not below `jpo.go.jp`. */
export function hostIsIn(host: string, hosts: readonly string[]): boolean {
  return hosts.some(
    (allowed) => host === allowed.toLowerCase() || host.endsWith(`.${allowed.toLowerCase()}`),
  );
}
