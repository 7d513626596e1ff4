import type { EpochMs } from '../feed/item.ts';

/** Every check's name, which is also the key of its sentence in the catalogue. Order is the order of judgement. */
export const POLICY_RULES = [
  'item-problem',
  'needs-review',
  'baseline-burst',
  'never-posted',
  'replacement-character',
  'unsafe-character',
  'unfilled-placeholder',
  'drill-word',
  'date-weekday',
  'date-past',
  'half-width-kana',
  'mention',
  'cashtag',
  'link-missing',
  'link-host',
  'link-shortener',
  'weight',
  'duplicate-text',
  'stale',
  'future-dated',
  'approval',
  'quiet-hours',
  'daily-budget',
  'monthly-cost',
] as const;
export type PolicyRule = (typeof POLICY_RULES)[number];

/** Why something was held, refused or made to wait. `params` fill the sentence; a person never reads the code alone. */
export type Reason = { rule: PolicyRule; params: Readonly<Record<string, string | number>> };

/** `notBefore` is set where the post is allowed, but only later (quiet hours, budget of the day). */
export type Verdict =
  | { kind: 'allow'; notBefore: EpochMs | null; reasons: readonly Reason[] }
  | { kind: 'hold'; reasons: readonly Reason[] }
  | { kind: 'deny'; reasons: readonly Reason[] };
