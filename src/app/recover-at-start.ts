import { reconcileLimits } from '../limits/publishing.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Slot } from '../outbox/outbox-store.ts';
import type { App } from './app.ts';
import { tell } from './tell-people.ts';
import { takeUpFutureDated } from './watch-clock.ts';

/**
 * Takes up what an earlier process left behind: an attempt that was in flight is doubt, never a queue entry.
 * Runs under the lease, before anything is sent from the slot (null: from any).
 */
export async function recoverAtStart(app: App, slot: Slot | null = null): Promise<readonly Entry[]> {
  const now = app.clock.now();
  await takeUpKeptOutcomes(app);
  const left = await app.store.list({ scope: app.scope, states: ['attempting'] });
  const recovered: Entry[] = [];
  for (const entry of left) {
    if (slot !== null && entry.topic !== slot) continue;
    const nextReadAt = now + reconcileLimits.probeMs[0];
    const applied = await app.store.apply(entry.id, {
      kind: 'recovered',
      at: now,
      by: 'kosatsu',
      nextReadAt,
    });
    if (applied.kind !== 'applied') continue;
    recovered.push(applied.entry);
    const detail = 'the program ended before the answer was recorded';
    await tell(app, {
      code: 'entry-uncertain',
      params: { id: entry.id, text: entry.text, detail },
      severity: 'warning',
    });
  }
  await takeUpFutureDated(app);
  return recovered;
}

/** What X said, and a full disk kept out of the store, is no doubt. An outcome that fits no entry any more is forgotten by the store. */
async function takeUpKeptOutcomes(app: App): Promise<void> {
  for (const { entryId, nonce, remoteId, at } of await app.store.keptOutcomes()) {
    const reason = 'kept beside the full store';
    const event = { kind: 'accepted', at, by: 'kosatsu', reason, nonce, remoteId } as const;
    const applied = await app.store.apply(entryId, event);
    if (applied.kind !== 'applied') continue;
    const { id, text, topic } = applied.entry;
    const code = topic === 'urgent' ? 'urgent-published' : 'main-published';
    await tell(app, { code, params: { id, text }, severity: 'info' });
  }
}
