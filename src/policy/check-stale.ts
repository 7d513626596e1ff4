import { PASS, type Check } from './check.ts';

/** Old news comes from a lost state or a re-dated archive. Urgent news of that age is held too, but never expires. */
export const checkStale: Check = (draft, context) => {
  const publishedAt = draft.source?.publishedAt ?? null;
  if (publishedAt === null || context.now - publishedAt <= context.config.staleItemMs) return PASS;
  return { kind: 'hold', params: { publishedAt, ageMs: context.now - publishedAt } };
};
