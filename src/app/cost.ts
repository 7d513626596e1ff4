import type { EpochMs } from '../feed/item.ts';
import { costAtMost, postCost, type Charged } from '../policy/cost.ts';
import { watchLimits } from '../limits/publishing.ts';
import type { Entry, State } from '../outbox/entry.ts';
import { startOfTokyoMonth } from '../policy/tokyo-day.ts';
import type { App } from './app.ts';

/** States of posts that X was asked to delete. */
const DELETED: readonly State[] = ['withdrawing', 'withdrawn'];

/** What posts cost, in the configured currency: this one where there is one, and the month so far. */
export type Cost = {
  currency: string;
  /** null: there is no post. */
  post: number | null;
  /** Since the first of the month in Japan; `atMost` counts every post as one with a link, and that the watch of the account reads it. */
  month: { posts: number; deleted: number; atMost: number; ceiling: number | null };
};

/** What X has charged for since the first of the month in Japan. A deletion counts on the day on which it was last tried. */
export async function chargedThisMonth({ store, scope }: App, now: EpochMs): Promise<Required<Charged>> {
  const month = startOfTokyoMonth(now);
  const deleted = (await deletedSince({ store, scope }, month)).length;
  return { ...(await store.countSent(scope, month)), deleted };
}

/** Posts that X was asked to delete since the instant; `dueAt` of each is when it was last asked. */
export async function deletedSince(
  { store, scope }: Pick<App, 'store' | 'scope'>,
  since: EpochMs,
): Promise<readonly Entry[]> {
  const filter = { scope, states: DELETED, newestFirst: true, limit: watchLimits.entriesMax };
  return (await store.list(filter)).filter(({ dueAt }) => dueAt >= since);
}

/** Reads how many posts the month has seen, and prices them and this text. Writes nothing. */
export async function costOf(app: App, text: string | null, now: EpochMs): Promise<Cost> {
  const { prices, budget } = app.config.policy;
  const sent = await chargedThisMonth(app, now);
  return {
    currency: prices.currency,
    post: text === null ? null : postCost(text, prices),
    month: {
      posts: sent.main + sent.urgent,
      deleted: sent.deleted,
      atMost: costAtMost(sent, prices),
      ceiling: budget.monthly,
    },
  };
}
