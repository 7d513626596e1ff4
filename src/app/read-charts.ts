import type { PollDay } from '../feed/feed-state.ts';
import type { EpochMs } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import { DAY } from '../limits/units.ts';
import { sentAt } from '../outbox/due.ts';
import type { Entry } from '../outbox/entry.ts';
import { costAtMost } from '../policy/cost.ts';
import { startOfTokyoDay, startOfTokyoMonth } from '../policy/tokyo-day.ts';
import type { App } from './app.ts';
import { deletedSince } from './cost.ts';

/** The last days in numbers. `from` is the midnight in Japan at which a day begins; every list has every day, oldest first. */
export type Charts = {
  /** Posts that were, or may have been, sent, by topic. */
  posts: readonly { from: EpochMs; main: number; urgent: number }[];
  /** Posts that a day may see, urgent ones included. */
  postsLimit: number;
  /** How the polls of each feed ended. A day without a poll has none. */
  polls: readonly { feed: string; days: readonly PollDay[] }[];
  /** Milliseconds from the moment at which the program read the item until X had the post; null: no post of the day came from a feed. */
  delays: readonly {
    from: EpochMs;
    posts: number;
    median: number | null;
    longest: number | null;
    /** From the item's own date, where it has one. */
    medianFromDate: number | null;
  }[];
  /** What the month's posts had cost at most by the end of each of its days, in the configured currency. */
  cost: readonly { from: EpochMs; posts: number; atMost: number }[];
  currency: string;
  ceiling: number | null;
};

/** Reads the numbers of the last days from the store alone. Writes nothing. */
export async function readCharts(app: App): Promise<Charts> {
  const { config, scope, store } = app;
  const today = startOfTokyoDay(app.clock.now());
  const month = startOfTokyoMonth(today);
  const days = daysUntil(today, today - (consoleLimits.chartDays - 1) * DAY);
  const sent = await store.list({ scope, sentFrom: Math.min(month, days[0] ?? today) });
  const polls = await Promise.all(
    config.feeds.map(async ({ name }) => {
      const counted = (await store.feedState(scope, name))?.pollDays ?? [];
      const none = { read: 0, unchanged: 0, failed: 0 };
      return {
        feed: name,
        days: days.map((from) => counted.find((day) => day.from === from) ?? { from, ...none }),
      };
    }),
  );
  const { prices, budget, dailyBudget } = config.policy;
  const deletions = await deletedSince(app, month);
  const deletedBy = (end: EpochMs): number => deletions.filter(({ dueAt }) => dueAt < end).length;
  let posts = 0;
  return {
    posts: days.map((from) => ({ from, ...byTopic(onDay(sent, from)) })),
    postsLimit: dailyBudget.posts,
    polls,
    delays: days.map((from) => delaysOf(onDay(sent, from), from)),
    cost: daysUntil(today, month).map((from) => {
      posts += onDay(sent, from).length;
      return {
        from,
        posts,
        atMost: costAtMost({ main: posts, urgent: 0, deleted: deletedBy(from + DAY) }, prices),
      };
    }),
    currency: prices.currency,
    ceiling: budget.monthly,
  };
}

/** Japan has no summer time: its days are all equally long. */
function daysUntil(last: EpochMs, first: EpochMs): readonly EpochMs[] {
  return Array.from({ length: Math.round((last - first) / DAY) + 1 }, (_, index) => first + index * DAY);
}

function onDay(sent: readonly Entry[], from: EpochMs): readonly Entry[] {
  return sent.filter((entry) => {
    const at = sentAt(entry) ?? Number.NEGATIVE_INFINITY;
    return at >= from && at < from + DAY;
  });
}

function byTopic(entries: readonly Entry[]): { main: number; urgent: number } {
  const urgent = entries.filter(({ topic }) => topic === 'urgent').length;
  return { main: entries.length - urgent, urgent };
}

function delaysOf(entries: readonly Entry[], from: EpochMs): Charts['delays'][number] {
  const posted = entries.flatMap(({ source, createdAt, publishedAt }) =>
    source === null || publishedAt === null ? [] : [{ source, createdAt, publishedAt }],
  );
  const ours = posted.map(({ createdAt, publishedAt }) => Math.max(0, publishedAt - createdAt));
  const theirs = posted.flatMap(({ source, publishedAt }) =>
    source.publishedAt === null ? [] : [Math.max(0, publishedAt - source.publishedAt)],
  );
  return {
    from,
    posts: posted.length,
    median: median(ours),
    longest: ours.length === 0 ? null : Math.max(...ours),
    medianFromDate: median(theirs),
  };
}

/** Of an even number the greater of the two in the middle; null of none. */
function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
