import { linksOf } from './links.ts';

/** What X charges for one request of a kind, in units of `currency` (config/policy.yaml, `prices`). */
export type Prices = { currency: string; post: number; postWithLink: number; delete: number; read: number };

/** The ceiling of a month; null: none. */
export type MonthlyBudget = { monthly: number | null; reservedForUrgent: number | null };

/** What it costs to post this text: X asks far more for a link than for none. */
export function postCost(text: string, prices: Prices): number {
  return linksOf(text).length > 0 ? prices.postWithLink : prices.post;
}

/** At most so much have these posts cost: every one is counted as if it held a link, as nearly all do. */
export function costAtMost(sent: { main: number; urgent: number }, prices: Prices): number {
  return round((sent.main + sent.urgent) * prices.postWithLink);
}

/** What the ceiling keeps back for urgent notices that may still come this month. */
export function urgentReserve(
  urgentSent: number,
  budget: MonthlyBudget,
  prices: Prices,
  reservedPosts: number,
): number {
  const reserve = budget.reservedForUrgent ?? reservedPosts * prices.postWithLink;
  return round(Math.max(0, reserve - urgentSent * prices.postWithLink));
}

/** Sums of thousandths, without the dust of binary fractions. */
export function round(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
