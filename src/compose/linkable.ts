import tt from 'twitter-text';

/** What may stand in a link without X ending it there: unreserved characters and the separators of paths and queries. */
const RISKY = /[^A-Za-z0-9\-_~./?#&=%+:]/gu;
const RISKY_AT_END = /[^A-Za-z0-9\-_/=#+]+$/u;

/**
 * The same address, written so that X links all of it. X ends a link at Japanese letters, at a bracket that nothing
 * opened, at a full stop on its end: the reader would land on another page. Only such characters are percent-encoded;
 * an address that X already links whole is returned as it is, and so is one that cannot be mended.
 */
export function linkable(url: string): string {
  if (isLinkedWhole(url)) return url;
  const afterHost = url.search(/(?<=^https?:\/\/[^/?#]+)[/?#]/iu);
  if (afterHost === -1) return url;
  const rest = url.slice(afterHost).replace(RISKY, encode).replace(RISKY_AT_END, encode);
  const mended = `${url.slice(0, afterHost)}${rest}`;
  return isLinkedWhole(mended) ? mended : url;
}

function isLinkedWhole(url: string): boolean {
  return tt.extractUrls(url, { extractUrlsWithoutProtocol: true })[0] === url;
}

/** Also encodes what encodeURIComponent leaves alone, such as `.`, `!` and `(`. */
function encode(text: string): string {
  const bytes = new TextEncoder().encode(text.toWellFormed());
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
