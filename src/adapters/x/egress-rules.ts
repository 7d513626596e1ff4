import { isRecord } from '../../publish/answer.ts';

/** One request as it would leave: `target` is path and query, `body` the bytes as text ('' for none). */
export type EgressRequest = { method: string; target: string; body: string };

export type EgressVerdict = { kind: 'allowed' } | { kind: 'refused'; why: string };

/** What a look at the own timeline may ask for; `exclude` keeps everybody else's posts out. */
const TIMELINE_QUERY: Readonly<Record<string, RegExp>> = {
  max_results: /^\d{1,3}$/,
  exclude: /^replies,retweets$/,
  'tweet.fields': /^created_at,entities$/,
  since_id: /^\d{1,19}$/,
  pagination_token: /^[\w-]{1,200}$/,
};

/**
 * The whole list of what may be sent to X: create a post of text alone, delete a post, read the own identity, read the own
 * posts. A reply, a quote, a poll, a direct message, a follower list: not on it, so it can't leave, whoever asks.
 */
export function judgeEgress({ method, target, body }: EgressRequest): EgressVerdict {
  if (!target.startsWith('/') || !URL.canParse(target, 'https://api.x.com')) return refused(method, target);
  const url = new URL(target, 'https://api.x.com');
  // What a parser would change (dot segments, another host) is not what the list was written for.
  if (url.origin !== 'https://api.x.com' || `${url.pathname}${url.search}` !== target)
    return refused(method, target);
  const route = `${method} ${url.pathname}`;
  if (route === 'POST /2/tweets') {
    if (url.search !== '') return refused(method, target);
    return isTextAlone(body)
      ? { kind: 'allowed' }
      : { kind: 'refused', why: 'a post may hold nothing but its text' };
  }
  if (body !== '') return { kind: 'refused', why: `${method} ${url.pathname} may have no body` };
  if (route === 'GET /2/users/me' || /^DELETE \/2\/tweets\/\d{1,19}$/.test(route)) {
    return url.search === '' ? { kind: 'allowed' } : refused(method, target);
  }
  if (/^GET \/2\/users\/\d{1,19}\/tweets$/.test(route) && isTimelineQuery(url.searchParams))
    return { kind: 'allowed' };
  return refused(method, target);
}

/** `{"text": "…"}` and no other key: `reply` and `quote_tweet_id` make an answer to somebody of it. */
function isTextAlone(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    return (
      isRecord(parsed) &&
      Object.keys(parsed).join() === 'text' &&
      typeof parsed['text'] === 'string' &&
      parsed['text'] !== ''
    );
  } catch {
    return false;
  }
}

function isTimelineQuery(query: URLSearchParams): boolean {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length || !query.has('exclude')) return false;
  return [...query].every(([name, value]) => TIMELINE_QUERY[name]?.test(value) === true);
}

function refused(method: string, target: string): EgressVerdict {
  return { kind: 'refused', why: `${method} ${target.slice(0, 100)} is not on the list` };
}
