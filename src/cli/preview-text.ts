import type { PreviewLine, PreviewResult } from '../app/preview.ts';
import type { Lang } from '../feed/item.ts';
import { costSentences } from '../messages/cost.ts';
import { previewSentences } from '../messages/preview.ts';
import { say } from '../messages/sentence.ts';
import { classWord, countDecisions, decisionOf, weightOf } from '../console/preview-decision.ts';

/** A preview for the terminal: an item a paragraph, then the sums. */
export function previewText(result: PreviewResult, lang: Lang): string {
  if (result.lines.length === 0)
    return say(previewSentences[result.feedsRead > 0 ? 'nothing' : 'unread'], lang);
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
  if (line.cost !== undefined && line.cost !== null) rows.push(say(costSentences.post, lang, line.cost));
  rows.push(...(line.verdict?.reasons ?? []).map((reason) => `- ${reason.message}`));
  return [head, ...rows.map((row) => `    ${row}`)].join('\n');
}
