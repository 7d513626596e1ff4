import { reconcileLimits } from '../limits/publishing.ts';
import { isRecord, isRemoteId } from './answer.ts';
import type { OwnPost } from './publisher.ts';
import { snowflakeTime } from './snowflake.ts';

/** One page of GET /2/users/:id/tweets. `whole` is false where a post could not be read: it might be the one looked for. */
export type TimelinePage = { posts: readonly OwnPost[]; nextToken: string | null; whole: boolean };

/** Reads a page; null where the body is no timeline. X leaves `data` out where there are no posts. */
export function readTimelinePage(body: unknown): TimelinePage | null {
  if (!isRecord(body) || !isRecord(body['meta'])) return null;
  const { data, meta, errors } = body;
  const count = meta['result_count'];
  if (data !== undefined && !Array.isArray(data)) return null;
  const given: readonly unknown[] = data ?? [];
  if (typeof count !== 'number') return null;
  const posts = given.map(readOwnPost);
  const token = meta['next_token'];
  return {
    posts: posts.filter((post) => post !== null),
    nextToken: typeof token === 'string' && token !== '' ? token : null,
    whole: !posts.includes(null) && count === given.length && errors === undefined,
  };
}

function readOwnPost(wire: unknown): OwnPost | null {
  if (!isRecord(wire)) return null;
  const { id, text, created_at: createdAt, entities } = wire;
  if (!isRemoteId(id) || typeof text !== 'string') return null;
  const { expanded, links } = expandLinks(text, linkEntities(entities));
  return { remoteId: id, text: unescape(expanded), links, createdAt: timeOf(id, createdAt) };
}

/** The id's milliseconds, unless X's own `created_at` contradicts them, as it does for ids that are no snowflakes. */
function timeOf(id: string, createdAt: unknown): number {
  const byId = snowflakeTime(id);
  const stated = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  return Number.isFinite(stated) && Math.abs(stated - byId) > reconcileLimits.skewMs ? stated : byId;
}

type LinkEntity = { short: string; long: string };

function linkEntities(entities: unknown): readonly LinkEntity[] {
  const urls = isRecord(entities) && Array.isArray(entities['urls']) ? entities['urls'].filter(isRecord) : [];
  return urls.flatMap(({ url, expanded_url: long }) =>
    typeof url === 'string' && url !== '' && typeof long === 'string' ? [{ short: url, long }] : [],
  );
}

/** Puts the real links in the place of X's short ones. A link to the post's own pictures was added by X and is dropped. */
function expandLinks(
  text: string,
  entities: readonly LinkEntity[],
): { expanded: string; links: readonly string[] } {
  let expanded = text;
  const links: string[] = [];
  // Longest first, so that no short link is replaced inside another.
  for (const { short, long } of entities.toSorted((a, b) => b.short.length - a.short.length)) {
    if (/^https:\/\/(?:x|twitter)\.com\/\w+\/status\/\d+\/(?:photo|video)\//.test(long)) {
      expanded = expanded.replaceAll(short, '').trimEnd();
      continue;
    }
    expanded = expanded.replaceAll(short, () => escape(long));
    links.push(long);
  }
  return { expanded, links };
}

/** X escapes these three in the texts that it returns, and nothing else. */
function unescape(text: string): string {
  const letters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return text.replace(/&(?:amp|lt|gt);/g, (name) => letters[name] ?? name);
}

/** The links come unescaped; they are escaped first, so that one unescaping fits the whole text. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
