import type { Proposal, UrgentResult } from '../app/force-urgent.ts';
import type { Lang } from '../feed/item.ts';
import { costSentences } from '../messages/cost.ts';
import { urgentSentences } from '../messages/cli-urgent.ts';
import { say } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';

/** The final post as X would get it, its length, the account, and what the policy says. */
export function proposalText(proposal: Proposal, lang: Lang): string {
  const { text, weight, weightMax, account, mode, verdict, messages } = proposal;
  const rows = [
    ...text.split('\n').map((row) => `| ${row}`),
    say(urgentSentences.weight, lang, { weight, weightMax, left: weightMax - weight }),
    say(urgentSentences.account, lang, { account, mode: say(modeNames[mode], lang) }),
  ];
  const cost = proposal.cost;
  if (cost !== undefined && cost.post !== null)
    rows.push(say(costSentences.post, lang, { amount: cost.post, currency: cost.currency }));
  if (verdict === 'hold') rows.push(say(urgentSentences.wouldBeHeld, lang));
  if (verdict === 'deny') rows.push(say(urgentSentences.denied, lang));
  return [...rows, ...messages.map((message) => `- ${message}`)].join('\n');
}

/** What became of it. */
export function resultText(result: UrgentResult, lang: Lang): string {
  switch (result.kind) {
    case 'mistake':
      return result.message;
    case 'published':
      return say(urgentSentences.published, lang, { id: result.entryId, url: result.url });
    case 'held':
    case 'refused': {
      // Refused before there was anything to judge: that was not the policy, and its sentence says all.
      if (result.entryId === null) return result.messages.join('\n');
      const head = say(urgentSentences[result.kind], lang, { id: result.entryId ?? '' });
      return [head, ...result.messages.map((message) => `- ${message}`)].join('\n');
    }
    case 'refused-by-x':
      return say(urgentSentences.refusedByX, lang, { id: result.entryId, message: result.message });
    case 'unknown':
      if (result.entryId === '') return say(urgentSentences.unknownAnswer, lang, { message: result.message });
      return say(urgentSentences.unknown, lang, { id: result.entryId, message: result.message });
    case 'waiting':
      return say(urgentSentences.waiting, lang, { id: result.entryId, message: result.message });
  }
}
