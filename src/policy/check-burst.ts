import { PASS, type Check } from './check.ts';

/** A flood is more often a rebuilt feed than a day of many announcements (70 posts after http became https). */
export const checkBurst: Check = (_draft, { burst }) =>
  burst === false ? PASS : { kind: 'hold', params: burst === true ? {} : { flood: burst } };
