import type { EpochMs } from '../feed/item.ts';
import { type Answer, isRecord, isRemoteId } from './answer.ts';
import { accountRefusalOf, isDuplicate, oneLine, readProblem, wordsOf } from './problem.ts';
import type { Outcome } from './publisher.ts';
import { throttledUntil } from './throttled-until.ts';

type Response = Extract<Answer, { kind: 'response' }>;

/**
 * What a POST's answer proves. Success needs an id; refusal for good needs X's own words in a shape that is known;
 * everything that could hide a post at X is `uncertain`. A 5xx too: nobody promises that it was not carried out.
 */
export function classifyAnswer(answer: Answer, now: EpochMs): Outcome {
  if (answer.kind === 'failure') {
    const detail = oneLine(`${answer.code} ${answer.message}`);
    return answer.phase === 'before-write'
      ? { kind: 'not-sent', cause: 'network', detail }
      : { kind: 'uncertain', detail };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return accepted(answer);
  switch (status) {
    case 400:
      return refused(answer, false);
    case 401:
      return { kind: 'refused-for-now', cause: 'unauthorized', detail: describe(answer) };
    case 402:
      return { kind: 'refused-for-now', cause: 'credits', detail: describe(answer) };
    case 403:
      return refused(answer, true);
    case 429:
      return throttled(answer, now);
    default:
      return { kind: 'uncertain', detail: describe(answer) };
  }
}

function accepted(answer: Response): Outcome {
  const data = isRecord(answer.body) ? answer.body['data'] : null;
  const id = isRecord(data) ? data['id'] : null;
  return isRemoteId(id)
    ? { kind: 'published', remoteId: id }
    : { kind: 'uncertain', detail: describe(answer) };
}

/** 400 and 403. HTML (an edge proxy's page) and unknown JSON say nothing about the post. */
function refused(answer: Response, byWords: boolean): Outcome {
  const problem = readProblem(answer.body);
  const detail = describe(answer);
  if (problem === null) return { kind: 'uncertain', detail };
  if (problem.codes.includes(RATE_LIMIT_CODE)) return { kind: 'throttled', until: null, detail };
  const cause = accountRefusalOf(problem, byWords);
  if (cause !== null) return { kind: 'refused-for-now', cause, detail };
  if (isDuplicate(problem, byWords)) return { kind: 'duplicate', detail };
  return { kind: 'rejected', status: answer.status, detail };
}

const RATE_LIMIT_CODE = 88;

function throttled(answer: Response, now: EpochMs): Outcome {
  const problem = readProblem(answer.body);
  const cause = problem === null ? null : accountRefusalOf(problem, false);
  if (cause !== null) return { kind: 'refused-for-now', cause, detail: describe(answer) };
  return { kind: 'throttled', until: throttledUntil(answer.headers, now), detail: describe(answer) };
}

/** The status and X's words, or what is odd about the answer. */
export function describe(answer: Response): string {
  const problem = readProblem(answer.body);
  const status = String(answer.status);
  if (problem !== null) return oneLine(`${status} ${wordsOf(problem)}`);
  const what = shapeOf(answer.body);
  return oneLine(`${status} with ${what}${answer.complete ? '' : ', cut off'}`);
}

function shapeOf(body: unknown): string {
  if (body === '' || body === undefined) return 'an empty body';
  if (typeof body !== 'string') return `JSON of an unknown shape: ${JSON.stringify(body)}`;
  return /<(?:!doctype|html|head|body)\b/i.test(body.slice(0, 2_000))
    ? 'an HTML page'
    : `text that is no JSON: ${body}`;
}
