import type { PreviewLine } from '../app/preview.ts';
import type { Lang } from '../feed/item.ts';
import { previewSentences } from '../messages/preview.ts';
import { say } from '../messages/sentence.ts';
import { classNames, topicNames } from '../messages/states.ts';

/** What would happen to an item, as the key of its sentence. */
export type Decision = Extract<
  keyof typeof previewSentences,
  'wouldPublish' | 'wouldHold' | 'wouldRefuse' | 'wouldWait' | 'wouldIgnore' | 'known'
>;

/** Puts the facts of a preview line into one of six decisions. */
export function decisionOf(line: PreviewLine): Decision {
  if (line.wouldPublish) return 'wouldPublish';
  if (line.known) return 'known';
  if (line.verdict === null) return 'wouldIgnore';
  switch (line.verdict.kind) {
    case 'hold':
      return 'wouldHold';
    case 'deny':
      return 'wouldRefuse';
    case 'allow':
      return 'wouldWait';
  }
}

/** How many items end each way. */
export function countDecisions(lines: readonly PreviewLine[]): {
  items: number;
  publish: number;
  held: number;
  rest: number;
} {
  const decisions = lines.map(decisionOf);
  const publish = decisions.filter((each) => each === 'wouldPublish' || each === 'wouldWait').length;
  const held = decisions.filter((each) => each === 'wouldHold').length;
  return { items: lines.length, publish, held, rest: lines.length - publish - held };
}

/** The class of an item in words: its topic, where it is announced. */
export function classWord({ classification }: PreviewLine, lang: Lang): string {
  return say(
    classification.topic === null ? classNames[classification.kind] : topicNames[classification.topic],
    lang,
  );
}

/** The length of a post in words. */
export function weightOf(post: { weight: number; weightMax: number }, lang: Lang): string {
  return say(previewSentences.weight, lang, { ...post, left: post.weightMax - post.weight });
}
