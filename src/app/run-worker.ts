import { workerLimits } from '../limits/running.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Lease } from '../outbox/lease.ts';
import type { Slot } from '../outbox/outbox-store.ts';
import type { App } from './app.ts';
import { DoubtClock } from './doubt-clock.ts';
import { forgetOldItems } from './forget-items.ts';
import { keepRecords } from './keep-records.ts';
import { publishNext, type PublishReport } from './publish-next.ts';
import { watchApprovals } from './watch-approvals.ts';
import { AuditWatch } from './watch-audit.ts';
import { watchBatches } from './quarantine.ts';
import { reconcileUncertain } from './reconcile-uncertain.ts';
import { recoverAtStart } from './recover-at-start.ts';
import { runLane } from './run-lane.ts';
import { pollAll, runPolls, type OnPoll } from './run-polls.ts';
import { endAccountAlarm } from './stop-account.ts';
import { clearAlert, tell } from './tell-people.ts';
import { TimelineGuard } from './timeline-guard.ts';
import { deleteWithdrawn } from './withdraw-post.ts';
import { createWake, type Wake } from './wake.ts';
import { BacklogWatch } from './watch-backlog.ts';
import { runTimelineWatch } from './watch-timeline.ts';
import { ClockWatch } from './watch-clock.ts';
import { watchSilence } from './watch-silence.ts';
import { watchStranded } from './watch-stranded.ts';
import { StorageWatch } from './watch-storage.ts';

/** A running worker, as the socket and the console see it. */
export type Worker = { lease: Lease; wakeAll(): void };

export type WorkerEnd = { kind: 'stopped' } | { kind: 'busy'; holder: string } | { kind: 'lease-lost' };

/** Takes the lease, recovers, then polls, publishes and looks after doubt until the signal aborts; the POST in flight is finished first. */
export async function runWorker(
  app: App,
  hooks: {
    signal: AbortSignal;
    onReady: (worker: Worker) => void;
    onPost?: (entry: Entry) => void;
    onReport?: (report: PublishReport) => Promise<void>;
  },
): Promise<WorkerEnd> {
  const request = await app.lease.acquire('worker', 0);
  if (request.kind === 'busy') return request;
  const { lease } = request;
  const right = { lease, guard: new TimelineGuard() };
  const failing = new AbortController();
  const signal = AbortSignal.any([hooks.signal, failing.signal]);
  const storage = new StorageWatch(app);
  const guarded = { failing, storage };
  const wakes = { main: createWake(), urgent: createWake(), look: createWake(), takeBack: createWake() };
  // Not the loop's: what is known of a doubt, and of the clock, must outlive a store that fails now and then.
  const watches = { doubts: new DoubtClock(), clock: new ClockWatch() };
  try {
    await recoverAtStart(app);
    await tell(app, {
      code: 'worker-started',
      params: { account: app.scope.account, mode: app.scope.mode },
      severity: 'info',
    });
    hooks.onReady({ lease, wakeAll: () => Object.values(wakes).forEach((wake) => wake.knock()) });
    const onReport = (report: PublishReport): void => {
      if (report.kind === 'attempted' && report.outcome.kind === 'published') hooks.onPost?.(report.entry);
      if (report.kind === 'unreachable')
        app.log.warn({ detail: report.detail }, 'X cannot be reached; nothing was sent');
      if (report.kind === 'attempted' && report.entry.state === 'uncertain') wakes.look.knock();
    };
    const onPoll: OnPoll = async (feed, result) => {
      logPoll(app, feed.name, result);
      if (result.kind === 'error' && result.times >= workerLimits.unrecordedTellTimes)
        await storage.failed(result.error, feed.name);
      wakes.main.knock();
      wakes.urgent.knock();
    };
    const lane = async (slot: Slot): Promise<'stopped' | 'lease-lost'> => {
      // Also where the lane begins again after the storage failed: what it had claimed is doubt, nobody else would look.
      await recoverAtStart(app, slot);
      using backlog = new BacklogWatch(app);
      const told = async (report: PublishReport): Promise<void> => {
        onReport(report);
        await hooks.onReport?.(report);
        if (slot === 'main') await backlog.look(report);
      };
      return await runLane(app, right, { slot, wake: wakes[slot], onReport: told }, signal);
    };
    const ends = await Promise.all([
      keepGoing(app, signal, () => lane('urgent'), guarded),
      keepGoing(app, signal, () => lane('main'), guarded),
      keepGoing(app, signal, () => takeBack(app, wakes.takeBack, signal), guarded),
      keepGoing(app, signal, () => lookAfterDoubt(app, wakes, watches, signal), guarded),
      keepGoing(app, signal, () => runPolls(app, onPoll, signal), guarded),
      keepGoing(app, signal, () => keepHouse(app, storage, signal), guarded),
      keepGoing(app, signal, () => runTimelineWatch(app, signal), guarded),
    ]);
    if (ends.includes('lease-lost')) return { kind: 'lease-lost' };
    return { kind: 'stopped' };
  } finally {
    await lease.release();
  }
}

/** `unrecorded`: what kept a poll from being recorded, of each feed where that happened. */
type OnceDone = {
  kind: 'done';
  worst: 0 | 4 | 5;
  published: readonly Entry[];
  unrecorded: readonly unknown[];
};

/**
 * Polls once, looks once at each older doubt, publishes everything that is due, and deletes what was withdrawn. The look can find a post,
 * or in the end ask a person, but never says that one is not there, because a round is over before it could know; what becomes doubtful
 * in this round is for the next. `worst` is the exit code that the outcomes ask for.
 */
