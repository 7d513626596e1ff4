import type { EpochMs } from '../feed/item.ts';
import { type Answer, isRecord, isRemoteId, serverTime } from './answer.ts';
import { describe } from './classify-answer.ts';
import { oneLine, readProblem } from './problem.ts';
import type { Identity, Unreadable } from './publisher.ts';
import { throttledUntil } from './throttled-until.ts';

/** Why a GET gave nothing to read. A 403 without X's own words (an edge proxy's page) forbids nothing. */
export function classifyUnreadable(answer: Answer, now: EpochMs): Unreadable {
  if (answer.kind === 'failure') {
    return {
      kind: 'unreadable',
      cause: 'network',
      until: null,
      detail: oneLine(`${answer.code} ${answer.message}`),
    };
  }
  const detail = describe(answer);
  if (answer.status === 429)
    return { kind: 'unreadable', cause: 'throttled', until: throttledUntil(answer.headers, now), detail };
  const forbids =
    answer.status === 401 ||
    answer.status === 402 ||
    (answer.status === 403 && readProblem(answer.body) !== null);
  return { kind: 'unreadable', cause: forbids ? 'forbidden' : 'unknown-answer', until: null, detail };
}

/** Who the credentials are, from GET /2/users/me. */
export function classifyIdentity(answer: Answer, now: EpochMs): Identity {
  const data =
    answer.kind === 'response' && answer.status === 200 && isRecord(answer.body) ? answer.body['data'] : null;
  if (answer.kind === 'failure' || !isRecord(data)) return classifyUnreadable(answer, now);
  const { id, username, name } = data;
  // Handles are 1 to 15 letters, digits and underscores today; older ones may be longer.
  if (!isRemoteId(id) || typeof username !== 'string' || !/^\w{1,50}$/.test(username))
    return classifyUnreadable(answer, now);
  return {
    kind: 'known',
    accountId: id,
    handle: username,
    name: typeof name === 'string' ? oneLine(name) : username,
    serverTime: serverTime(answer.headers),
  };
}
