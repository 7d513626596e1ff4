import type { App } from '../app/app.ts';
import { authorize } from '../app/authorize.ts';
import { publishUrgent, type UrgentRequest, type UrgentResult } from '../app/force-urgent.ts';
import { proposeOnRecord } from '../app/propose-on-record.ts';
import type { LinkHandler } from '../app/worker-link.ts';

/** What a running worker does for the command line. `knock` lets its loops look at the store at once. */
export function answerLink(app: App, knock: () => void, signal: AbortSignal): LinkHandler {
  return async (request) => {
    switch (request.kind) {
      case 'ping':
        return { kind: 'pong' };
      case 'wake':
        knock();
        return { kind: 'woken' };
      case 'propose-urgent':
        return { kind: 'proposal', proposal: await proposeOnRecord(app, request.request) };
      case 'publish-urgent':
        return { kind: 'result', result: await publishFor(app, request.request, knock, signal) };
    }
  };
}

/** The command line's person shows who they are here, where the operators are known. */
async function publishFor(
  app: App,
  request: UrgentRequest,
  knock: () => void,
  signal: AbortSignal,
): Promise<UrgentResult> {
  const { by, token } = request;
  const right = await authorize(app, { act: 'submit', by, token, subject: 'urgent' });
  if (right.kind === 'refused') return { kind: 'refused', entryId: null, messages: [right.message] };
  return publishUrgent(app, request, knock, signal);
}
