import { stopResults } from '../messages/progress.ts';
import { say } from '../messages/sentence.ts';
import type { App } from './app.ts';
import { checkRole } from './authorize.ts';
import { pausePublishing } from './pauses.ts';
import type { Task, TaskKind } from './progress.ts';

/** `gone`: it had ended, or could no longer be stopped. `refused` says why this person may not, or why not so. */
export type StopTaskResult =
  { kind: 'stopped'; task: Task } | { kind: 'gone' } | { kind: 'refused'; message: string };

/** The right that stopping needs: what posts or reads may be stopped by whoever may pause, an export by whoever may export. */
export const STOP_RIGHTS = {
  'first-reading': 'pause',
  backlog: 'pause',
  'export-posts': 'export-audit',
  'export-audit': 'export-audit',
} as const satisfies Record<TaskKind, 'pause' | 'export-audit'>;

/**
 * Stops long work on a person's word, which goes on the record. A backlog is stopped by a pause of main posts, which people see and
 * end, and which needs a reason; a first reading keeps nothing; an export breaks off.
 */
export async function stopTask(
  app: App,
  request: { id: string; by: string; reason: string | null },
): Promise<StopTaskResult> {
  const found = app.progress.find(request.id);
  if (found === null) return { kind: 'gone' };
  const right = await checkRole(app, {
    act: STOP_RIGHTS[found.kind],
    by: request.by,
    subject: found.subject,
  });
  if (right.kind === 'refused') return right;
  const { reason } = request;
  if (found.kind === 'backlog') {
    if (reason === null)
      return { kind: 'refused', message: say(stopResults['reason-needed'], app.config.operatorLang) };
    const reach = { topic: 'main', feed: null } as const;
    const paused = await pausePublishing(app, { reach, by: right.by, reason });
    if (paused.kind === 'refused') return paused;
  }
  const task = app.progress.stop(found.id);
  // A backlog that ended meanwhile leaves the pause that was asked for.
  if (task === null && found.kind !== 'backlog') return { kind: 'gone' };
  await app.governance.note({
    at: app.clock.now(),
    scope: app.scope,
    actor: right.by,
    act: 'task.stopped',
    subject: found.subject,
    reason,
    before: { kind: found.kind, done: found.done, total: found.total },
    after: null,
    policyVersion: null,
  });
  return { kind: 'stopped', task: task ?? found };
}
