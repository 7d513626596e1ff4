import type { Lang } from '../feed/item.ts';
import type { Classification } from './classification.ts';
import { hitsIn, indexWords, matchForm, type Hit, type WordIndex } from './match-words.ts';
import type { Result, Rule, Rules } from './rules.ts';

/** What classification looks at. Bodies mislead (facts of many notices), so title and link are all. */
export type Classifiable = { title: string; url: string | null; lang: Lang };

/**
 * Which announcement an item is, by the first rule whose conditions hold; `because` names the lists and the words of
 * the title that met them. Never throws; an item that no rule knows is a main update.
 */
export function classify(item: Classifiable, rules: Rules): Classification {
  const evidence = evidenceIn(item, rules);
  for (const rule of rules.rules) {
    const because = judge(rule, evidence);
    if (because === null) continue;
    const doubts =
      rule.result === 'urgent' ? rules.doubts.filter((list) => !rule.despite.includes(list)) : [];
    const doubt = doubts.find((list) => evidence.has(list));
    if (doubt === undefined) return conclude(rule.result, rule.name, because);
    return conclude('review', rule.name, [...because, `${doubt}: ${evidence.get(doubt)}`]);
  }
  return conclude('main', 'default', []);
}

/** A title that the rules' own tests expect in another class. `at` is its place under `tests`. */
export type RuleTestFailure = {
  title: string;
  at: Rules['tests'][number]['at'];
  expected: Result;
  got: Result;
  rule: string;
};

/** The class of a classification in one word, as rule tests write it. */
export function resultOf(classification: Classification): Result {
  return classification.kind === 'announce' ? classification.topic : classification.kind;
}

/** Runs the tests that stand beside the rules. An edit of the rules that fails one of them must not start the program. */
export function checkRuleTests(rules: Rules): RuleTestFailure[] {
  return rules.tests.flatMap(({ title, url, expect, at }) => {
    const lang = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(title) ? 'ja' : 'en';
    const classification = classify({ title, url, lang }, rules);
    const got = resultOf(classification);
    return got === expect ? [] : [{ title, at, expected: expect, got, rule: classification.rule }];
  });
}

/** The lists of which something was found, each with what was found. */
type Evidence = ReadonlyMap<string, string>;

/** The rule's evidence, or null where a condition does not hold. */
function judge(rule: Rule, evidence: Evidence): string[] | null {
  const because: string[] = [];
  for (const alternatives of rule.all) {
    const list = alternatives.find((one) => evidence.has(one));
    if (list === undefined) return null;
    because.push(`${list}: ${evidence.get(list)}`);
  }
  return rule.none.some((list) => evidence.has(list)) ? null : because;
}

/** Of each list the word that stands first in the title, the longest where several begin together. */
function evidenceIn(item: Classifiable, rules: Rules): Evidence {
  const { masks, lists } = indexed(rules);
  const title = mask(matchForm(item.title), masks);
  const first = new Map<string, Hit>();
  for (const { name, start, end } of hitsIn(title, lists)) {
    const known = first.get(name);
    if (known === undefined || (known.start === start && known.end < end)) first.set(name, { start, end });
  }
  const evidence = new Map([...first].map(([name, { start, end }]) => [name, title.slice(start, end)]));
  const path = pathOf(item.url);
  for (const [name, prefixes] of Object.entries(rules.paths)) {
    const prefix = prefixes.find((one) => path?.startsWith(one));
    if (prefix !== undefined) evidence.set(name, prefix);
  }
  return evidence;
}

/** A struck phrase leaves a bar, so that its neighbours do not grow together into a word. */
function mask(title: string, masks: WordIndex<null>): string {
  let text = '';
  let done = 0;
  for (const { start, end } of hitsIn(title, masks)) {
    if (start >= done) text += `${title.slice(done, start)}|`;
    done = Math.max(done, end);
  }
  return text + title.slice(done);
}

type Indexed = { masks: WordIndex<null>; lists: WordIndex<string> };

/** Rules are frozen, and the same for every title: their words are sorted once, when the first title comes. */
const indexes = new WeakMap<Rules, Indexed>();

function indexed(rules: Rules): Indexed {
  const known = indexes.get(rules);
  if (known !== undefined) return known;
  const made = { masks: indexWords([[null, rules.masks]]), lists: indexWords(Object.entries(rules.lists)) };
  indexes.set(rules, made);
  return made;
}

function pathOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).pathname : null;
}

function conclude(result: Result, rule: string, because: readonly string[]): Classification {
  return result === 'urgent' || result === 'main'
    ? { kind: 'announce', topic: result, rule, because }
    : { kind: result, topic: null, rule, because };
}
