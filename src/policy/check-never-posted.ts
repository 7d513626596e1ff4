import { PASS, type Check } from './check.ts';

/**
 * An update, a further report or the end of what this account never announced: readers have no first post that it could belong to. A
 * person decides whether it is worth one. Which of them must have one is the caller's to know.
 */
export const checkNeverPosted: Check = (_draft, context) =>
  context.neverPosted === true ? { kind: 'hold', params: {} } : PASS;
