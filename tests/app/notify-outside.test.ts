import { expect, test } from 'vitest';
import { notifyOutside } from '../../src/app/notify-outside.ts';
import type { Delivery, Notice, Outside } from '../../src/app/ports.ts';
import { outsideLimits } from '../../src/limits/running.ts';
import { aFakeApp, SCOPE } from './fake-app.ts';

const ALARM: Notice = { code: 'foreign-post', params: {}, severity: 'alarm' };

/** A notifier with a server outside that answers as told. */
function aNotifier(answer: (signal: AbortSignal) => Promise<Delivery>): {
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
    post: (_, body, signal) => {
      bodies.push(body);
      return answer(signal);
    },
  };
  const { clock, log, notifier: inner, told } = app;
  const parts = { within: inner, outside, scope: SCOPE, lang: 'ja' as const, clock, log };
  return { notifier: notifyOutside(parts), within: told, bodies, warned };
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
