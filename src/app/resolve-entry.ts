import { say } from '../messages/sentence.ts';
import { resolutionMessages } from '../messages/resolution.ts';
import { searchSinceId } from '../publish/decide-search.ts';
import { isRemoteId } from '../publish/answer.ts';
import { isAhead, snowflakeTime } from '../publish/snowflake.ts';
import { compareRemoteIds } from '../outbox/due.ts';
import type { App } from './app.ts';
import { checkRole, noteRefusal } from './authorize.ts';
import type { ActResult } from './operator-actions.ts';
import { readOwnPosts } from './read-own-posts.ts';
import { clearAlert } from './tell-people.ts';

/** A person ends a doubt that looking could not end: the post is on X under this id, or it is not there. */
export type Resolution = {
  id: string;
  by: string;
  reason: string;
  outcome: { kind: 'published'; remoteId: string } | { kind: 'not-published' };
};

/**
 * Records the person's word. An id is compared with the own timeline where that can be read, because a mistyped one
 * would put a stranger's post into the record.
 */
export async function resolveEntry(app: App, request: Resolution, signal: AbortSignal): Promise<ActResult> {
  const entry = await app.store.find(request.id);
  if (entry === null) return { kind: 'missing' };
  const refuse = async (
    code: keyof typeof resolutionMessages,
    params: Record<string, string> = {},
  ): Promise<ActResult> => {
    await noteRefusal(app, { act: 'resolve', by: request.by, subject: entry.id }, code);
    const message = say(resolutionMessages[code], app.config.operatorLang, { id: entry.id, ...params });
    return { kind: 'refused', message, entry };
  };
  if (entry.mode !== app.scope.mode || entry.account !== app.scope.account)
    return refuse('other-account', { account: entry.account });
  const right = await checkRole(app, { act: 'resolve', by: request.by, subject: entry.id });
  if (right.kind === 'refused') return { ...right, entry };
  if (entry.state !== 'uncertain') return refuse('not-uncertain', { state: entry.state });
  const base = { at: app.clock.now(), by: request.by, reason: request.reason };
  const { outcome } = request;
  if (outcome.kind === 'published') {
    // Nothing else is there to see a slip of the hand where own posts cannot be read.
    if (!isRemoteId(outcome.remoteId) || isAhead(outcome.remoteId, base.at))
      return refuse('no-post-id', { remoteId: outcome.remoteId });
    const other = await app.store.findByRemoteId(app.scope, outcome.remoteId);
    if (other !== null) return refuse('taken', { remoteId: outcome.remoteId, other: other.id });
    const sinceId = searchSinceId(entry, base.at);
    // X's ids tell when a post was made: one from before the first try cannot be ours, whatever can be read.
    if (sinceId !== null && compareRemoteIds(outcome.remoteId, sinceId) <= 0)
      return refuse('not-ours', { remoteId: outcome.remoteId });
    const timeline = await readOwnPosts(app, sinceId, signal);
    const missing =
      timeline.kind === 'read' &&
      timeline.complete &&
      !timeline.posts.some((post) => post.remoteId === outcome.remoteId);
    if (missing) return refuse('not-ours', { remoteId: outcome.remoteId });
  }
  const applied = await app.store.apply(
    entry.id,
    outcome.kind === 'published'
      ? {
          ...base,
          kind: 'resolve-published',
          remoteId: outcome.remoteId,
          publishedAt: snowflakeTime(outcome.remoteId),
        }
      : { ...base, kind: 'resolve-not-published' },
  );
  if (applied.kind === 'missing') return { kind: 'missing' };
  if (applied.kind === 'illegal') return refuse('not-uncertain', { state: applied.entry.state });
  await clearAlert(app, `uncertain:${entry.id}`);
  return { kind: 'done', entry: applied.entry };
}
