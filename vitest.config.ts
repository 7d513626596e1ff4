import { statfsSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { HOW_TO_GET_CHROMIUM, hasChromium } from './tests/console/browser/chromium-path.ts';

// A fresh machine has no browser, and `npm test` must pass there: it says what it leaves out. In CI nothing is left out, so that those
// tests fail without one.
const leavesOutBrowser = process.env['CI'] !== 'true' && !hasChromium();
if (leavesOutBrowser) console.warn(`Left out: tests/console/browser, because ${HOW_TO_GET_CHROMIUM}`);

// Stores under test ask for durability at every commit, which on a slow disk takes most of the time. Where there is a folder in memory
// with room, temporary folders are made there: what a disk does at a commit is SQLite's promise, not that of these tests.
const inMemory = '/dev/shm';
const ROOM_BYTES = 2 ** 30;

function temporaryFolders(): Record<string, string> {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize > ROOM_BYTES ? { TMPDIR: inMemory } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(leavesOutBrowser ? ['tests/console/browser/**'] : [])],
    // Several suites start real processes; a shared two-core machine makes them slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Many suites wait for processes of the program rather than work themselves: one worker more than a small machine has cores.
    maxWorkers: 3,
    // The modules are loaded once a worker instead of once a file: a third of all the time.
    isolate: false,
    env: temporaryFolders(),
    allowOnly: false,
  },
});
