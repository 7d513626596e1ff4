import { workerLimits } from '../limits/running.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';
import { tell } from './tell-people.ts';

/** Notices when the wall clock has moved against the boot clock, which never jumps. */
export class ClockWatch {
  #offset: number | null = null;

  /** Looks once. After a jump people are told; after a jump back, what the wrong time had put off is taken up now. */
  async look(app: App): Promise<void> {
    const now = app.clock.now();
    const offset = now - app.clock.bootMs();
    const moved = this.#offset === null ? 0 : offset - this.#offset;
    this.#offset = offset;
    if (Math.abs(moved) < workerLimits.clockJumpMs) return;
    const detail = `${String(Math.round(moved / 1000))} s`;
    await tell(app, { code: 'clock-jumped', params: { at: now, detail }, severity: 'warning' });
    if (moved < 0) await takeUpDeferred(app, () => true);
  }
}

/** At the start: what an entry's own times show to have been put off by a clock that was ahead. */
export async function takeUpFutureDated(app: App): Promise<void> {
  const limit = app.clock.now() + workerLimits.clockJumpMs;
  await takeUpDeferred(app, (entry) => entry.createdAt > limit || (entry.attempt?.at ?? 0) > limit);
}

/** Makes waiting entries due now. They are judged again before they are sent, so quiet hours and budgets defer them anew. */
async function takeUpDeferred(app: App, concerns: (entry: Entry) => boolean): Promise<void> {
  const now = app.clock.now();
  for (const entry of await app.store.list({ scope: app.scope, states: ['queued'] })) {
    if (entry.dueAt <= now || !concerns(entry)) continue;
    const { reasons } = entry;
    await app.store.apply(entry.id, { kind: 'defer', at: now, by: 'kosatsu', until: now, reasons });
  }
}
