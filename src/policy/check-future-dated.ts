import { PASS, type Check } from './check.ts';

/** A trusted source once announced an event of 2025 in 2017. Time zones explain a day, not more. */
export const checkFutureDated: Check = (draft, context) => {
  const publishedAt = draft.source?.publishedAt ?? null;
  if (publishedAt === null || publishedAt - context.now <= context.config.futureDatedMs) return PASS;
  return { kind: 'hold', params: { publishedAt } };
};
