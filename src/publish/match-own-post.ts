import { POST_MOMENT } from '../compose/post-dates.ts';
import type { Entry } from '../outbox/entry.ts';
import type { OwnPost } from './publisher.ts';

/**
 * `same`: the entry's own words and links. `alike`: the same link under other words, which may be ours as X changed it,
 * or somebody else's; a person must say. `other`: not ours.
 */
export type Likeness = 'same' | 'alike' | 'other';

/** Compares an entry with a post read back from X, in which links are expanded and entities unescaped. */
export function likenessOf(
  entry: Pick<Entry, 'text' | 'url'>,
  post: Pick<OwnPost, 'text' | 'links'>,
): Likeness {
  if (bareText(entry.text) === bareText(post.text)) return 'same';
  if (entry.url === null) return 'other';
  const link = canonicalLink(entry.url);
  return [...post.links, ...linksIn(post.text)].some((other) => canonicalLink(other) === link)
    ? 'alike'
    : 'other';
}

/**
 * Whether the post is the entry's announcement, composed at another time. What an older copy of the outbox has forgotten is composed
 * anew, and its words depend on what else was forgotten: when an update was found, and what it follows. The page and its title stay.
 */
export function tellsTheSame(
  entry: Pick<Entry, 'text' | 'url' | 'source'>,
  post: Pick<OwnPost, 'text' | 'links'>,
): boolean {
  const likeness = likenessOf(entry, post);
  if (likeness !== 'alike' || entry.source === null) return likeness === 'same';
  if (bareText(post.text).includes(bareText(entry.source.title))) return true;
  // A long title was shortened, at the same place where all else is the same.
  const timeless = (text: string): string => bareText(text.normalize('NFKC').replace(POST_MOMENT, ''));
  return timeless(entry.text) === timeless(post.text);
}

/**
 * What is left of a text when all that X may change on the way is taken out: white space, invisible characters,
 * width and composition variants, and the writing of links. Two different announcements still differ.
 */
function bareText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(LINK, (link) => canonicalLink(link))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}\p{Mn}\u{FE0F}]+/gu, '');
}

/** A link ends where white space, brackets of any script or other wide punctuation begins. */
const LINK = /https?:\/\/[^\s<>"'\u3000-\u303F\uFF00-\uFF0F]+/giu;

function linksIn(text: string): readonly string[] {
  return text.match(LINK) ?? [];
}

/** A link without what servers and X treat as the same: scheme, letter case of the host, final slash, writing of escapes. */
export function canonicalLink(link: string): string {
  const address = /^https?:\/\//iu.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address)) return link.toLowerCase();
  const url = new URL(address);
  const path = `${url.pathname}${url.search}${url.hash}`.replace(/%[0-9a-f]{2}/giu, (escape) =>
    escape.toUpperCase(),
  );
  return `${url.host.replace(/\.$/u, '')}${path.replace(/\/$/u, '')}`;
}