export async function runOnce(
  app: App,
  signal: AbortSignal,
): Promise<{ kind: 'busy'; holder: string } | OnceDone> {
  const request = await app.lease.acquire('run --once', 0);
  if (request.kind === 'busy') return request;
  const right = { lease: request.lease, guard: new TimelineGuard() };
  const published: Entry[] = [];
  const unrecorded: unknown[] = [];
  let worst: 0 | 4 | 5 = 0;
  try {
    await recoverAtStart(app);
    const onPoll: OnPoll = (feed, result) => {
      logPoll(app, feed.name, result);
      if (result.kind === 'error') unrecorded.push(result.error);
    };
    await pollAll(app, onPoll, signal);
    await reconcileUncertain(app, new DoubtClock(), signal);
    using backlog = new BacklogWatch(app);
    for (const slot of ['urgent', 'main'] as const) {
      for (let pass = 0; pass < workerLimits.passMax && !signal.aborted; pass += 1) {
        const report = await publishNext(app, right, slot, signal);
        if (slot === 'main') await backlog.look(report);
        if (report.kind === 'set-aside') continue;
        if (report.kind === 'attempted') {
          if (report.outcome.kind === 'published') published.push(report.entry);
          worst = worse(worst, exitCodeOf(report));
          if (slot === 'main') await app.clock.sleep(app.config.channel.paceMs, signal);
          continue;
        }
        if (report.kind === 'unreachable')
          app.log.warn({ detail: report.detail }, 'X cannot be reached; nothing was sent');
        if (report.kind === 'unreachable') worst = worse(worst, 4);
        break;
      }
    }
    worst = worse(worst, withdrawalCode(await deleteWithdrawn(app, signal)));
  } finally {
    await request.lease.release();
  }
  return { kind: 'done', worst, published, unrecorded };
}

function worse(a: 0 | 4 | 5, b: 0 | 4 | 5): 0 | 4 | 5 {
  return a > b ? a : b;
}

/** A withdrawal that X refused stands like a refused post; one whose answer was lost goes on in the next round. */
function withdrawalCode(changed: readonly Entry[]): 0 | 4 | 5 {
  if (changed.some((entry) => entry.state === 'withdrawing')) return 5;
  return changed.some((entry) => entry.state === 'published') ? 4 : 0;
}

function exitCodeOf(report: PublishReport & { kind: 'attempted' }): 0 | 4 | 5 {
  switch (report.outcome.kind) {
    case 'published':
    case 'not-sent':
      return 0;
    case 'throttled':
    case 'refused-for-now':
    case 'rejected':
      return 4;
    case 'duplicate':
    case 'uncertain':
      return 5;
  }
}

/** A loop ends with the signal. What it throws is told and slept on; a lost lease ends the others too. */
async function keepGoing<T>(
  app: App,
  signal: AbortSignal,
  loop: () => Promise<T>,
  { failing, storage }: { failing: AbortController; storage: StorageWatch },
): Promise<T | 'stopped'> {
  while (!signal.aborted) {
    try {
      const end = await loop();
      if (end === 'lease-lost') {
        failing.abort();
        return end;
      }
      await clearAlert(app, 'store');
      return end;
    } catch (error) {
      app.log.error(
        { err: error instanceof Error ? error.message : String(error) },
        'a loop of the worker failed; it goes on after a pause',
      );
      await storage.failed(error);
      await app.clock.sleep(workerLimits.afterErrorMs, signal);
    }
  }
  return 'stopped';
}

/** By itself, because a wrong post must not stand until X has shown the whole timeline, nor a doubt last until X has deleted something. */
async function takeBack(app: App, wake: Wake, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await deleteWithdrawn(app, signal);
    await wake.wait(workerLimits.idleMs, app.clock, signal);
  }
}

async function lookAfterDoubt(
  app: App,
  wakes: { main: Wake; urgent: Wake; look: Wake },
  { doubts, clock }: { doubts: DoubtClock; clock: ClockWatch },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.look(app);
    const report = await reconcileUncertain(app, doubts, signal);
    if (report.settled.length > 0) {
      wakes.main.knock();
      wakes.urgent.knock();
    }
    await wakes.look.wait(workerLimits.idleMs, app.clock, signal);
  }
}

async function keepHouse(app: App, storage: StorageWatch, signal: AbortSignal): Promise<void> {
  const audit = new AuditWatch();
  while (!signal.aborted) {
    await storage.look();
    await watchSilence(app);
    await watchBatches(app);
    await watchStranded(app);
    await watchApprovals(app);
    await endAccountAlarm(app, 'time');
    await forgetOldItems(app, app.clock.now());
    // Before its head is handed out: that of a log which was tampered with proves nothing.
    await audit.look(app, signal);
    await keepRecords(app, signal);
    await app.clock.sleep(workerLimits.housekeepingMs, signal);
  }
}

function logPoll(app: App, feed: string, result: Parameters<OnPoll>[1]): void {
  if (result.kind === 'error') {
    const err = result.error instanceof Error ? result.error.message : String(result.error);
    app.log.error({ feed, err }, 'a poll could not be recorded; nothing of it was kept');
    return;
  }
  const { report } = result;
  if (report.kind === 'failed')
    app.log.warn({ feed, problems: report.problems }, 'the feed could not be read');
  if (report.kind === 'stopped')
    app.log.warn({ feed }, 'a person stopped the first reading; the next poll begins it again');
  if (report.kind === 'read') {
    const { items, baseline } = report;
    app.log.info({ feed, items, baseline, recorded: report.recorded.length }, 'feed read');
  }
}
