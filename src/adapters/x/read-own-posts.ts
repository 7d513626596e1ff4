import { answerLimits } from '../../limits/publishing.ts';
import { isRemoteId } from '../../publish/answer.ts';
import { classifyUnreadable } from '../../publish/classify-reading.ts';
import { readTimelinePage } from '../../publish/own-post.ts';
import type { OwnPost, OwnTimeline } from '../../publish/publisher.ts';
import { type Reader, read } from './read-x.ts';

/**
 * The own posts newer than `sinceId`, newest first, without replies and reposts. Read page by page up to a bound; `complete` only
 * if every page was read whole. `beganAt` is the first page's: a post that appears later is on none of them.
 */
export async function readOwnPosts(
  reader: Reader,
  request: { accountId: string; sinceId: string | null },
): Promise<OwnTimeline> {
  const { accountId, sinceId } = request;
  if (!isRemoteId(accountId) || (sinceId !== null && !isRemoteId(sinceId))) {
    return {
      kind: 'unreadable',
      cause: 'unknown-answer',
      until: null,
      detail: 'the id of the account or of the newest post is none',
    };
  }
  const posts = new Map<string, OwnPost>();
  let whole = true;
  let token: string | null = null;
  let beganAt = Number.POSITIVE_INFINITY;
  for (let page = 1; page <= answerLimits.timelinePagesMax; page += 1) {
    const query = {
      max_results: answerLimits.timelinePagePosts,
      exclude: 'replies,retweets',
      'tweet.fields': 'created_at,entities',
      ...(sinceId === null ? {} : { since_id: sinceId }),
      ...(token === null ? {} : { pagination_token: token }),
    };
    const got = await read(reader, (client, how) => client.get(`users/${accountId}/tweets`, query, how));
    const { answer } = got;
    const timeline =
      answer.kind === 'response' && answer.status === 200 ? readTimelinePage(answer.body) : null;
    if (timeline === null) {
      // What the first pages showed can still be found, but nothing may be concluded from what they did not show.
      if (posts.size === 0) return classifyUnreadable(answer, reader.now());
      return { kind: 'read', posts: [...posts.values()], beganAt, complete: false };
    }
    beganAt = Math.min(beganAt, got.beganAt);
    for (const post of timeline.posts) posts.set(post.remoteId, post);
    whole &&= timeline.whole;
    token = timeline.nextToken;
    if (token === null) return { kind: 'read', posts: [...posts.values()], beganAt, complete: whole };
  }
  return { kind: 'read', posts: [...posts.values()], beganAt, complete: false };
}
