import { describe, expect, test } from 'vitest';
import { readStatus } from '../../src/app/read-status.ts';
import { runDoctor } from '../../src/app/run-doctor.ts';
import { settle } from '../../src/app/settle-attempt.ts';
import { endAccountAlarm, stopRefusedAccount, stopThrottledAccount } from '../../src/app/stop-account.ts';
import { watchTimeline } from '../../src/app/watch-timeline.ts';
import { entryLimits } from '../../src/limits/publishing.ts';
import { MINUTE } from '../../src/limits/units.ts';
import type { AccountRefusal, Outcome } from '../../src/publish/publisher.ts';
import { claim, claimedEntry } from '../contracts/store-samples.ts';
import { aFakeApp, aRealEntry, SCOPE, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;

async function alarmOf(app: FakeApp): Promise<string | null> {
  return (await app.store.alerts(app.scope)).find(({ key }) => key === 'account')?.code ?? null;
}

describe('the alarm that X asks for a pause', () => {
  test('ends a minute after the pause, when whatever waited has been tried', async () => {
    const app = aFakeApp();
    await stopThrottledAccount(app, app.clock.now() + 5 * MINUTE, '429');
    app.clock.boot += 6 * MINUTE - 1;
    await endAccountAlarm(app, 'time');
    expect(await alarmOf(app)).toBe('throttled');
    app.clock.boot += 1;
    await endAccountAlarm(app, 'time');
    expect(await alarmOf(app)).toBeNull();
  });

  test('leaves a status without a stop, and nothing for the doctor to warn of', async () => {
    const app = aFakeApp();
    await stopThrottledAccount(app, app.clock.now() + 5 * MINUTE, '429');
    expect((await readStatus(app)).stops).toHaveLength(1);
    app.clock.boot += 5 * MINUTE;
    expect((await readStatus(app)).stops).toEqual([]);
    const findings = await runDoctor(app, signal);
    expect(findings.filter(({ check }) => check === 'publishing')).toEqual([]);
  });
});

describe('the alarm that X refuses the account', () => {
  const refused: readonly [AccountRefusal, string | null][] = [
    ['unauthorized', null],
    ['suspended', 'account-suspended'],
    ['credits', 'account-credits'],
  ];

  test.each(refused)('as %s stands as %s after X has shown own posts', async (cause, left) => {
    const app = aFakeApp();
    await stopRefusedAccount(app, cause, '401');
    await watchTimeline(app, signal);
    expect(await alarmOf(app), 'while the stop holds').toBe(`account-${cause}`);
    app.clock.boot += entryLimits.accountRefusedMs + MINUTE;
    await endAccountAlarm(app, 'time');
    expect(await alarmOf(app), 'time alone ends no refusal').toBe(`account-${cause}`);
    await watchTimeline(app, signal);
    expect(await alarmOf(app)).toBe(left);
  });

  const outcomes: readonly [Outcome, string | null][] = [
    [{ kind: 'rejected', status: 400, detail: 'too long' }, null],
    [{ kind: 'duplicate', detail: '403' }, null],
    [{ kind: 'rejected', status: 0, detail: 'another account' }, 'account-locked'],
    [{ kind: 'uncertain', detail: '503' }, 'account-locked'],
  ];

  test.each(outcomes)('is, once a post came to %j, %s', async (outcome, left) => {
    const app = aFakeApp();
    await stopRefusedAccount(app, 'locked', '403');
    app.clock.boot += entryLimits.accountRefusedMs;
    await app.store.recordEntry(aRealEntry());
    const request = { epoch: 0, scope: SCOPE, now: app.clock.now() };
    await settle(app, claimedEntry(await claim(app.store, request)), outcome);
    expect(await alarmOf(app)).toBe(left);
  });
});
