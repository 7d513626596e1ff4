import { act } from '../../src/app/operator-actions.ts';
import { resolveEntry } from '../../src/app/resolve-entry.ts';
import { withdrawPost } from '../../src/app/withdraw-post.ts';
import type { App } from '../../src/app/app.ts';
import { CORRECTION_BEGINS } from './items.ts';
import type { Stage } from './stage.ts';

/** People look in: they approve what is held, take some posts back, and settle what is theirs to settle, truthfully. */
export async function lookIn(world: Stage, app: App, signal: AbortSignal): Promise<void> {
  const { scope, store } = world;
  const by = 'operator';
  for (const entry of await store.list({ scope, states: ['held'] })) {
    // They read why it is held: what stands at X already, or may, is not said a second time.
    const isRepeat = entry.reasons.some(({ rule }) => rule === 'duplicate-text');
    await act(app, { kind: isRepeat ? 'cancel' : 'approve', id: entry.id, by, reason: 'checked' });
  }
  for (const entry of await store.list({ scope, states: ['published'] })) {
    if (entry.kind === 'correction' || !world.random.chance(0.15)) continue;
    const correction = `${CORRECTION_BEGINS}（${entry.id}）には誤りがありました。正しい内容は次のページをご覧ください。`;
    await withdrawPost(app, { id: entry.id, by, reason: 'wrong', correction });
  }
  for (const entry of await store.list({ scope, states: ['uncertain'] })) {
    if (!entry.needsPerson) continue;
    const post = world.x.posts.find((one) => one.text === entry.text && one.deletedAt === null);
    const outcome =
      post === undefined
        ? ({ kind: 'not-published' } as const)
        : ({ kind: 'published', remoteId: post.id } as const);
    await resolveEntry(app, { id: entry.id, by, reason: 'looked at X', outcome }, signal);
  }
}
