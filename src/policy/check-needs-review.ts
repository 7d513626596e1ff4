import { PASS, type Check } from './check.ts';

/** Neither clearly urgent nor clearly ordinary: which of the two is never guessed (policy clauses P1 and P2). */
export const checkNeedsReview: Check = (_draft, context) =>
  context.classification === 'review' ? { kind: 'hold', params: {} } : PASS;
