import type { EpochMs } from '../feed/item.ts';

/** Oldest first. A feed lists its newest item first; its dates, where every item has one, are better evidence. */
export function inOrderOfPublication<T>(
  newestFirst: readonly T[],
  publishedAt: (one: T) => EpochMs | null,
): readonly T[] {
  const oldestFirst = newestFirst.toReversed();
  if (newestFirst.some((one) => publishedAt(one) === null)) return oldestFirst;
  return oldestFirst.toSorted((a, b) => (publishedAt(a) ?? 0) - (publishedAt(b) ?? 0));
}
