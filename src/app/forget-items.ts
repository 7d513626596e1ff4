import type { EpochMs } from '../feed/item.ts';
import { seenLimits } from '../limits/intake.ts';
import type { App } from './app.ts';

/**
 * Forgets items that no feed has listed for long; returns how many. Never one that stood in the newest document of a feed: a list that stays
 * as it is brings "unchanged" at each poll, and would be news as a whole when it changes.
 */
export async function forgetOldItems(app: App, now: EpochMs): Promise<number> {
  const states = await Promise.all(app.config.feeds.map(({ name }) => app.store.feedState(app.scope, name)));
  const newest = states.flatMap((state) => state?.lastItemsAt ?? []);
  return app.store.forgetSeen(app.scope, Math.min(now - seenLimits.keepMs, ...newest));
}
