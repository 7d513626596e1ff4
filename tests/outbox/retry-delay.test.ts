import { expect, test } from 'vitest';
import { retryDelayMs } from '../../src/outbox/retry-delay.ts';

test.each([
  { attempts: 1, fraction: 0.5, ms: 5_000, name: 'five seconds after the first' },
  { attempts: 2, fraction: 0.5, ms: 15_000, name: 'fifteen after the second' },
  { attempts: 3, fraction: 0.5, ms: 60_000, name: 'a minute after the third' },
  { attempts: 5, fraction: 0.5, ms: 900_000, name: 'a quarter of an hour after the fifth' },
  { attempts: 500, fraction: 0.5, ms: 900_000, name: 'no longer than that, however often' },
  { attempts: 0, fraction: 0.5, ms: 5_000, name: 'a count below one is taken for one' },
  { attempts: 1, fraction: 0, ms: 4_000, name: 'a fifth shorter at the least' },
  { attempts: 1, fraction: 0.999_999, ms: 6_000, name: 'a fifth longer at the most' },
])('the wait is $name', ({ attempts, fraction, ms }) => {
  expect(retryDelayMs(attempts, fraction)).toBe(ms);
});
