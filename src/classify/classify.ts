import type { Lang } from '../feed/item.ts';
import type { Classification } from './classification.ts';
import { hitsIn, indexWords, matchForm, type Hit, type WordIndex } from './match-words.ts';
import { NEAR, type Result, type Rule, type Rules } from './rules.ts';
import { classifyLimits } from '../limits/words.ts';

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

/** A title of the rules' own tests, with the class that it must get and the one that it gets. `at` is its place under `tests`. */
export type RuleTestRun = {
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

/** Runs the tests that stand beside the rules, in their order. */
export function runRuleTests(rules: Rules): RuleTestRun[] {
  return rules.tests.map(({ title, url, expect, at }) => {
    const lang = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(title) ? 'ja' : 'en';
    const classification = classify({ title, url, lang }, rules);
    const got = resultOf(classification);
    return { title, at, expected: expect, got, rule: classification.rule };
  });
}

/** Those that fail. An edit of the rules that fails one of them must not start the program. */
export function checkRuleTests(rules: Rules): RuleTestRun[] {
  return runRuleTests(rules).filter(({ expected, got }) => got !== expected);
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
  const { masks, lists, pairs } = indexed(rules);
  const title = mask(matchForm(item.title), masks);
  const found = new Map<string, Hit[]>();
  for (const { name, ...hit } of hitsIn(title, lists)) {
    const hits = found.get(name);
    if (hits === undefined) found.set(name, [hit]);
    else hits.push(hit);
  }
  const evidence = new Map<string, string>();
  for (const [name, [head, ...others]] of found) {
    if (head === undefined) continue;
    const first = others.filter(({ start }) => start === head.start).reduce(longer, head);
    evidence.set(name, title.slice(first.start, first.end));
  }
  for (const pair of pairs) {
    const [one = '', other = ''] = pair.split(NEAR);
    const span = nearest(title, found.get(one) ?? [], found.get(other) ?? []);
    if (span !== null) evidence.set(pair, title.slice(span.start, span.end));
  }
  const path = pathOf(item.url);
  for (const [name, prefixes] of Object.entries(rules.paths)) {
    const prefix = prefixes.find((one) => path?.startsWith(one));
    if (prefix !== undefined) evidence.set(name, prefix);
  }
  return evidence;
}

function longer(one: Hit, other: Hit): Hit {
  return other.end - other.start > one.end - one.start ? other : one;
}

/** The stretch of the title in which a word of each stands nearest to one of the other, in either order; null where none is near. */
function nearest(title: string, ones: readonly Hit[], others: readonly Hit[]): Hit | null {
  let best: (Hit & { width: number }) | null = null;
  // A title has few words of a list; the bound is for one that was made to have thousands.
  for (const one of ones.slice(0, classifyLimits.nearHitsMax)) {
    for (const other of others.slice(0, classifyLimits.nearHitsMax)) {
      const [left, right] = one.start <= other.start ? [one, other] : [other, one];
      if (right.start < left.end) continue;
      const between = title.slice(left.end, right.start);
      if (between.length > classifyLimits.nearMax) continue;
      const width = between.length + between.replace(/[\x20-\x7e]/g, '').length;
      if (width > classifyLimits.nearMax || (best !== null && width >= best.width)) continue;
      best = { start: left.start, end: right.end, width };
    }
  }
  return best;
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

type Indexed = { masks: WordIndex<null>; lists: WordIndex<string>; pairs: readonly string[] };

/** Rules are frozen, and the same for every title: their words are sorted once, when the first title comes. */
const indexes = new WeakMap<Rules, Indexed>();

function indexed(rules: Rules): Indexed {
  const known = indexes.get(rules);
  if (known !== undefined) return known;
  const named = rules.rules.flatMap(({ all, none }) => [...all.flat(), ...none]);
  const made = {
    masks: indexWords([[null, rules.masks]]),
    lists: indexWords(Object.entries(rules.lists)),
    pairs: [...new Set(named.filter((one) => one.includes(NEAR)))],
  };
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
