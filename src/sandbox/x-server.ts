import type { SandboxAccount, SandboxCredentials } from './account.ts';
import { SignatureChecker } from './oauth.ts';
import { postJson, readBack } from './post-json.ts';
import { PostBook } from './post-book.ts';
import { readPostRequest } from './post-request.ts';
import { RateLimits, type Operation } from './rate-limits.ts';
import { readTimeline } from './timeline-read.ts';
import {
  createdAnswer,
  duplicateContent,
  invalidRequest,
  jsonAnswer,
  notFoundError,
  problem,
  routeUnknown,
  tooManyRequests,
  unauthorized,
  type XAnswer,
} from './x-answer.ts';

/** One request as it arrived. `url` is the local address; `authorization` and `contentType` are headers. */
export type XRequest = {
  method: string;
  url: URL;
  authorization: string | null;
  contentType: string;
  body: string;
};

/** What X did, and a remark for the request log where the answer does not say why. */
export type Played = { answer: XAnswer; remark: string | null };

type Route =
  | { kind: 'create' }
  | { kind: 'delete'; id: string }
  | { kind: 'lookup'; ids: readonly string[] }
  | { kind: 'me' }
  | { kind: 'timeline'; userId: string };

const OPERATION: Record<Route['kind'], Operation> = {
  create: 'post',
  delete: 'delete',
  lookup: 'read',
  me: 'identity',
  timeline: 'read',
};

/** X's side of the conversation for one account: everything but sockets, faults and time, which are given. */
export class XServer {
  readonly account: SandboxAccount;
  readonly posts: PostBook;
  readonly limits = new RateLimits();
  readonly #signatures: SignatureChecker;
  #readLagMs = 0;

  constructor(account: SandboxAccount, credentials: SandboxCredentials, posts: PostBook) {
    this.account = account;
    this.posts = posts;
    this.#signatures = new SignatureChecker(credentials);
  }

  /** Posts younger than this are not yet in what readers get. */
  set readLagMs(ms: number) {
    this.#readLagMs = ms;
  }

  /** Which of X's counters a request belongs to; null where the sandbox has no such route. */
  operation(method: string, url: URL): Operation | null {
    const route = routeOf(method, url);
    return route === null ? null : OPERATION[route.kind];
  }

  /** Answers one request and does what it asks; never throws. */
  answer(request: XRequest, now: number): Played {
    const route = routeOf(request.method, request.url);
    if (route === null) return { answer: routeUnknown(), remark: 'no such route in the sandbox' };
    const { method, url, authorization: header } = request;
    const signature = this.#signatures.check({ method, url, header }, now);
    const rate = this.limits.count(OPERATION[route.kind], now);
    const played = (answer: XAnswer, remark: string | null = null): Played => ({
      answer: { ...answer, headers: { ...rate.headers, ...answer.headers } },
      remark,
    });
    if (signature.kind === 'refused') return played(unauthorized(), signature.why);
    if (!rate.allowed) return played(tooManyRequests(), 'limit used up');
    return played(this.#act(route, request, now));
  }

  #act(route: Route, request: XRequest, now: number): XAnswer {
    switch (route.kind) {
      case 'create':
        return this.#create(request, now);
      case 'delete':
        return this.#delete(route.id, now);
      case 'lookup':
        return this.#lookup(route.ids, request.url, now);
      case 'me':
        return jsonAnswer(200, {
          data: { id: this.account.id, name: this.account.name, username: this.account.handle },
        });
      case 'timeline': {
        if (route.userId === this.account.id)
          return readTimeline(request.url.searchParams, this.#visible(now), this.account);
        return jsonAnswer(200, { errors: [notFoundError('user', 'id', route.userId)] });
      }
    }
  }

  #create(request: XRequest, now: number): XAnswer {
    const asked = readPostRequest(request.contentType, request.body);
    if (asked.kind === 'refused') return asked.answer;
    if (this.posts.hasLive(asked.text)) return duplicateContent();
    const post = this.posts.create(asked.text, 'api', now);
    return createdAnswer(post, readBack(post).text);
  }

  #delete(id: string, now: number): XAnswer {
    if (this.posts.remove(id, now) === 'deleted') return jsonAnswer(200, { data: { deleted: true } });
    return problem(404, 'Not Found Error', `Could not find tweet with id: [${id}].`, 'resource-not-found');
  }

  #lookup(ids: readonly string[], url: URL, now: number): XAnswer {
    const fields = new Set((url.searchParams.get('tweet.fields') ?? '').split(','));
    const single = url.pathname !== '/2/tweets';
    if (ids.length === 0 || ids.length > 100) {
      const message = 'The number of values in the `ids` query parameter list is not between 1 and 100';
      return invalidRequest([{ parameters: { ids: [...ids] }, message }]);
    }
    const visible = this.#visible(now);
    const found = visible
      .filter((post) => ids.includes(post.id))
      .map((post) => postJson(post, this.account, fields));
    const missing = ids.filter((id) => !visible.some((post) => post.id === id));
    const errors = missing.map((id) => notFoundError('tweet', single ? 'id' : 'ids', id));
    const data = single ? found[0] : found.length > 0 ? found : undefined;
    return jsonAnswer(200, {
      ...(data === undefined ? {} : { data }),
      ...(errors.length === 0 ? {} : { errors }),
    });
  }

  #visible(now: number): ReturnType<PostBook['live']> {
    return this.posts.live().filter((post) => post.createdAt + this.#readLagMs <= now);
  }
}

function routeOf(method: string, url: URL): Route | null {
  const path = url.pathname;
  const tweet = /^\/2\/tweets\/([0-9]{1,19})$/.exec(path)?.[1];
  if (method === 'POST') return path === '/2/tweets' ? { kind: 'create' } : null;
  if (method === 'DELETE') return tweet === undefined ? null : { kind: 'delete', id: tweet };
  if (method !== 'GET') return null;
  if (tweet !== undefined) return { kind: 'lookup', ids: [tweet] };
  if (path === '/2/tweets') return { kind: 'lookup', ids: url.searchParams.get('ids')?.split(',') ?? [] };
  if (path === '/2/users/me') return { kind: 'me' };
  const userId = /^\/2\/users\/([0-9]{1,19})\/tweets$/.exec(path)?.[1];
  return userId === undefined ? null : { kind: 'timeline', userId };
}
