import { expect, test } from 'vitest';
import { createClock } from '../../../src/adapters/system/clock.ts';

const clock = createClock();

test('wall time is now, in milliseconds', () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
});

test('boot time never runs backwards and keeps pace with a wait', async () => {
  const before = clock.bootMs();
  await clock.sleep(60, new AbortController().signal);
  const passed = clock.bootMs() - before;
  expect(passed).toBeGreaterThanOrEqual(50);
  expect(passed).toBeLessThan(5_000);
});

test('a sleep ends at once when the signal aborts, and does not reject', async () => {
  const end = new AbortController();
  const sleeping = clock.sleep(3_600_000, end.signal);
  end.abort();
  await expect(sleeping).resolves.toBeUndefined();
});

test('a sleep under an aborted signal, or of no time, does not wait', async () => {
  const before = performance.now();
  await clock.sleep(3_600_000, AbortSignal.abort());
  await clock.sleep(0, new AbortController().signal);
  await clock.sleep(-5, new AbortController().signal);
  expect(performance.now() - before).toBeLessThan(500);
});

test('a finished sleep leaves no listener on the signal, so that a worker of a year does not collect them', async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const counting = new Proxy(signal, {
    get(target, name) {
      if (name === 'addEventListener') listeners += 1;
      if (name === 'removeEventListener') listeners -= 1;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await clock.sleep(20, counting);
  expect(listeners).toBe(0);
});
