import { z } from 'zod';
import { classifyLimits } from '../limits/words.ts';
import { matchForm } from './match-words.ts';

/** What a rule or a rule test may say. `main` and `urgent` are announced, `review` waits for a person. */
const RESULTS = ['urgent', 'review', 'main', 'ignore'] as const;
export type Result = (typeof RESULTS)[number];

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens');

/** A plain word, stored in match form. One Latin letter or a lone `*` would match almost everything. */
const word = z
  .string()
  .max(classifyLimits.wordMax)
  .transform((text) => matchForm(text))
  .refine((text) => /[^\x20-\x7e]|[a-z0-9]{2}/.test(text), 'a word of one letter matches too much');

const words = z.array(word).min(1).max(classifyLimits.wordsMax);

/** A list's name, or several of which one is enough. */
const condition = z
  .union([name, z.array(name).min(1)])
  .transform((one) => (typeof one === 'string' ? [one] : one));

const rule = z.strictObject({
  name,
  result: z.enum(RESULTS),
  /** Every condition must hold. At least one, so that no rule can match everything. */
  all: z.array(condition).min(1),
  /** None of these lists may occur. */
  none: z.array(name).default([]),
  /** Doubts that do not count here: a list of the rule's own says already what they ask. */
  despite: z.array(name).default([]),
  /** Why, in a sentence for `explain`, in both languages. */
  meaning: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
});

const test = z.strictObject({
  title: z.string().min(1),
  url: z.string().nullable().default(null),
  expect: z.enum(RESULTS),
});

/**
 * config/rules.yaml. `masks` are phrases that hold a telling word without telling it (震災復興支援早期審査); they are
 * struck from the title first. `lists` are words, `paths` beginnings of a link's path; both are named by conditions.
 * The first rule whose conditions hold decides, but where a word of `doubts` stands beside what would be urgent, a person
 * decides; without a rule, the item is a main update (rule `default`).
 */
export const rulesSchema = z
  .strictObject({
    masks: z.array(word).max(classifyLimits.wordsMax).default([]),
    lists: z.record(name, words),
    paths: z.record(name, z.array(z.string().startsWith('/')).min(1)).default({}),
    /** Lists whose words make a person decide where a rule says urgent. */
    doubts: z.array(name).default([]),
    rules: z.array(rule).max(classifyLimits.rulesMax),
    tests: z.array(test).min(1).max(classifyLimits.testsMax),
  })
  .superRefine((value, context) => {
    const known = new Set([...Object.keys(value.lists), ...Object.keys(value.paths)]);
    const names = new Set<string>(['default']);
    for (const [index, missing] of value.doubts.entries()) {
      if (!known.has(missing))
        context.addIssue({ code: 'custom', path: ['doubts', index], message: unknownList(missing) });
    }
    for (const [index, one] of value.rules.entries()) {
      if (names.has(one.name)) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'name'],
          message: `"${one.name}" is taken`,
        });
      }
      names.add(one.name);
      for (const [key, used] of [
        ['all', one.all.flat()],
        ['none', one.none],
        ['despite', one.despite],
      ] as const) {
        for (const missing of used.filter((list) => !known.has(list))) {
          context.addIssue({ code: 'custom', path: ['rules', index, key], message: unknownList(missing) });
        }
      }
    }
    for (const both of Object.keys(value.paths).filter((path) => path in value.lists)) {
      context.addIssue({ code: 'custom', path: ['paths', both], message: 'a list has this name already' });
    }
  });

/** The rules of classification, words in match form. */
export type Rules = z.output<typeof rulesSchema>;
export type Rule = Rules['rules'][number];

function unknownList(missing: string): string {
  return `there is no list or path named "${missing}"`;
}
