import type { EpochMs } from '../feed/item.ts';
import { costAtMost, postCost } from '../policy/cost.ts';
import { startOfTokyoMonth } from '../policy/tokyo-day.ts';
import type { App } from './app.ts';

/** What posts cost, in the configured currency: this one where there is one, and the month so far. */
export type Cost = {
  currency: string;
  /** null: there is no post. */
  post: number | null;
  /** Since the first of the month in Japan; `atMost` counts every post as one with a link. */
  month: { posts: number; atMost: number; ceiling: number | null };
};

/** Reads how many posts the month has seen, and prices them and this text. Writes nothing. */
export async function costOf(app: App, text: string | null, now: EpochMs): Promise<Cost> {
  const { prices, budget } = app.config.policy;
  const sent = await app.store.countSent(app.scope, startOfTokyoMonth(now));
  return {
    currency: prices.currency,
    post: text === null ? null : postCost(text, prices),
    month: { posts: sent.main + sent.urgent, atMost: costAtMost(sent, prices), ceiling: budget.monthly },
  };
}
