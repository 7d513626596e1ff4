import twitterText from 'twitter-text';
import { ofLastText } from './last-text.ts';
import { narrowed } from './narrowed.ts';

/** A link: `written` as it stands in the text; `host` in lower case without a final dot, null where it is unreadable. */
export type Link = { written: string; host: string | null };

/** Scheme and host of anything that begins like an address, whatever it ends in; host names of other scripts end it. */
const BY_SIGHT = /https?:\/\/[A-Za-z0-9.\-_~%!$&*+,;=:@[\]]*/giu;

/**
 * Every link that a reader could follow: what X links, with or without a scheme, and whatever else begins with http,
 * since X's list of endings grows and ours is of 2020. A wide net: better one link judged too many than too few.
 */
export const linksOf = ofLastText((text): readonly Link[] => {
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
});

function readLink(written: string): Link {
  const address = /^https?:\/\//iu.test(written) ? written : `https://${written}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  // Credentials in an address make one host look like another; another port is another server.
  const readable = url !== null && url.username === '' && url.password === '' && url.port === '';
  return { written, host: readable ? url.hostname.replace(/\.$/u, '') : null };
}

/** Is the host one of these, or below one of them? `evil-jpo.go.jp` is not below `jpo.go.jp`. */
export function hostIsIn(host: string, hosts: readonly string[]): boolean {
  return hosts.some(
    (allowed) => host === allowed.toLowerCase() || host.endsWith(`.${allowed.toLowerCase()}`),
  );
}

/** An address may hold any sign. Struck out sign for sign, so that words on both sides don't meet and places stay. */
export function withoutLinks(text: string): string {
  return linksOf(text).reduce(
    (rest, link) => rest.replaceAll(link.written, '|'.repeat(link.written.length)),
    text,
  );
}

/** What a reader takes for an address though X links none of it, in half-width letters: other schemes, bare hosts, numbers. */
const ADDRESSES: readonly RegExp[] = [
  /(?<![a-z])(?:[a-z][a-z0-9+.-]{1,15}:[/\\]+|(?:javascript|vbscript|mailto):)[^\s、。「」（）()]*/giu,
  /(?<![\w@.%-])(?:[a-z0-9-]+\.)+(?!(?:pdf|docx?|xlsx?|pptx?|txt|csv|html?|xml|jpe?g|png)(?![a-z]))[a-z]{2,}(?![\w@-])(?:\/[!-~]*)?/giu,
  /[\p{L}\p{N}\p{M}-]{0,30}[^\p{ASCII}\s]\.(?:com|net|org|info|biz|jp|tokyo)(?![a-z0-9])/giu,
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<![a-z])localhost(?![a-z])/giu,
];

/** Addresses in a typed text that `linksOf` does not see, as they stand there: none of them leads to a page of ours. */
export function addressesBySight(text: string): readonly string[] {
  const rest = narrowed(withoutLinks(text));
  return ADDRESSES.flatMap((form) =>
    [...rest.matchAll(form)].map(({ index, 0: found }) => text.slice(index, index + found.length)),
  );
}
