import { PASS, type Check } from './check.ts';
import { costAtMost, postCost, round, urgentReserve, watchCost } from './cost.ts';

/**
 * X charges for each post, and blocks everything once the credit is used up. Where a ceiling is set, main updates stop short of it by
 * the reserve for urgent notices, which no ceiling of ours ever stops. A person may say yes to more.
 */
export const checkMonthlyCost: Check = (draft, context) => {
  const { prices, budget, dailyBudget } = context.config;
  const sent = context.sentThisMonth;
  if (budget.monthly === null || sent === undefined) return PASS;
  if (draft.topic === 'urgent' || context.forced) return PASS;
  const spent = costAtMost(sent, prices);
  const cost = round(postCost(draft.text, prices) + watchCost(prices));
  const reserve = urgentReserve(sent.urgent, budget, prices, dailyBudget.reservedForUrgent);
  if (round(spent + cost + reserve) <= budget.monthly) return PASS;
  const { currency } = prices;
  return { kind: 'hold', params: { spent, cost, reserve, monthly: budget.monthly, currency } };
};
