import { entryLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import { type Answer, isRecord } from './answer.ts';
import { describe } from './classify-answer.ts';
import { accountRefusalOf, oneLine, readProblem } from './problem.ts';
import type { Deletion } from './publisher.ts';
import { throttledUntil } from './throttled-until.ts';

/** Numbered errors of v1: no such page, no such status. */
const GONE_CODES = [34, 144];

/**
 * What a DELETE's answer proves. Deleting twice is deleting once, so doubt is cheap here: it may be repeated.
 * `gone` needs X's own word that the post does not exist; a bare 404 may come from anywhere.
 */
export function classifyDeletion(answer: Answer, now: EpochMs): Deletion {
  if (answer.kind === 'failure')
    return { kind: 'doubt', detail: oneLine(`${answer.code} ${answer.message}`), retryAt: null };
  const detail = describe(answer);
  const { status, body } = answer;
  if (
    status >= 200 &&
    status < 300 &&
    isRecord(body) &&
    isRecord(body['data']) &&
    body['data']['deleted'] === true
  ) {
    return { kind: 'deleted' };
  }
  if (saysGone(status, body)) return { kind: 'gone' };
  const problem = readProblem(body);
  if (status === 429) {
    return {
      kind: 'doubt',
      detail,
      retryAt: throttledUntil(answer.headers, now) ?? now + entryLimits.throttleDefaultMs,
    };
  }
  const accountRefused =
    status === 401 ||
    status === 402 ||
    (problem !== null && accountRefusalOf(problem, status === 403) !== null);
  if (accountRefused) return { kind: 'doubt', detail, retryAt: now + entryLimits.accountRefusedMs };
  if ((status === 400 || status === 403) && problem !== null) return { kind: 'refused', detail };
  return { kind: 'doubt', detail, retryAt: null };
}

/** X tells of a missing post as a 404 problem, or as a 200 that holds only errors. */
function saysGone(status: number, body: unknown): boolean {
  if (!isRecord(body) || isRecord(body['data'])) return false;
  const errors = Array.isArray(body['errors']) ? body['errors'].filter(isRecord) : [];
  if (status === 404) {
    const problem = readProblem(body);
    if (problem === null) return false;
    return problem.type === 'resource-not-found' || problem.codes.some((code) => GONE_CODES.includes(code));
  }
  return (
    status === 200 &&
    errors.length > 0 &&
    errors.every((error) => String(error['type']).endsWith('/resource-not-found'))
  );
}
