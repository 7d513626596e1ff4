import { PASS, type Check } from './check.ts';
import { startOfNextTokyoDay, startOfTokyoDay, tokyoMinute } from './tokyo-day.ts';

const MINUTE = 60_000;

/** Main updates wait for the morning. What is urgent, or typed by a person, does not. */
export const checkQuietHours: Check = (draft, context) => {
  const quiet = context.config.quietHours;
  if (quiet === null || draft.topic === 'urgent' || context.forced) return PASS;
  const { fromMinute, toMinute } = quiet;
  const minute = tokyoMinute(context.now);
  const overnight = fromMinute > toMinute;
  const inside = overnight
    ? minute >= fromMinute || minute < toMinute
    : minute >= fromMinute && minute < toMinute;
  if (!inside) return PASS;
  const endsTomorrow = overnight && minute >= fromMinute;
  const day = endsTomorrow ? startOfNextTokyoDay(context.now) : startOfTokyoDay(context.now);
  const until = day + toMinute * MINUTE;
  return { kind: 'wait', until, params: { until } };
};
