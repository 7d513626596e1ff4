import { entryLimits } from '../limits/publishing.ts';
import { workerLimits } from '../limits/running.ts';
import type { EpochMs } from '../feed/item.ts';
import { EVERYTHING } from '../outbox/stops.ts';
import type { AccountRefusal } from '../publish/publisher.ts';
import type { Account } from './know-account.ts';
import type { App } from './app.ts';
import { publishingStops } from './publishing-stops.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** Key of the alarm that the account may not post. */
export const ACCOUNT = 'account';

/** X refuses the account, not the post: both slots wait, entries stay, people are told. */
export async function stopRefusedAccount(app: App, cause: AccountRefusal, detail: string): Promise<EpochMs> {
  const until = app.clock.now() + entryLimits.accountRefusedMs;
  await stopUntil(app, until, detail);
  await raiseAlert(app, ACCOUNT, {
    code: `account-${cause}`,
    params: { account: app.scope.account, detail },
    severity: 'alarm',
  });
  return until;
}

/** X asks for patience: both slots wait until it says, or for its usual window where it does not say. */
export async function stopThrottledAccount(
  app: App,
  wanted: EpochMs | null,
  detail: string,
): Promise<EpochMs> {
  const now = app.clock.now();
  const until = Math.min(
    Math.max(wanted ?? now + entryLimits.throttleDefaultMs, now),
    now + entryLimits.stopMaxMs,
  );
  await stopUntil(app, until, detail);
  await raiseAlert(app, ACCOUNT, { code: 'throttled', params: { until, detail }, severity: 'warning' });
  return until;
}

/** The account cannot be used as things are; returns when to look again. */
export async function stopUnknownAccount(
  app: App,
  account: Exclude<Account, { kind: 'known' }>,
): Promise<EpochMs> {
  if (account.kind === 'other-account') {
    const until = app.clock.now() + entryLimits.accountRefusedMs;
    const params = { configured: app.scope.account, actual: account.handle };
    await stopUntil(app, until, `credentials of @${account.handle}`);
    await raiseAlert(app, ACCOUNT, { code: 'account-other', params, severity: 'alarm' });
    return until;
  }
  if (account.cause === 'forbidden') return stopRefusedAccount(app, 'unauthorized', account.detail);
  if (account.cause === 'throttled') return stopThrottledAccount(app, account.until, account.detail);
  return app.clock.now() + entryLimits.retryMs[1];
}

/** What shows that an alarm of the account is over, beside an accepted post. */
type Sign =
  /** Its time has passed. */
  | 'time'
  /** X has shown the account's own posts to these credentials. */
  | 'read'
  /** X has judged a post by itself. */
  | 'judged';

/**
 * Takes the alarm of the account off the board where the sign shows that it is over. A stop must have been over for a minute before the
 * first two say anything: whatever waits is tried at its end, and perhaps refused anew.
 */
export async function endAccountAlarm(app: App, sign: Sign): Promise<void> {
  const alarm = (await app.store.alerts(app.scope)).find(({ key }) => key === ACCOUNT);
  if (alarm === undefined || ENDED_BY[sign]?.has(alarm.code) === false) return;
  const restMs = sign === 'judged' ? 0 : workerLimits.soundAgainMs;
  const { account } = await publishingStops(app, app.clock.now() - restMs);
  if (account === null) await clearAlert(app, ACCOUNT);
}

/** The codes that a sign ends; null: all. Of what X holds against the account itself a reading says nothing. */
const ENDED_BY: Readonly<Record<Sign, ReadonlySet<string> | null>> = {
  time: new Set(['throttled']),
  read: new Set(['throttled', 'account-unauthorized', 'account-other']),
  judged: null,
};

/** Nothing of the account goes out until then; the reason is X's own words, or ours. */
async function stopUntil(app: App, until: EpochMs, reason: string): Promise<void> {
  const since = app.clock.now();
  await app.store.setStop(app.scope, {
    kind: 'account',
    ...EVERYTHING,
    reason,
    by: 'kosatsu',
    since,
    until,
  });
}
