import { announcementKey, type Identified } from '../feed/identity.ts';
import { jstDay } from '../feed/identity-keys.ts';
import type { Item } from '../feed/item.ts';

/**
 * Offices date the page of an urgent notice anew, in place, when they change what it says. Where a later day stands at such a page under
 * the title that is known, it counts as edited. A feed that dates most of its items anew says nothing by it.
 */
export function withRedated(
  identified: readonly Identified[],
  isUrgent: (item: Item) => boolean,
): readonly Identified[] {
  const moved = new Set(identified.filter((one) => dayMoved(one) !== 0));
  const kept = identified.filter((one) => one.verdict.kind === 'known' && !moved.has(one)).length;
  if (moved.size === 0 || moved.size > kept) return identified;
  return identified.map((one) =>
    one.verdict.kind === 'known' && dayMoved(one) > 0 && isUrgent(one.item)
      ? { ...one, verdict: { kind: 'edited', seen: one.verdict.seen } }
      : one,
  );
}

/** The mark under which an entry is made of it: once for each title of a page, and for each day that a page is dated anew. */
export function originKeyOf(one: Identified): string {
  const key = announcementKey(one.item);
  return isRedated(one) ? `${key}@${String(jstDay(one.item.publishedAt))}` : key;
}

/** An edited page under the very title that was known: only its date is another. */
function isRedated({ item, verdict }: Identified): boolean {
  return verdict.kind === 'edited' && verdict.seen.title === item.title;
}

/** By how many days the date of a known announcement was moved, in its own feed; 0 where one of the two is undated. */
function dayMoved({ item, verdict }: Identified): number {
  if (verdict.kind !== 'known' || verdict.inThisPoll) return 0;
  const { seen } = verdict;
  const isSame =
    seen.feed === item.feed && seen.title === item.title && seen.keys.includes(announcementKey(item));
  const [before, after] = [jstDay(seen.publishedAt), jstDay(item.publishedAt)];
  return isSame && before !== null && after !== null ? after - before : 0;
}
