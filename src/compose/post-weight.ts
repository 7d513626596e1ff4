import tt from 'twitter-text';
import { composeLimits } from '../limits/words.ts';
import { LINK_WEIGHT } from './weight-bound.ts';

const PLAIN_EMOJI = '\u{1F600}';
const EMOJI = /\p{RGI_Emoji}/gv;

/** A link that names its scheme: an ASCII host that ends in a top-level domain, or a host in any script; then its path. */
const SCHEMED_LINK =
  /https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|[\p{L}\p{M}\p{N}.-]+)(?::\d+)?(?:[/?#][!-~]*)?/giu;

/**
 * X's weighted length: 280 are allowed; CJK, emoji and most symbols count 2, Latin 1, a link 23.
 *
 * twitter-text 3.1.0 is the reference, with two known errors mended so that the result is never below X's own: emoji
 * newer than its tables count 2 like every other, and links under top-level domains newer than March 2020 count 23.
 * What is longer than anyone could post is counted as 2 a character beyond the bound, without being parsed.
 */
export function postWeight(text: string): number {
  const parsed = text.slice(0, composeLimits.weighedCharsMax).normalize('NFC').replace(EMOJI, PLAIN_EMOJI);
  const beyond = Math.max(0, text.length - composeLimits.weighedCharsMax) * 2;
  return tt.parseTweet(parsed).weightedLength + unlinkedSurcharge(parsed) + beyond;
}

/** What links that twitter-text does not know as such would count more than their characters. */
function unlinkedSurcharge(text: string): number {
  if (!text.includes('://')) return 0;
  const linked = tt.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: true });
  let surcharge = 0;
  for (const match of text.matchAll(SCHEMED_LINK)) {
    const start = match.index;
    const end = start + match[0].length;
    if (linked.some(({ indices: [from, to] }) => from < end && to > start)) continue;
    surcharge += Math.max(0, LINK_WEIGHT - tt.parseTweet(match[0]).weightedLength);
  }
  return surcharge;
}
