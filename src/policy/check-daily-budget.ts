import { PASS, type Check } from './check.ts';
import { startOfNextTokyoDay } from './tokyo-day.ts';

/**
 * An account may post only so often a day; two hours after the Noto earthquake a warning service had nothing left.
 * Main updates leave the reserve alone. Urgent notices never wait for a budget of our own making: X has the last word.
 */
export const checkDailyBudget: Check = (draft, context) => {
  if (draft.topic === 'urgent' || context.forced) return PASS;
  const { posts, reservedForUrgent } = context.config.dailyBudget;
  const { main, urgent } = context.sentToday;
  const reserveLeft = Math.max(0, reservedForUrgent - urgent);
  if (main + urgent + reserveLeft < posts) return PASS;
  const until = startOfNextTokyoDay(context.now);
  return { kind: 'wait', until, params: { until, sent: main + urgent, posts, reserved: reservedForUrgent } };
};
