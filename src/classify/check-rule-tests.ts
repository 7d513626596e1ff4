import type { Classification } from './classification.ts';
import { classify } from './classify.ts';
import type { Result, Rules } from './rules.ts';

/** A title that the rules' own tests expect in another class. */
export type RuleTestFailure = { title: string; expected: Result; got: Result; rule: string };

/** The class of a classification in one word, as rule tests write it. */
export function resultOf(classification: Classification): Result {
  return classification.kind === 'announce' ? classification.topic : classification.kind;
}

/** Runs the tests that stand beside the rules. An edit of the rules that fails one of them must not start the program. */
export function checkRuleTests(rules: Rules): RuleTestFailure[] {
  return rules.tests.flatMap(({ title, url, expect }) => {
    const lang = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(title) ? 'ja' : 'en';
    const classification = classify({ title, url, lang }, rules);
    const got = resultOf(classification);
    return got === expect ? [] : [{ title, expected: expect, got, rule: classification.rule }];
  });
}
