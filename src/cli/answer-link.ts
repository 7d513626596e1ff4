import type { App } from '../app/app.ts';
import { proposeUrgent, publishUrgent } from '../app/force-urgent.ts';
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
        return { kind: 'proposal', proposal: await proposeUrgent(app, request.request) };
      case 'publish-urgent':
        return { kind: 'result', result: await publishUrgent(app, request.request, knock, signal) };
    }
  };
}
