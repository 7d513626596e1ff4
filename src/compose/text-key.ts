/** Parameters by which links are tracked, not told apart. */
const TRACKER = /^(?:utm_.*|fbclid|gclid|yclid|mc_[ce]id|ref|cid)$/iu;

/**
 * What two posts have in common that a reader would call the same: NFKC, lower case, white space and punctuation left
 * out, links without scheme, `www.`, trackers, fragment and closing slash. Numbers stay: 第2報 is not 第3報.
 */
export function textKey(text: string): string {
  const parts = text.normalize('NFC').split(/(https?:\/\/[!-~]+)/iu);
  return parts
    .map((part, index) => (index % 2 === 1 ? linkKey(part) : wordsKey(part)))
    .filter((part) => part !== '')
    .join(' ');
}

function wordsKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Sc}\p{Extended_Pictographic}]+/gu, '');
}

function linkKey(link: string): string {
  if (!URL.canParse(link)) return link.toLowerCase();
  const url = new URL(link);
  const told = [...url.searchParams].filter(([name]) => !TRACKER.test(name));
  const search = told.map(([name, value]) => `${name}=${value}`).join('&');
  return `${url.host.replace(/^www\./u, '')}${url.pathname.replace(/\/+$/u, '')}?${search}`;
}
