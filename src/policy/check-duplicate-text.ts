import { PASS, type Check } from './check.ts';

/** An account that said one sentence 12 times was suspended; X also refuses a repeat without saying of which post. */
export const checkDuplicateText: Check = (_draft, context) =>
  context.duplicateOf === null ? PASS : { kind: 'hold', params: { entry: context.duplicateOf } };
