import PQueue from 'p-queue';
import type { FeedConfig } from '../feed/feed-config.ts';
import { workerLimits } from '../limits/running.ts';
import type { App } from './app.ts';
import { pollFeed, type PollReport } from './poll-feed.ts';

/**
 * Told after every poll; `error` when what it read could not be recorded, in which case nothing of the poll was kept. `times`: how often
 * in a row. Does not reject.
 */
export type OnPoll = (
  feed: FeedConfig,
  result: { kind: 'report'; report: PollReport } | { kind: 'error'; error: unknown; times: number },
) => void | Promise<void>;

/** Polls every enabled feed when it is due, a bounded number at a time, until the signal aborts. */
export async function runPolls(app: App, onPoll: OnPoll, signal: AbortSignal): Promise<void> {
  const queue = new PQueue({ concurrency: workerLimits.pollConcurrency });
  const underWay = new Set<string>();
  const failed = new Map<string, number>();
  const poll = async (feed: FeedConfig): Promise<void> => {
    const times = (failed.get(feed.name) ?? 0) + 1;
    const isKept = await queue.add(() => pollOnce(app, feed, { onPoll, times }, signal));
    if (isKept) failed.delete(feed.name);
    else {
      failed.set(feed.name, times);
      // Nothing was kept, so it is still due: neither a full disk nor somebody else's server is asked again without pause.
      await app.clock.sleep(restOf(feed), signal);
    }
    underWay.delete(feed.name);
  };
  while (!signal.aborted) {
    for (const feed of await dueFeeds(app)) {
      if (underWay.has(feed.name)) continue;
      underWay.add(feed.name);
      void poll(feed);
    }
    await app.clock.sleep(workerLimits.idleMs, signal);
  }
  await queue.onIdle();
}

function restOf({ pollIntervalMs }: FeedConfig): number {
  return Math.min(Math.max(pollIntervalMs, workerLimits.afterErrorMs), workerLimits.unrecordedRestMaxMs);
}

/** Polls every enabled feed once, due or not. */
export async function pollAll(app: App, onPoll: OnPoll, signal: AbortSignal): Promise<void> {
  const queue = new PQueue({ concurrency: workerLimits.pollConcurrency });
  await queue.addAll(enabled(app).map((feed) => () => pollOnce(app, feed, { onPoll, times: 1 }, signal)));
}

/** Whether it was recorded. */
async function pollOnce(
  app: App,
  feed: FeedConfig,
  { onPoll, times }: { onPoll: OnPoll; times: number },
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return true;
  try {
    const report = await pollFeed(app, feed, signal);
    await onPoll(feed, { kind: 'report', report });
    return true;
  } catch (error) {
    await onPoll(feed, { kind: 'error', error, times });
    return false;
  }
}

async function dueFeeds(app: App): Promise<readonly FeedConfig[]> {
  const now = app.clock.now();
  const due: FeedConfig[] = [];
  for (const feed of enabled(app)) {
    const state = await app.store.feedState(app.scope, feed.name);
    const next = state?.nextPollAt ?? 0;
    // A last poll that lies ahead, or a plan further ahead than any would be, was written by a clock that has jumped since.
    const jumped = (state?.lastPollAt ?? 0) > now + workerLimits.clockJumpMs;
    if (next <= now || jumped || next - now > workerLimits.pollAheadMaxMs) due.push(feed);
  }
  return due;
}

function enabled(app: App): readonly FeedConfig[] {
  return app.config.feeds.filter((feed) => feed.enabled);
}
