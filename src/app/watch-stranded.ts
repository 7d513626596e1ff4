import type { State } from '../outbox/entry.ts';
import type { App } from './app.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

const KEY = 'stranded';

/** What waits to be sent, or to be decided on; a person may still cancel it. */
const OPEN: readonly State[] = ['queued', 'held'];

/**
 * Tells people of posts that wait for another live account than the configured one: its name was changed, and a post goes out under the
 * name that it was made and approved for, or not at all. Nobody takes them up any more.
 */
export async function watchStranded(app: App): Promise<void> {
  const { mode, account } = app.scope;
  if (mode !== 'live') return;
  const open = await app.store.list({ states: OPEN });
  const stranded = open.filter((entry) => entry.mode === mode && entry.account !== account);
  const [first] = stranded;
  if (first === undefined) return clearAlert(app, KEY);
  const params = { account, other: first.account, count: stranded.length };
  await raiseAlert(app, KEY, { code: 'entries-stranded', params, severity: 'alarm' });
}
