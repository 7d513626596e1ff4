import { createHash } from 'node:crypto';
import { identityLimits } from '../limits/intake.ts';
import { canonicalLink } from './canonical-link.ts';
import { foldTitle } from './fold-title.ts';
import type { EpochMs, Item } from './item.ts';

/** The marks by which one item is known again. Each is a text that may be stored and looked up; null: the item has none. */
export type ItemKeys = {
  /** Link and title together: the announcement itself, whichever feed brings it. */
  announcement: string;
  /** What the feed calls the item; null where that only repeats the link. */
  guid: string | null;
  /** Title and day, for pages that move. */
  titleDay: string | null;
  /** The page alone. Pages carry many announcements one after another, so it never decides alone. */
  page: string | null;
  /** The title alone, in whichever feed: how two sources of one announcement that link to different pages are met. */
  title: string | null;
};

const JST_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;

/** Items never change, and a poll asks for the marks of each several times. */
const known = new WeakMap<Item, { feed: string; keys: ItemKeys }>();

/** The item's marks within a feed. Guid, page and title with day are scoped by the feed; announcement and title are not. */
export function keysOf(item: Item, feed: string): ItemKeys {
  const before = known.get(item);
  if (before?.feed === feed) return before.keys;
  const keys = marksOf(item, feed);
  known.set(item, { feed, keys });
  return keys;
}

function marksOf(item: Item, feed: string): ItemKeys {
  const link = canonicalLink(item.url);
  const title = foldTitle(item.title);
  const repeatsLink = canonicalLink(item.id) === link || item.id.startsWith('sha256:');
  const day = jstDay(item.publishedAt);
  const scoped = (kind: string, ...parts: string[]): string => `${kind}:${feed}:${digest(...parts)}`;
  return {
    announcement:
      link !== null && title !== ''
        ? `LT:${digest(link, title)}`
        : scoped('I', link ?? item.id, title || item.id),
    guid: repeatsLink ? null : scoped('G', item.id),
    titleDay: title === '' || day === null ? null : scoped('TD', title, String(day)),
    page: link === null ? null : scoped('L', link),
    title: title.length < identityLimits.titleAloneMinChars ? null : `T:${digest(item.lang, title)}`,
  };
}

/** Every mark of the item, to look it up in what is remembered. */
export function identityKeys(item: Item, feed: string): readonly string[] {
  return listed(keysOf(item, feed));
}

/** The one mark that two sources of one announcement share. */
export function announcementKey(item: Item): string {
  return keysOf(item, item.feed).announcement;
}

export function listed(keys: ItemKeys): string[] {
  return [keys.announcement, keys.guid, keys.titleDay, keys.page, keys.title].filter((key) => key !== null);
}

/** Tells the keys that a feed may make anew at every poll. */
export function isGuidKey(key: string): boolean {
  return key.startsWith('G:');
}

/** The number of the day in Japan; null for no date. */
export function jstDay(at: EpochMs | null): number | null {
  return at === null ? null : Math.floor((at + JST_MS) / DAY_MS);
}

/** 128 bits: a collision would silence an announcement, and at a million items its chance is below 1 in 10²⁶. */
function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
