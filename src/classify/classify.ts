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
    if (because !== null) return conclude(rule.result, rule.name, because);
  }
  return conclude('main', 'default', []);
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
  switch (result) {
    case 'urgent':
    case 'main':
      return { kind: 'announce', topic: result, rule, because };
    case 'review':
    case 'ignore':
      return { kind: result, topic: null, rule, because };
  }
}
