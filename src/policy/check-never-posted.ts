import { PASS, type Check } from './check.ts';

/**
 * An update of what this account never announced: readers have no first post that it could belong to. Of a main update a person
 * decides whether it is worth one; an urgent notice goes out all the same, because missing it costs somebody a right.
 */
export const checkNeverPosted: Check = (draft, context) =>
  context.neverPosted === true && draft.topic === 'main' ? { kind: 'hold', params: {} } : PASS;
