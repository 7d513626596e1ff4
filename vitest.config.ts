import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Several suites start real processes; a shared two-core machine makes them slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Many suites wait for processes of the program rather than work themselves: one worker more than a small machine has cores.
    maxWorkers: 3,
    allowOnly: false,
  },
});
