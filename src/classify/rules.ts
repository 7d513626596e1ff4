import { z } from 'zod';
import { classifyLimits } from '../limits/words.ts';
import { blockLines, readTestLine, readWords } from './rule-texts.ts';

/** What a rule or a rule test may say. `main` and `urgent` are announced, `review` waits for a person. */
const RESULTS = ['urgent', 'review', 'main', 'ignore'] as const;
export type Result = (typeof RESULTS)[number];

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens');

/** Words in match form, given as a block of text or as a list; see rule-texts.ts. */
const words = z.union([z.string(), z.array(z.string())]).transform((given, context) => {
  const read = readWords(given);
  for (const { at, message } of read.mistakes) context.addIssue({ code: 'custom', path: [at], message });
  return read.words;
});

const someWords = words.refine((list) => list.length > 0, 'a list without words');

/** Between the names of two lists: a word of each must stand near one of the other, in either order. */
export const NEAR = '~';

const part = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(~[a-z][a-z0-9-]*)?$/, 'the name of a list, or of two with ~ between');

/** What must be found, or several things of which one is enough. */
const condition = z
  .union([part, z.array(part).min(1)])
  .transform((one) => (typeof one === 'string' ? [one] : one));

const rule = z.strictObject({
  name,
  result: z.enum(RESULTS),
  /** Every condition must hold. At least one, so that no rule can match everything. */
  all: z.array(condition).min(1),
  /** None of these may occur. */
  none: z.array(part).default([]),
  /** Doubts that do not count here: a list of the rule's own says already what they ask. */
  despite: z.array(name).default([]),
  /** Why, in a sentence for `explain`, in both languages. */
  meaning: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
});

/** A title with the class that it must get. `at` is its place under `tests`, to find the line when it fails. */
type RuleTest = {
  title: string;
  url: string | null;
  expect: Result;
  at: readonly (string | number)[];
};

const testList = z
  .array(
    z.strictObject({
      title: z.string().min(1),
      url: z.string().nullable().default(null),
      expect: z.enum(RESULTS),
    }),
  )
  .transform((list) => list.map((one, index): RuleTest => ({ ...one, at: [index] })));

/** By class, a title a line. */
const testBlocks = z.partialRecord(z.enum(RESULTS), z.string()).transform((blocks) =>
  RESULTS.flatMap((expect) =>
    blockLines(blocks[expect] ?? '').map(({ line, text }): RuleTest => ({
      ...readTestLine(text),
      expect,
      at: [expect, line],
    })),
  ),
);

const tests = z
  .union([testBlocks, testList])
  .refine((list) => list.length > 0, 'rules without tests')
  .refine((list) => list.length <= classifyLimits.testsMax, `more than ${classifyLimits.testsMax} tests`);

/**
 * config/rules.yaml. `masks` are phrases that hold a telling word without telling it (震災復興支援早期審査); they are
 * struck from the title first. `lists` are words, `paths` beginnings of a link's path; both are named by conditions.
 * The first rule whose conditions hold decides, but where a word of `doubts` stands beside what would be urgent, a person
 * decides; without a rule, the item is a main update (rule `default`).
 */
export const rulesSchema = z
  .strictObject({
    masks: words.default([]),
    lists: z.record(name, someWords),
    paths: z.record(name, z.array(z.string().startsWith('/')).min(1)).default({}),
    /** Lists whose words make a person decide where a rule says urgent. */
    doubts: z.array(name).default([]),
    rules: z.array(rule).max(classifyLimits.rulesMax),
    tests,
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
        ['all', one.all.flat().flatMap((list) => list.split(NEAR))],
        ['none', one.none.flatMap((list) => list.split(NEAR))],
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

const unread = (): never => {
  throw new Error('the rules were not read, because this command classes no title');
};

/** Stands where rules were not read. To class by it is a bug: without rules every title would be a main update. */
export const UNREAD_RULES: Rules = Object.freeze({
  get masks() {
    return unread();
  },
  get lists() {
    return unread();
  },
  get paths() {
    return unread();
  },
  get doubts() {
    return unread();
  },
  get rules() {
    return unread();
  },
  get tests() {
    return unread();
  },
});

function unknownList(missing: string): string {
  return `there is no list or path named "${missing}"`;
}
