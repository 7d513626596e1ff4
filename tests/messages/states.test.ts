import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/feed/item.ts';
import { itemProblemMessages, describeItemProblem } from '../../src/messages/item-problems.ts';
import { mistakeMessages } from '../../src/messages/mistakes.ts';
import { MISTAKE_CODES } from '../../src/messages/mistake.ts';
import { policyMessages } from '../../src/messages/policy.ts';
import type { Sentence } from '../../src/messages/sentence.ts';
import {
  classNames,
  kindNames,
  modeMeanings,
  modeNames,
  stateMeanings,
  stateNames,
  topicNames,
  verdictNames,
} from '../../src/messages/states.ts';
import { STATES } from '../../src/outbox/entry.ts';
import { POLICY_RULES } from '../../src/policy/verdict.ts';

type Words = Readonly<Record<string, Sentence>>;
const LANGS: readonly Lang[] = ['ja', 'en'];

/** Two things with one name would be taken for each other. */
function check(words: Words): void {
  for (const lang of LANGS) {
    const said = Object.values(words).map((sentence) => sentence[lang]({}));
    expect(new Set(said).size).toBe(said.length);
  }
}

describe('no two things share a name', () => {
  test.each<[string, Words]>([
    ['states', stateNames],
    ['meanings of states', stateMeanings],
    ['modes', modeNames],
    ['meanings of modes', modeMeanings],
    ['topics', topicNames],
    ['classes', classNames],
    ['verdicts', verdictNames],
    ['kinds of entries', kindNames],
  ])('%s', (_name, words) => check(words));
});

test.each<[string, readonly string[], Words]>([
  ['state', STATES, stateMeanings],
  ['rule of the policy', POLICY_RULES, policyMessages],
  ['mistake', MISTAKE_CODES, mistakeMessages],
])('every %s has its sentence, and no sentence is left over', (_name, codes, words) => {
  expect(Object.keys(words).toSorted()).toEqual([...codes].toSorted());
});

test.each(Object.keys(itemProblemMessages))(
  'the problem %s of an item is said in a whole sentence',
  (code) => {
    expect(describeItemProblem({ code, detail: '2,088年' }, 'ja')).toMatch(/。$/u);
    expect(describeItemProblem({ code, detail: '2088' }, 'en')).toMatch(/\.$/u);
  },
);
