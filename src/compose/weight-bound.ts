/** What X counts for any link, however long. */
export const LINK_WEIGHT = 23;

/** Ranges of UTF-16 units that X counts as 1 (its configuration v3); every other counts 2. */
const LIGHT: readonly (readonly [number, number])[] = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
];

/** What may be the middle of a link, and then counts as one. */
const LINK_MARK = /(?<=[^\s.])\.(?=[^\s.])|:\/\//gu;

/**
 * A weight that `postWeight` never exceeds, without loading twitter-text: to see at every start that templates leave room.
 * Exact for text without emoji, links and dots inside words.
 */
export function weightAtMost(text: string): number {
  const normal = text.normalize('NFC');
  let weight = (normal.match(LINK_MARK)?.length ?? 0) * LINK_WEIGHT;
  for (let at = 0; at < normal.length; at++) {
    const unit = normal.charCodeAt(at);
    weight += LIGHT.some(([from, to]) => unit >= from && unit <= to) ? 1 : 2;
  }
  return weight;
}
