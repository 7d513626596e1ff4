import type { PreviewLine, PreviewResult } from '../app/preview.ts';
import type { Lang } from '../feed/item.ts';
import { previewSentences } from '../messages/preview.ts';
import { say } from '../messages/sentence.ts';
import { classNames, topicNames } from '../messages/states.ts';
import { countDecisions, decisionOf } from './preview-decision.ts';

/** A preview for the terminal: an item a paragraph, then the sums. */
export function previewText(result: PreviewResult, lang: Lang): string {
  if (result.lines.length === 0) return say(previewSentences.nothing, lang);
  return [
    ...result.lines.map((line) => paragraph(line, lang)),
    say(previewSentences.summary, lang, countDecisions(result.lines)),
  ].join('\n\n');
}

function paragraph(line: PreviewLine, lang: Lang): string {
  const decision = decisionOf(line);
  const head = `${decision === 'wouldPublish' ? '●' : '○'} ${say(previewSentences[decision], lang)}: ${line.item.title}`;
  const rows = [
    say(previewSentences.rule, lang, { class: classWord(line, lang), rule: line.classification.rule }),
  ];
  if (line.post !== null)
    rows.push(...line.post.text.split('\n').map((each) => `| ${each}`), weightOf(line.post, lang));
  rows.push(...(line.verdict?.reasons ?? []).map((reason) => `- ${reason.message}`));
  return [head, ...rows.map((row) => `    ${row}`)].join('\n');
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
