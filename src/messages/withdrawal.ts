import type { Lang } from '../feed/item.ts';
import type { State } from '../outbox/entry.ts';
import { given, type Sentence, type SentenceParams } from './sentence.ts';
import { stateNames } from './states.ts';

const state = (params: SentenceParams, lang: Lang): string =>
  stateNames[given(params, 'state') as State]?.[lang]({}) ?? given(params, 'state');

/** Why a withdrawal was not recorded. */
export const withdrawalMessages = {
  /** id, state */
  'not-published': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は投稿済みではないため、取り下げられません（現在の状態：${state(p, 'ja')}）。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} is not published (it is ${state(p, 'en')}) and cannot be withdrawn. Nothing was changed.`,
  },
  /** id, account */
  'other-account': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は別のアカウント（@${given(p, 'account')}）のものです。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} belongs to another account (@${given(p, 'account')}). Nothing was changed.`,
  },
} as const satisfies Record<string, Sentence>;
