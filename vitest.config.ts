import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Several suites start real processes; a shared two-core machine makes them slow, not wrong.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    allowOnly: false,
  },
});
