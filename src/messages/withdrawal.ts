import { given, type Sentence } from './sentence.ts';
import { givenState } from './states.ts';

/** Why a withdrawal was not recorded. */
export const withdrawalMessages = {
  /** id, state */
  'not-published': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は投稿済みではないため、取り下げられません（現在の状態：${givenState(p, 'state', 'ja')}）。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} is not published (it is ${givenState(p, 'state', 'en')}) and cannot be withdrawn. Nothing was changed.`,
  },
  /** id, account */
  'other-account': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は別のアカウント（@${given(p, 'account')}）のものです。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} belongs to another account (@${given(p, 'account')}). Nothing was changed.`,
  },
} as const satisfies Record<string, Sentence>;
