import { uptime } from 'node:os';
import type { Clock } from '../../app/ports.ts';
import { edgeLimits } from '../../limits/edges.ts';

/**
 * The machine's clocks. `bootMs` is CLOCK_BOOTTIME with a grain of 10 ms: it counts suspend and is never set by hand,
 * which neither `Date.now` nor `performance.now` can say.
 */
export function createClock(): Clock {
  const bootMs = (): number => Math.round(uptime() * 1_000);
  return { now: () => Date.now(), bootMs, sleep: (ms, signal) => sleep(ms, signal, bootMs) };
}

/** In slices, because timers stand still while the machine is suspended and overflow after 24.8 days. */
async function sleep(ms: number, signal: AbortSignal, bootMs: () => number): Promise<void> {
  const end = bootMs() + ms;
  let rest = ms;
  while (rest > 0 && !signal.aborted) {
    await slice(Math.min(rest, edgeLimits.sleepSliceMs), signal);
    rest = end - bootMs();
  }
}

function slice(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
