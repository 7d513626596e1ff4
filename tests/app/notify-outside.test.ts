import { expect, test } from 'vitest';
import { notifyOutside } from '../../src/app/notify-outside.ts';
import type { Delivery, Notice, Outside } from '../../src/app/ports.ts';
import { describeNotice } from '../../src/messages/notices.ts';
import { outsideLimits } from '../../src/limits/running.ts';
import { aFakeApp, SCOPE, type FakeApp } from './fake-app.ts';

const ALARM: Notice = { code: 'foreign-post', params: {}, severity: 'alarm' };

/** A notifier with a server outside that answers as told. */
function aNotifier(answer: (signal: AbortSignal) => Promise<Delivery>): {
  app: FakeApp;
  notifier: ReturnType<typeof notifyOutside>;
  within: Notice[];
  bodies: object[];
  warned: string[];
} {
  const bodies: object[] = [];
  const warned: string[] = [];
  const app = aFakeApp({
    log: {
      debug: () => {},
      info: () => {},
      error: () => {},
      warn: (_, message) => void warned.push(message),
    },
  });
  const outside: Outside = {
    reach: async () => ({ kind: 'none' }),
    post: (_, body, signal) => {
      bodies.push(body);
      return answer(signal);
    },
  };
  const { clock, log, store, notifier: inner, told } = app;
  const parts = { within: inner, outside, store, scope: SCOPE, lang: 'ja' as const, clock, log };
  return { app, notifier: notifyOutside(parts), within: told, bodies, warned };
}

test('an alarm goes outside in words; what only tells stays here', async () => {
  const { notifier, within, bodies } = aNotifier(async () => ({ kind: 'delivered' }));
  await notifier.tell({ ...ALARM, severity: 'info' });
  await notifier.tell(ALARM);
  await notifier[Symbol.asyncDispose]();
  expect(within).toHaveLength(2);
  expect(bodies).toEqual([
    {
      text: expect.stringMatching(/\p{Script=Han}/u),
      code: 'foreign-post',
      severity: 'alarm',
      params: {},
      ...SCOPE,
      at: '2026-10-01T03:00:00.000Z',
    },
  ]);
});

test('whoever raises an alarm does not wait for the server outside, and its failure is only logged', async () => {
  const { promise, resolve } = Promise.withResolvers<Delivery>();
  const { notifier, within, warned } = aNotifier(() => promise);
  for (let n = 0; n < outsideLimits.waitingMax + 5; n += 1) await notifier.tell(ALARM);
  expect(within).toHaveLength(outsideLimits.waitingMax + 5);
  expect(warned.filter((message) => message.includes('too many'))).toHaveLength(4);
  resolve({ kind: 'failed', detail: 'HTTP 500' });
  await notifier[Symbol.asyncDispose]();
  expect(warned.filter((message) => message.includes('did not get outside'))).toHaveLength(
    outsideLimits.waitingMax + 1,
  );
});

/** Hands over this many alarms one after another, each answered as told in turn; the last answer stays. */
async function handed(...answers: readonly Delivery['kind'][]): Promise<ReturnType<typeof aNotifier>> {
  const left = [...answers];
  const given = aNotifier(async () => {
    const kind = (left.length > 1 ? left.shift() : left[0]) ?? 'delivered';
    return kind === 'failed' ? { kind, detail: 'HTTP 500 from hooks.example.go.jp' } : { kind };
  });
  await given.notifier.tell(ALARM);
  return given;
}

test('an alarm that is not taken is handed over again, and nobody is bothered where that helps', async () => {
  const { app, bodies, warned, within } = await handed('failed', 'failed', 'delivered');
  await settled(() => bodies.length === outsideLimits.tries);
  expect(bodies).toHaveLength(outsideLimits.tries);
  expect(warned).toEqual([]);
  expect(within).toEqual([ALARM]);
  expect(await app.store.alerts(SCOPE)).toEqual([]);
});

test('one that nobody takes stands on the board until another is taken', async () => {
  const { app, notifier, bodies, within } = await handed('failed', 'failed', 'failed', 'delivered');
  await settled(() => within.length === 2);
  expect(bodies).toHaveLength(outsideLimits.tries);
  expect(within[1]).toMatchObject({ code: 'alarm-undelivered', severity: 'warning' });
  const [alert] = await app.store.alerts(SCOPE);
  expect(describeNotice(alert ?? expect.fail('no alert'), 'ja')).toContain(
    '（hooks.example.go.jpの応答：HTTP 500）',
  );
  await notifier.tell(ALARM);
  await settled(() => within.length === 4);
  expect(within.at(-1)).toMatchObject({ code: 'alarms-delivered' });
  expect(await app.store.alerts(SCOPE)).toEqual([]);
});

test('a store that cannot be written is no reason to lose the next alarm', async () => {
  const { app, notifier, bodies, warned } = await handed('failed');
  app.store.alerts = () => Promise.reject(new Error('disk full'));
  await settled(() => warned.length === 2);
  await notifier.tell(ALARM);
  await settled(() => warned.length === 4);
  expect(bodies).toHaveLength(2 * outsideLimits.tries);
});

/** The background gets its turns until it is as far, within a bound. */
async function settled(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !isSo(); turn += 1) await new Promise((done) => setImmediate(done));
}
