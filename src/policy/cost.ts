import { watchLimits } from '../limits/publishing.ts';
import { DAY } from '../limits/units.ts';
import { linksOf } from './links.ts';

/** What X charges for one request of a kind, in units of `currency` (config/policy.yaml, `prices`). */
export type Prices = { currency: string; post: number; postWithLink: number; delete: number; read: number };

/** The ceiling of a month; null: none. */
export type MonthlyBudget = { monthly: number | null; reservedForUrgent: number | null };

/** What it costs to post this text: X asks far more for a link than for none. */
export function postCost(text: string, prices: Prices): number {
  return linksOf(text).length > 0 ? prices.postWithLink : prices.post;
}

/** What a month has seen of what X charges for; `deleted` not given: none. */
export type Charged = { main: number; urgent: number; deleted?: number };

/** The watch of the account reads a post again while it is young. X charges a post once a UTC day, and the window touches so many. */
const DAYS_READ = Math.ceil(watchLimits.windowMs / DAY) + 1;

/** What it costs to have posted: X's charge for reading the post again afterwards. */
export function watchCost({ read }: Prices): number {
  return DAYS_READ * read;
}

/** At most so much has this cost: every post is counted as if it held a link, as nearly all do, and was read on each day of the watch. */
export function costAtMost({ main, urgent, deleted = 0 }: Charged, prices: Prices): number {
  return round((main + urgent) * atMostEach(prices) + deleted * prices.delete);
}

function atMostEach(prices: Prices): number {
  return Math.max(prices.post, prices.postWithLink) + watchCost(prices);
}

/** What the ceiling keeps back for urgent notices that may still come this month. */
export function urgentReserve(
  urgentSent: number,
  budget: MonthlyBudget,
  prices: Prices,
  reservedPosts: number,
): number {
  const reserve = budget.reservedForUrgent ?? reservedPosts * atMostEach(prices);
  return round(Math.max(0, reserve - urgentSent * atMostEach(prices)));
}

/** Sums of thousandths, without the dust of binary fractions. */
export function round(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
