import { configDefaults, defineConfig } from 'vitest/config';
import { HOW_TO_GET_CHROMIUM, hasChromium } from './tests/console/browser/chromium-path.ts';

// A fresh machine has no browser, and `npm test` must pass there: it says what it leaves out. In CI nothing is left out, so that those
// tests fail without one.
const leavesOutBrowser = process.env['CI'] !== 'true' && !hasChromium();
if (leavesOutBrowser) console.warn(`Left out: tests/console/browser, because ${HOW_TO_GET_CHROMIUM}`);

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(leavesOutBrowser ? ['tests/console/browser/**'] : [])],
    // Several suites start real processes; a shared two-core machine makes them slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Many suites wait for processes of the program rather than work themselves: one worker more than a small machine has cores.
    maxWorkers: 3,
    allowOnly: false,
  },
});
