import type { Lang } from '../feed/item.ts';
import type { Classification } from './classification.ts';
import { findWord, matchForm } from './match-words.ts';
import type { Result, Rule, Rules } from './rules.ts';

/** What classification looks at. Bodies mislead (facts of many notices), so title and link are all. */
export type Classifiable = { title: string; url: string | null; lang: Lang };

/**
 * Which announcement an item is, by the first rule whose conditions hold; `because` names the lists and the words of
 * the title that met them. Never throws; an item that no rule knows is a main update.
 */
export function classify(item: Classifiable, rules: Rules): Classification {
  const title = mask(matchForm(item.title), rules.masks);
  const path = pathOf(item.url);
  const found = new Map<string, string | null>();
  const evidence = (list: string): string | null => {
    const known = found.get(list);
    if (known !== undefined) return known;
    const hit = findEvidence(list, title, path, rules);
    found.set(list, hit);
    return hit;
  };
  for (const rule of rules.rules) {
    const because = judge(rule, evidence);
    if (because === null) continue;
    const doubts =
      rule.result === 'urgent' ? rules.doubts.filter((list) => !rule.despite.includes(list)) : [];
    const doubt = doubts.find((list) => evidence(list) !== null);
    if (doubt === undefined) return conclude(rule.result, rule.name, because);
    return conclude('review', rule.name, [...because, `${doubt}: ${evidence(doubt)}`]);
  }
  return conclude('main', 'default', []);
}

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

/** The rule's evidence, or null where a condition does not hold. */
function judge(rule: Rule, evidence: (list: string) => string | null): string[] | null {
  const because: string[] = [];
  for (const alternatives of rule.all) {
    const list = alternatives.find((one) => evidence(one) !== null);
    if (list === undefined) return null;
    because.push(`${list}: ${evidence(list)}`);
  }
  return rule.none.some((list) => evidence(list) !== null) ? null : because;
}

function findEvidence(list: string, title: string, path: string | null, rules: Rules): string | null {
  const prefixes = rules.paths[list];
  if (prefixes !== undefined) return prefixes.find((prefix) => path?.startsWith(prefix)) ?? null;
  for (const word of rules.lists[list] ?? []) {
    const hit = findWord(title, word);
    if (hit !== null) return title.slice(hit.start, hit.end);
  }
  return null;
}

/** A struck phrase leaves a bar, so that its neighbours do not grow together into a word. */
function mask(title: string, masks: readonly string[]): string {
  let text = title;
  for (const phrase of masks) {
    for (let hit = findWord(text, phrase); hit !== null; hit = findWord(text, phrase, hit.start + 1)) {
      text = `${text.slice(0, hit.start)}|${text.slice(hit.end)}`;
    }
  }
  return text;
}

function pathOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).pathname : null;
}

function conclude(result: Result, rule: string, because: readonly string[]): Classification {
  return result === 'urgent' || result === 'main'
    ? { kind: 'announce', topic: result, rule, because }
    : { kind: result, topic: null, rule, because };
}
