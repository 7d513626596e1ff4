import twitterText from 'twitter-text';

/** A link: `written` as it stands in the text; `host` in lower case without a final dot, null where it is unreadable. */
export type Link = { written: string; host: string | null };

/** Scheme and host of anything that begins like an address, whatever it ends in; host names of other scripts end it. */
const BY_SIGHT = /https?:\/\/[A-Za-z0-9.\-_~%!$&*+,;=:@[\]]*/giu;

/**
 * Every link that a reader could follow: what X links, with or without a scheme, and whatever else begins with http,
 * since X's list of endings grows and ours is of 2020. A wide net: better one link judged too many than too few.
 */
export function linksOf(text: string): readonly Link[] {
  const entities = twitterText.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: true });
  const byX = entities.map(({ url }) => readLink(url));
  const starts = new Set(entities.map(({ indices }) => indices[0]));
  const bySight = [...text.matchAll(BY_SIGHT)].flatMap((match) => {
    const written = match[0].replace(/[.,;:!]+$/u, '');
    const noHost = /^https?:\/*$/iu.test(written);
    if (noHost) return starts.has(match.index) ? [] : [{ written: match[0], host: null }];
    const link = readLink(written);
    return byX.some((known) => known.host === link.host && known.written.startsWith(written)) ? [] : [link];
  });
  return [...byX, ...bySight].toSorted((a, b) => b.written.length - a.written.length);
}

function readLink(written: string): Link {
  const address = /^https?:\/\//iu.test(written) ? written : `https://${written}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  // Credentials in an address make one host look like another.
  const readable = url !== null && url.username === '' && url.password === '';
  return { written, host: readable ? url.hostname.replace(/\.$/u, '') : null };
}

/** Is the host one of these, or below one of them? `evil-jpo.go.jp` is not below `jpo.go.jp`. */
export function hostIsIn(host: string, hosts: readonly string[]): boolean {
  return hosts.some(
    (allowed) => host === allowed.toLowerCase() || host.endsWith(`.${allowed.toLowerCase()}`),
  );
}
