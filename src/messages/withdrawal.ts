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
  /** id */
  'said-already': {
    ja: (p) =>
      `この訂正と同じ文面は、既に投稿したか、投稿した可能性があります。二重に投稿しないため、何も変更していません。投稿 ${given(p, 'id')} の削除だけを行う場合は訂正を空欄とし、改めて訂正する場合は文面を変えてください。`,
    en: (p) =>
      `A correction in these words has been posted, or may have been. Nothing was changed, so that it does not go out twice. To delete post ${given(p, 'id')} alone, leave the correction empty; to correct it once more, use other words.`,
  },
} as const satisfies Record<string, Sentence>;
