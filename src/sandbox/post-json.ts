import { createHash } from 'node:crypto';
import type { SandboxAccount } from './account.ts';
import type { SandboxPost } from './post-book.ts';
import { findLinks } from './post-weight.ts';

/** What one link became; indices in code points of the read-back text, end exclusive. */
type LinkEntity = {
  start: number;
  end: number;
  url: string;
  expanded_url: string;
  display_url: string;
};

/** A text as X gives it back. */
export type ReadBack = { text: string; links: LinkEntity[] };

/** The fields of a tweet that the sandbox can fill; everything else that X knows needs other people. */
export const TWEET_FIELDS = [
  'author_id',
  'conversation_id',
  'created_at',
  'edit_history_tweet_ids',
  'entities',
  'id',
  'lang',
  'possibly_sensitive',
  'reply_settings',
  'source',
  'text',
] as const;

/** X escapes exactly these three in the texts that it returns. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Ten letters and digits, the same for the same post and place, like a real t.co path. */
function shortLink(postId: string, index: number): string {
  const digest = createHash('sha256').update(`${postId} ${index}`).digest('base64');
  return `https://t.co/${digest.replace(/[^A-Za-z0-9]/g, '').slice(0, 10)}`;
}

/** What readers see of an address: no scheme, no www, the path cut after 15 characters, as X does. */
export function displayLink(address: string): string {
  const bare = address.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  const slash = bare.indexOf('/');
  const path = slash === -1 ? '' : bare.slice(slash + 1);
  return path.length > 15 ? `${bare.slice(0, slash + 16)}…` : bare;
}

/** The text as X returns it: links wrapped in t.co, `&`, `<` and `>` escaped. */
export function readBack(post: Pick<SandboxPost, 'id' | 'text'>): ReadBack {
  let text = '';
  let from = 0;
  const links: LinkEntity[] = [];
  for (const [index, link] of findLinks(post.text).entries()) {
    text += escapeText(post.text.slice(from, link.start));
    const start = Array.from(text).length;
    const short = shortLink(post.id, index);
    const expanded = /^https?:\/\//i.test(link.url) ? link.url : `http://${link.url}`;
    text += short;
    links.push({
      start,
      end: start + short.length,
      url: short,
      expanded_url: expanded,
      display_url: displayLink(expanded),
    });
    from = link.end;
  }
  return { text: text + escapeText(post.text.slice(from)), links };
}

/** A post as X's JSON, with the fields that were asked for besides the three that always come. */
export function postJson(post: SandboxPost, account: SandboxAccount, fields: ReadonlySet<string>): object {
  const back = readBack(post);
  const all: Record<string, unknown> = {
    author_id: account.id,
    conversation_id: post.id,
    created_at: new Date(post.createdAt).toISOString(),
    entities: back.links.length > 0 ? { urls: back.links } : undefined,
    lang: /[\u3040-\u30ff\u4e00-\u9fff]/.test(post.text) ? 'ja' : 'en',
    possibly_sensitive: false,
    reply_settings: 'everyone',
    source: post.source === 'api' ? 'Kosatsu' : 'X Web App',
  };
  const asked = Object.entries(all).filter(([name, value]) => fields.has(name) && value !== undefined);
  return { edit_history_tweet_ids: [post.id], id: post.id, text: back.text, ...Object.fromEntries(asked) };
}
