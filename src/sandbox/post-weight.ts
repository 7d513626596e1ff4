import twitterText from 'twitter-text';
import { sandboxLimits } from '../limits/edges.ts';

/**
 * Whether X takes a text of this length: at most 280 of its weight, and no character that it forbids. The program
 * weighs its posts itself; this second reading is kept apart from it on purpose, so that an error there is refused
 * here. twitter-text over-counts newer emoji sequences, X counts 2 for each.
 */
export function fitsIntoPost(text: string): boolean {
  // Far over the limit anyway, and twitter-text takes seconds for some long inputs.
  if (text.length > sandboxLimits.textMaxChars) return false;
  return twitterText.parseTweet(text.normalize('NFC').replace(/\p{RGI_Emoji}/gv, '\u{1F600}')).valid;
}

/** Cashtags such as $ABC; X takes one a post at most. */
export function countCashtags(text: string): number {
  return twitterText.extractCashtags(text).length;
}

/** A link as X finds it: indices in UTF-16 units, end exclusive. */
export type FoundLink = { url: string; start: number; end: number };

/** Every link in the text that X would wrap in t.co, in order. */
export function findLinks(text: string): FoundLink[] {
  return twitterText
    .extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: true })
    .map(({ url, indices }) => ({ url, start: indices[0], end: indices[1] }));
}
