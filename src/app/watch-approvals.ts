import { countPeople, isApproved, validApprovals } from '../outbox/approvals.ts';
import type { Entry, State } from '../outbox/entry.ts';
import type { App } from './app.ts';
import { standingApprovals } from './approvals-now.ts';
import { clearAlert, mayBeUrgent, raiseAlert } from './tell-people.ts';

/** What waits for more people, and what all have agreed to and waits for its turn. */
const OPEN: readonly State[] = ['held', 'queued'];

const ALERT = 'approval-lapsed:';

/**
 * Tells people, outside too, when a yes to what may be urgent has ended before the post went out: it has expired, or whoever gave it may
 * not approve any more. Those who had agreed think that they are done. The alarm stands until enough people have agreed anew.
 */
export async function watchApprovals(app: App): Promise<void> {
  const now = app.clock.now();
  const open = await app.store.list({ scope: app.scope, states: OPEN });
  const lapsed = new Set<string>();
  for (const entry of open.filter(mayBeUrgent)) {
    const ended = await endedYes(app, entry, now);
    if (ended === 0) continue;
    lapsed.add(`${ALERT}${entry.id}`);
    const params = { id: entry.id, text: entry.text, ended };
    await raiseAlert(app, `${ALERT}${entry.id}`, { code: 'approval-lapsed', params, severity: 'alarm' });
  }
  for (const { key } of await app.store.alerts(app.scope))
    if (key.startsWith(ALERT) && !lapsed.has(key)) await clearAlert(app, key);
}

/** How many people's yes counted once and counts no more, where one is missing. */
async function endedYes(app: App, entry: Entry, now: number): Promise<number> {
  const given = validApprovals(entry);
  if (given.length === 0) return 0;
  const standing = await standingApprovals(app, entry, now);
  if (entry.state === 'queued' && isApproved(entry, standing)) return 0;
  return countPeople(given) - countPeople(standing);
}
