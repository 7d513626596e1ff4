import type { SandboxAccount } from './account.ts';
import { postJson, TWEET_FIELDS } from './post-json.ts';
import type { SandboxPost } from './post-book.ts';
import { compareIds } from './snowflake.ts';
import { invalidRequest, jsonAnswer, type ParameterMistake, type XAnswer } from './x-answer.ts';

const KNOWN = [
  'end_time',
  'exclude',
  'expansions',
  'max_results',
  'media.fields',
  'pagination_token',
  'place.fields',
  'poll.fields',
  'since_id',
  'start_time',
  'tweet.fields',
  'until_id',
  'user.fields',
];

/** X reaches back no further than this many posts of a timeline; fewer when replies are left out. */
const REACH = { all: 3_200, withoutReplies: 800 };

type Query = {
  maxResults: number;
  sinceId: string | null;
  untilId: string | null;
  startsAt: number | null;
  endsAt: number | null;
  fields: ReadonlySet<string>;
  reach: number;
};

/** GET /2/users/:id/tweets over the visible posts, newest first. */
export function readTimeline(
  parameters: URLSearchParams,
  posts: readonly SandboxPost[],
  account: SandboxAccount,
): XAnswer {
  const { query, mistakes } = readQuery(parameters);
  if (mistakes.length > 0) return invalidRequest(mistakes);
  const matching = posts.slice(0, query.reach).filter((post) => matches(post, query));
  const page = matching.slice(0, query.maxResults);
  const newest = page[0];
  const oldest = page.at(-1);
  // X leaves `data` out of an empty page, and so must whoever reads it expect.
  if (newest === undefined || oldest === undefined) return jsonAnswer(200, { meta: { result_count: 0 } });
  const next = matching.length > page.length ? { next_token: tokenOf(oldest.id) } : {};
  return jsonAnswer(200, {
    data: page.map((post) => postJson(post, account, query.fields)),
    meta: { result_count: page.length, newest_id: newest.id, oldest_id: oldest.id, ...next },
  });
}

const tokenOf = (id: string): string => Buffer.from(`before:${id}`).toString('base64url');

function matches(post: SandboxPost, query: Query): boolean {
  if (query.sinceId !== null && compareIds(post.id, query.sinceId) <= 0) return false;
  if (query.untilId !== null && compareIds(post.id, query.untilId) >= 0) return false;
  if (query.startsAt !== null && post.createdAt < query.startsAt) return false;
  return query.endsAt === null || post.createdAt < query.endsAt;
}

function readQuery(parameters: URLSearchParams): { query: Query; mistakes: ParameterMistake[] } {
  const mistakes: ParameterMistake[] = [];
  const wrong = (name: string, message: string): void => {
    mistakes.push({ parameters: { [name]: [parameters.get(name) ?? ''] }, message });
  };
  for (const name of parameters.keys()) {
    if (!KNOWN.includes(name))
      wrong(name, `The query parameter [${name}] is not one of [${KNOWN.join(',')}]`);
  }
  const id = (name: string): string | null => {
    const value = parameters.get(name);
    if (value !== null && !/^[0-9]{1,19}$/.test(value))
      wrong(name, `The \`${name}\` query parameter value [${value}] is not valid`);
    return value;
  };
  const time = (name: string): number | null => {
    const value = parameters.get(name);
    if (value === null) return null;
    const valid = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
    if (!valid) wrong(name, `The \`${name}\` query parameter value [${value}] is not an RFC 3339 date-time`);
    return Date.parse(value);
  };
  const maxResults = Number(parameters.get('max_results') ?? '10');
  if (!Number.isInteger(maxResults) || maxResults < 5 || maxResults > 100) {
    wrong(
      'max_results',
      `The \`max_results\` query parameter value [${parameters.get('max_results')}] is not between 5 and 100`,
    );
  }
  const excluded = list(parameters, 'exclude');
  if (excluded.some((what) => what !== 'replies' && what !== 'retweets')) {
    wrong('exclude', 'The `exclude` query parameter allows only [replies,retweets]');
  }
  const fields = list(parameters, 'tweet.fields');
  const unknown = fields.filter((field) => !(TWEET_FIELDS as readonly string[]).includes(field));
  if (unknown.length > 0)
    wrong(
      'tweet.fields',
      `The \`tweet.fields\` query parameter value [${unknown.join(',')}] is not played here`,
    );
  const token = /^before:([0-9]{1,19})$/.exec(
    Buffer.from(parameters.get('pagination_token') ?? '', 'base64url').toString(),
  );
  if (parameters.has('pagination_token') && token === null) {
    wrong('pagination_token', 'The `pagination_token` query parameter is not valid');
  }
  const reach = excluded.includes('replies') ? REACH.withoutReplies : REACH.all;
  const ids = { sinceId: id('since_id'), untilId: token?.[1] ?? id('until_id') };
  const times = { startsAt: time('start_time'), endsAt: time('end_time') };
  return { query: { maxResults, ...ids, ...times, fields: new Set(fields), reach }, mistakes };
}

function list(parameters: URLSearchParams, name: string): string[] {
  const value = parameters.get(name);
  return value === null ? [] : value.split(',');
}
