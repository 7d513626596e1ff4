import { z } from 'zod';
import { entryLimits } from '../limits/publishing.ts';
import { configLimits } from '../limits/running.ts';
import { addMistake, duration, EVEN_IF_PARTS_FAIL, hostName, timeOfDay } from './schema-parts.ts';

const approval = z.enum(['auto', 'one', 'two']).optional();
const hosts = z.array(hostName).max(configLimits.wordsMax);
const DAY = 86_400_000;
/** Characters of one clause: a paragraph. */
const CLAUSE_MAX = 1_000;

const wording = z.strictObject({
  title: z.string().min(1).max(configLimits.wordMax),
  clauses: z.array(z.string().min(1).max(CLAUSE_MAX)).min(1).max(configLimits.wordsMax),
});

const quietHours = z.strictObject({ from: timeOfDay, to: timeOfDay }).superRefine((value, context) => {
  if (typeof value.from === 'number' && value.from === value.to)
    addMistake(context, 'quiet-hours-empty', {}, ['to']);
}, EVEN_IF_PARTS_FAIL);

const price = z.number().min(0).max(configLimits.priceMax);

/** config/policy.yaml as it is written. `version` has no default: every post is recorded with it. */
export const policySchema = z
  .strictObject({
    version: z.string().min(1).max(configLimits.wordMax),
    allowedHosts: hosts.min(1).optional(),
    shortenerHosts: hosts.optional(),
    quietHours: z.union([z.literal('off'), quietHours]).optional(),
    dailyBudget: z
      .strictObject({
        posts: z.int().min(1).max(configLimits.postsADayMax),
        reservedForUrgent: z.int().min(0).max(configLimits.postsADayMax),
      })
      .optional(),
    approval: z
      .strictObject({
        feedMain: approval,
        feedUrgent: approval,
        forced: approval,
        expiresAfter: duration(60_000, 30 * DAY),
      })
      .optional(),
    prices: z
      .strictObject({
        currency: z.string().min(1).max(8),
        post: price,
        postWithLink: price,
        delete: price,
        read: price,
      })
      .partial()
      .optional(),
    budget: z
      .strictObject({
        monthly: z.union([z.literal('off'), z.number().min(0).max(configLimits.monthlyMax)]),
        reservedForUrgent: z.number().min(0).max(configLimits.monthlyMax).optional(),
      })
      .optional(),
    staleAfter: duration(3_600_000, 366 * DAY),
    mainQueuedAtMost: duration(3_600_000, 30 * DAY),
    duplicateWindow: duration(DAY, entryLimits.duplicateTextWindowMs),
    futureTolerance: duration(60_000, 30 * DAY),
    published: z
      .strictObject({ opinionBox: z.url({ protocol: /^https$/u }), ja: wording, en: wording })
      .optional(),
  })
  .superRefine(({ dailyBudget, budget }, context) => {
    if (typeof dailyBudget?.posts === 'number' && dailyBudget.reservedForUrgent >= dailyBudget.posts) {
      addMistake(context, 'reserve-too-large', {}, ['dailyBudget', 'reservedForUrgent']);
    }
    const { monthly, reservedForUrgent: reserve } = budget ?? {};
    if (typeof monthly === 'number' && typeof reserve === 'number' && reserve >= monthly) {
      addMistake(context, 'monthly-reserve-too-large', {}, ['budget', 'reservedForUrgent']);
    }
  }, EVEN_IF_PARTS_FAIL);
export type PolicyFile = z.infer<typeof policySchema>;
