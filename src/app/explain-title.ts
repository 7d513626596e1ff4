import { classify, resultOf } from '../classify/classify.ts';
import { followUpOf, type FollowUpKind } from '../classify/follow-up.ts';
import type { Result, Rules } from '../classify/rules.ts';
import type { Lang } from '../feed/item.ts';
import { detectLang } from '../feed/detect-lang.ts';
import { explainSentences } from '../messages/explain.ts';
import { say } from '../messages/sentence.ts';

/** Why a title is classed as it is (the shape of `explain --json`). */
export type Explanation = {
  title: string;
  url: string | null;
  lang: Lang;
  class: Result;
  /** The rule's name, or `default`. */
  rule: string;
  /** What the rule says, in the reader's language. */
  meaning: string;
  /** The words of the title that met the rule, each with the list that holds it. */
  because: readonly { list: string; word: string }[];
  followUp: { kind: FollowUpKind; number: number | null } | null;
  /** All of it in a sentence or two. */
  sentence: string;
};

/** Classes a title as a poll would, and says why. Reads and writes nothing. */
export function explainTitle(
  rules: Rules,
  asked: { title: string; url: string | null; lang: Lang | null },
  reader: Lang,
): Explanation {
  const { title, url } = asked;
  const lang = asked.lang ?? detectLang(title);
  const classification = classify({ title, url, lang }, rules);
  const result = resultOf(classification);
  const rule = rules.rules.find(({ name }) => name === classification.rule);
  const because = classification.because.map((line) => {
    const at = line.indexOf(': ');
    return { list: line.slice(0, at), word: line.slice(at + 2) };
  });
  const follows = followUpOf(title);
  const followUp = follows?.marked === true ? { kind: follows.kind, number: follows.number } : null;
  const meaning = rule?.meaning[reader] ?? say(explainSentences.default, reader);
  const words = because.map(({ word }) => (reader === 'ja' ? `「${word}」` : `"${word}"`));
  const parts = [
    say(explainSentences[result], reader, { title }),
    say(explainSentences.rule, reader, { rule: classification.rule, meaning }),
    ...(words.length === 0
      ? []
      : [say(explainSentences.words, reader, { words: words.join(reader === 'ja' ? '' : ', ') })]),
    ...(doubtIn(rule?.result, result) ? [say(explainSentences.doubt, reader)] : []),
    ...(followUp === null ? [] : [say(explainSentences.followUp, reader)]),
  ];
  const sentence = parts.join(reader === 'ja' ? '' : ' ');
  return { title, url, lang, class: result, rule: classification.rule, meaning, because, followUp, sentence };
}

/** The rule says urgent, but a doubtful word stands beside it. */
function doubtIn(rule: Result | undefined, result: Result): boolean {
  return rule === 'urgent' && result === 'review';
}
