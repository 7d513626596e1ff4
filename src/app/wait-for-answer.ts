import { workerLimits } from '../limits/running.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';
import { pauseOf, publishingStops } from './publishing-stops.ts';
import { resultOf, speak, timeUp, type UrgentResult } from './urgent-result.ts';

/**
 * Looks at the entry until X's answer is known or the time is up. `push` moves it on where nobody else does,
 * and says how many milliseconds to rest before the next look.
 */
export async function waitForAnswer(
  app: App,
  entryId: string,
  signal: AbortSignal,
  push: (entry: Entry) => Promise<number>,
): Promise<UrgentResult> {
  const startedAt = app.clock.bootMs();
  for (;;) {
    const entry = await app.store.find(entryId);
    if (entry === null) throw new Error(`entry ${entryId} vanished while it was being published`);
    const result = resultOf(app, entry);
    if (result !== null) return result;
    const stops = await publishingStops(app, app.clock.now());
    const stop = stops.account ?? (entry.overridePause ? null : pauseOf(stops, entry.topic));
    if (entry.state === 'queued' && stop !== null) {
      const message = speak(app, 'account-waits', { id: entryId, reason: stop.reason });
      return { kind: 'waiting', entryId, message };
    }
    if (signal.aborted || app.clock.bootMs() - startedAt > workerLimits.forcedWaitMs)
      return timeUp(app, entry);
    const restMs = Math.max(await push(entry), workerLimits.answerPollMs);
    await app.clock.sleep(Math.min(restMs, workerLimits.forcedWaitMs), signal);
  }
}
