import PQueue from 'p-queue';
import type { FeedConfig } from '../feed/feed-config.ts';
import { workerLimits } from '../limits/running.ts';
import type { App } from './app.ts';
import { pollFeed, type PollReport } from './poll-feed.ts';

/** Told after every poll; `error` when the storage failed in the middle, in which case nothing of the poll was kept. */
export type OnPoll = (
  feed: FeedConfig,
  result: { kind: 'report'; report: PollReport } | { kind: 'error'; error: unknown },
) => void;

/** Polls every enabled feed when it is due, a bounded number at a time, until the signal aborts. */
export async function runPolls(app: App, onPoll: OnPoll, signal: AbortSignal): Promise<void> {
  const queue = new PQueue({ concurrency: workerLimits.pollConcurrency });
  const underWay = new Set<string>();
  while (!signal.aborted) {
    for (const feed of await dueFeeds(app)) {
      if (underWay.has(feed.name)) continue;
      underWay.add(feed.name);
      void queue.add(async () => {
        await pollOnce(app, feed, onPoll, signal);
        underWay.delete(feed.name);
      });
    }
    await app.clock.sleep(workerLimits.idleMs, signal);
  }
  await queue.onIdle();
}

/** Polls every enabled feed once, due or not. */
export async function pollAll(app: App, onPoll: OnPoll, signal: AbortSignal): Promise<void> {
  const queue = new PQueue({ concurrency: workerLimits.pollConcurrency });
  await queue.addAll(enabled(app).map((feed) => () => pollOnce(app, feed, onPoll, signal)));
}

async function pollOnce(app: App, feed: FeedConfig, onPoll: OnPoll, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    onPoll(feed, { kind: 'report', report: await pollFeed(app, feed, signal) });
  } catch (error) {
    onPoll(feed, { kind: 'error', error });
    // A full disk would otherwise be asked again without pause.
    await app.clock.sleep(workerLimits.afterErrorMs, signal);
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
