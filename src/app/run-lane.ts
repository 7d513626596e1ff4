import PQueue from 'p-queue';
import { workerLimits } from '../limits/running.ts';
import type { Slot } from '../outbox/outbox-store.ts';
import type { App } from './app.ts';
import { publishNext, type PublishReport, type PublishRight } from './publish-next.ts';
import type { Wake } from './wake.ts';

/** One of the account's two slots: publishes its next due entry, again and again, one at a time. */
export type Lane = { slot: Slot; wake: Wake; onReport: (report: PublishReport) => Promise<void> };

/**
 * Runs until the signal aborts or the lease is lost. The job in the queue is "the next due entry", never a given entry:
 * the store orders, the queue only sees to it that one POST is under way in this slot.
 */
export async function runLane(
  app: App,
  right: PublishRight,
  lane: Lane,
  signal: AbortSignal,
): Promise<'stopped' | 'lease-lost'> {
  const queue = new PQueue({ concurrency: 1 });
  let lastPostBoot: number | null = null;
  while (!signal.aborted) {
    const paced =
      lane.slot === 'main' && lastPostBoot !== null
        ? lastPostBoot + app.config.channel.paceMs - app.clock.bootMs()
        : 0;
    if (paced > 0) {
      await app.clock.sleep(paced, signal);
      continue;
    }
    const report = await queue.add(() => publishNext(app, right, lane.slot, signal));
    await lane.onReport(report);
    if (report.kind === 'lease-lost') return 'lease-lost';
    if (report.kind === 'attempted') lastPostBoot = app.clock.bootMs();
    const waitMs = pauseAfter(report, app.clock.now());
    if (waitMs > 0) await lane.wake.wait(waitMs, app.clock, signal);
  }
  return 'stopped';
}

/** How long the lane rests after a report; short enough that a jumped clock cannot hold it. */
function pauseAfter(report: PublishReport, now: number): number {
  switch (report.kind) {
    case 'attempted':
    case 'set-aside':
    case 'lease-lost':
      return 0;
    case 'unreachable':
      return Math.max(0, Math.min(report.retryAt - now, workerLimits.unreachableMaxMs));
    case 'idle':
      return workerLimits.idleMs;
  }
}
