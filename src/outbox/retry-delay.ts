import { entryLimits } from '../limits/publishing.ts';

/** Each wait is this much shorter or longer at most, so that several entries which failed together don't return together. */
const JITTER = 0.2;

/**
 * Milliseconds until an attempt that left nothing at X may go again. `attempts` counts those made (1 or more); `fraction` is a
 * random number in [0, 1). Grows by entryLimits.retryMs and stays at its last step: nothing is ever given up for being tried often.
 */
export function retryDelayMs(attempts: number, fraction: number): number {
  const steps = entryLimits.retryMs;
  const step = steps[Math.min(Math.max(attempts, 1), steps.length) - 1] ?? steps[0];
  return Math.round(step * (1 - JITTER + 2 * JITTER * fraction));
}
