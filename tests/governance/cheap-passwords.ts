import type { PasswordCost } from '../../src/governance/password.ts';

/** A password's hash costs a fifth of a second by intent; a test that is not about that pays as little as Argon2 takes. */
export const CHEAP: PasswordCost = { memoryKiB: 8, passes: 1, parallelism: 1 };
