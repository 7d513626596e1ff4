import { entryLimits } from '../limits/publishing.ts';
import type { EpochMs } from '../feed/item.ts';
import { EVERYTHING } from '../outbox/stops.ts';
import type { AccountRefusal } from '../publish/publisher.ts';
import type { Account } from './know-account.ts';
import type { App } from './app.ts';
import { raiseAlert } from './tell-people.ts';

/** X refuses the account, not the post: both slots wait, entries stay, people are told. */
export async function stopRefusedAccount(app: App, cause: AccountRefusal, detail: string): Promise<EpochMs> {
  const until = app.clock.now() + entryLimits.accountRefusedMs;
  await stopUntil(app, until, detail);
  await raiseAlert(app, 'account', {
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
  await raiseAlert(app, 'account', { code: 'throttled', params: { until, detail }, severity: 'warning' });
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
    await raiseAlert(app, 'account', { code: 'account-other', params, severity: 'alarm' });
    return until;
  }
  if (account.cause === 'forbidden') return stopRefusedAccount(app, 'unauthorized', account.detail);
  if (account.cause === 'throttled') return stopThrottledAccount(app, account.until, account.detail);
  return app.clock.now() + entryLimits.retryMs[1];
}

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
