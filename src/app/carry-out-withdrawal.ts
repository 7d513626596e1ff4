import { workerLimits } from '../limits/running.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Stop } from '../outbox/outbox-store.ts';
import type { App } from './app.ts';
import { DoubtClock } from './doubt-clock.ts';
import { publishNext } from './publish-next.ts';
import { publishingStops } from './publishing-stops.ts';
import { reconcileUncertain } from './reconcile-uncertain.ts';
import { recoverAtStart } from './recover-at-start.ts';
import { TimelineGuard } from './timeline-guard.ts';
import { deleteWithdrawn } from './withdraw-post.ts';

/** A recorded withdrawal, by the ids of its two entries. */
export type Withdrawal = { entryId: string; correctionId: string | null };

/** How both stand when there is no more to wait for. `stop` is what keeps them back: X refuses the account for now. */
export type WithdrawalEnd = { entry: Entry; correction: Entry | null; stop: Stop | null };

/** Waits until a running worker has deleted the post and the correction's fate is known; at most a minute. */
export function watchWithdrawal(
  app: App,
  withdrawal: Withdrawal,
  signal: AbortSignal,
): Promise<WithdrawalEnd> {
  return waitForEnd(app, withdrawal, signal, () => Promise.resolve());
}

/**
 * Does both itself, under the account's lease. Where somebody else has the lease, it is a worker that does them: then only waits.
 * The correction never waits for the deletion, so that both are under way at the same time.
 */
export async function carryOutWithdrawal(
  app: App,
  withdrawal: Withdrawal,
  signal: AbortSignal,
): Promise<WithdrawalEnd> {
  const request = await app.lease.acquire('withdraw', workerLimits.leaseWaitMs);
  if (request.kind === 'busy') return watchWithdrawal(app, withdrawal, signal);
  const { lease } = request;
  try {
    const right = { lease, guard: new TimelineGuard() };
    const doubts = new DoubtClock();
    await recoverAtStart(app);
    return await waitForEnd(app, withdrawal, signal, async ({ entry, correction }) => {
      const steps: Promise<unknown>[] = [];
      if (entry.state === 'withdrawing') steps.push(deleteWithdrawn(app, signal));
      if (correction?.state === 'uncertain') steps.push(reconcileUncertain(app, doubts, signal));
      if (correction?.state === 'queued')
        steps.push(publishNext(app, right, 'urgent', signal, correction.id));
      const done = await Promise.allSettled(steps);
      for (const step of done) if (step.status === 'rejected') throw step.reason;
    });
  } finally {
    await lease.release();
  }
}

async function waitForEnd(
  app: App,
  withdrawal: Withdrawal,
  signal: AbortSignal,
  push: (now: { entry: Entry; correction: Entry | null }) => Promise<unknown>,
): Promise<WithdrawalEnd> {
  const startedAt = app.clock.bootMs();
  for (;;) {
    const entry = await found(app, withdrawal.entryId);
    const correction = withdrawal.correctionId === null ? null : await found(app, withdrawal.correctionId);
    const { account } = await publishingStops(app, app.clock.now());
    if (!isUnderWay(entry) && !isUnderWay(correction)) return { entry, correction, stop: null };
    const isTimeUp = app.clock.bootMs() - startedAt > workerLimits.forcedWaitMs;
    // Under a stop nothing moves but what is already on its way to X.
    const mayMove = account === null || entry.state === 'attempting' || correction?.state === 'attempting';
    if (signal.aborted || isTimeUp || !mayMove) return { entry, correction, stop: account };
    await push({ entry, correction });
    await app.clock.sleep(workerLimits.answerPollMs, signal);
  }
}

function isUnderWay(entry: Entry | null): boolean {
  return (
    entry !== null &&
    ['withdrawing', 'queued', 'attempting', 'uncertain'].includes(entry.state) &&
    !entry.needsPerson
  );
}

async function found(app: App, id: string): Promise<Entry> {
  const entry = await app.store.find(id);
  if (entry === null) throw new Error(`entry ${id} vanished while it was being withdrawn`);
  return entry;
}
