import type { WithdrawalEnd } from '../app/carry-out-withdrawal.ts';
import type { WithdrawProposal } from '../app/withdraw-post.ts';
import type { Lang } from '../feed/item.ts';
import { withdrawSentences } from '../messages/cli-withdraw.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say, type SentenceParams } from '../messages/sentence.ts';
import { postAddress } from '../publish/post-address.ts';
import type { ExitCode } from './command.ts';
import { proposalText } from './urgent-screen.ts';

/** In which language, and where posts of this mode are looked at. */
type Shown = { lang: Lang; apiUrl: URL | null };

/** What became of one of the two, and the exit code that it asks for. */
export type End = { code: ExitCode; text: string };

/** The post to be deleted and the correction as X would get it. */
export function withdrawalText(proposal: WithdrawProposal & { kind: 'proposal' }, at: Shown): string {
  const { lang } = at;
  const { entry, correction } = proposal;
  const after =
    correction === null
      ? [say(withdrawSentences.noCorrection, lang)]
      : [say(withdrawSentences.willPost, lang), proposalText(correction, lang)];
  return [
    say(withdrawSentences.willDelete, lang, { id: entry.id, url: postAddress(entry, at.apiUrl) }),
    ...entry.text.split('\n').map((row) => `| ${row}`),
    ...after,
  ].join('\n');
}

/** What became of the deletion. */
export function deletionEnd({ entry, stop }: WithdrawalEnd, at: Shown): End {
  const { id, note } = entry;
  const told = teller(at.lang, { id, detail: note ?? '', url: postAddress(entry, at.apiUrl) });
  if (entry.state === 'withdrawn') return told(0, 'withdrawn');
  if (entry.state === 'published') return told(4, 'deletionRefused');
  return stop === null ? told(5, 'deletionUnknown') : told(3, 'waits', { reason: stop.reason });
}

/** What became of the correction; empty where none was asked for. */
export function correctionEnd({ correction, stop }: WithdrawalEnd, at: Shown): End[] {
  if (correction === null) return [];
  const told = teller(at.lang, {
    id: correction.id,
    detail: correction.note ?? '',
    url: postAddress(correction, at.apiUrl),
  });
  switch (correction.state) {
    case 'published':
      return [told(0, 'correctionPublished')];
    case 'rejected':
      return [told(4, 'correctionRejected')];
    case 'attempting':
    case 'uncertain':
      return [told(5, 'correctionUnknown')];
    case 'queued':
      return [stop === null ? told(3, 'correctionWaits') : told(3, 'waits', { reason: stop.reason })];
    case 'held':
    case 'refused':
    case 'cancelled':
    case 'expired':
    case 'withdrawing':
    case 'withdrawn': {
      const { code, text } = told(3, 'correctionHeld');
      const why = sentencesOf(correction.reasons, at.lang).map((sentence) => `- ${sentence}`);
      return [{ code, text: [text, ...why].join('\n') }];
    }
  }
}

function teller(lang: Lang, params: SentenceParams) {
  return (code: ExitCode, name: keyof typeof withdrawSentences, more: SentenceParams = {}): End => ({
    code,
    text: say(withdrawSentences[name], lang, { ...params, ...more }),
  });
}
