import type { Lang } from '../feed/item.ts';
import { STATES } from '../outbox/entry.ts';
import { given, say, type Sentence, type SentenceParams } from './sentence.ts';
import { stateNames } from './states.ts';
import { lengthOfTime } from './tokyo-time.ts';

/** Of the prepared correction of a post, and of the time that a wrong post has been known to be wrong. */
export const correctionMessages = {
  /** id */
  'unknown-post': {
    ja: (p) => `番号「${given(p, 'id')}」の投稿の記録はありません。何も変更していません。`,
    en: (p) => `There is no post ${given(p, 'id')} on record. Nothing was changed.`,
  },
  'no-template': {
    ja: () =>
      'config/templates.yaml に訂正の文例（correction）がありません。--correction で本文を指定してください。何も変更していません。',
    en: () =>
      'config/templates.yaml has no wording for corrections (correction). Give the text with --correction. Nothing was changed.',
  },
  /** id */
  armed: {
    ja: (p) =>
      `緊急のお知らせ ${given(p, 'id')} に誤りがあった場合は、kosatsu withdraw ${given(p, 'id')} --correct --reason 理由 で取下げと訂正を同時に行えます。`,
    en: (p) =>
      `Should urgent notice ${given(p, 'id')} be wrong: kosatsu withdraw ${given(p, 'id')} --correct --reason TEXT takes it back and corrects it in one step.`,
  },
  /** id, elapsedMs, deleted (yes or no), correction (a state, or empty) */
  clock: {
    ja: (p) =>
      `誤りとされた投稿 ${given(p, 'id')}：${elapsed(p, 'ja')}経過（削除：${p['deleted'] === 'yes' ? '済み' : '未完了'}、訂正：${correctionState(p, 'ja')}）。完了するまで表示します。`,
    en: (p) =>
      `Wrong post ${given(p, 'id')}: reported ${elapsed(p, 'en')} ago (deleted: ${p['deleted'] === 'yes' ? 'yes' : 'not yet'}; correction: ${correctionState(p, 'en')}). Shown until both are done.`,
  },
} as const satisfies Record<string, Sentence>;

function elapsed(params: SentenceParams, lang: Lang): string {
  return lengthOfTime(Number(params['elapsedMs'] ?? 0), lang);
}

function correctionState(params: SentenceParams, lang: Lang): string {
  const state = STATES.find((one) => one === params['correction']);
  if (state !== undefined) return say(stateNames[state], lang);
  return lang === 'ja' ? 'なし' : 'none';
}
