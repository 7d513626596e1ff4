import type { SandboxPost } from './post-book.ts';

/** An answer before it is written: strings and bytes go out as they are, null is an empty body, the rest becomes JSON. */
export type XAnswer = { status: number; headers: Record<string, string>; contentType: string; body: unknown };

const PROBLEMS = 'https://api.twitter.com/2/problems';

export function jsonAnswer(status: number, body: unknown): XAnswer {
  return { status, headers: {}, contentType: 'application/json; charset=utf-8', body };
}

/** X's problem bodies travel as `application/problem+json`. `type` is the end of the problem's address, or null for about:blank. */
export function problem(
  status: number,
  title: string,
  detail: string,
  type: string | null,
  more: object = {},
): XAnswer {
  const body = {
    ...more,
    title,
    detail,
    type: type === null ? 'about:blank' : `${PROBLEMS}/${type}`,
    status,
  };
  return { ...jsonAnswer(status, body), contentType: 'application/problem+json' };
}

export const unauthorized = (): XAnswer => problem(401, 'Unauthorized', 'Unauthorized', null);

export const forbidden = (detail: string): XAnswer => problem(403, 'Forbidden', detail, null);

export const duplicateContent = (): XAnswer =>
  forbidden('You are not allowed to create a Tweet with duplicate content.');

export const notPermitted = (): XAnswer => forbidden('You are not permitted to perform this action.');

export const tooManyRequests = (): XAnswer => problem(429, 'Too Many Requests', 'Too Many Requests', null);

export const bodyTooLarge = (): XAnswer => problem(413, 'Payload Too Large', 'Payload Too Large', null);

export const lengthRequired = (): XAnswer => problem(411, 'Length Required', 'Length Required', null);

export const routeUnknown = (): XAnswer => problem(404, 'Not Found', 'Not Found', null);

/** One mistake in a request: the offending parameters as X lists them, and its sentence. */
export type ParameterMistake = { parameters: Record<string, string[]>; message: string };

/** 400 of X: every mistake of the request in one answer. */
export function invalidRequest(mistakes: readonly ParameterMistake[]): XAnswer {
  const detail = 'One or more parameters to your request was invalid.';
  return problem(400, 'Invalid Request', detail, 'invalid-request', { errors: mistakes });
}

/** How X says that a tweet or user does not exist, inside an answer of status 200. */
export function notFoundError(resource: 'tweet' | 'user', parameter: string, value: string): object {
  return {
    value,
    detail: `Could not find ${resource} with ${parameter}: [${value}].`,
    title: 'Not Found Error',
    resource_type: resource,
    parameter,
    resource_id: value,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

/** 201 of X. The text is the read-back text, links already replaced. */
export function createdAnswer(post: SandboxPost, text: string): XAnswer {
  return jsonAnswer(201, { data: { edit_history_tweet_ids: [post.id], id: post.id, text } });
}
