import { given, type Sentence } from './sentence.ts';
import { givenState } from './states.ts';

/** Why a person's word about an uncertain post was not recorded. */
export const resolutionMessages = {
  /** id, state */
  'not-uncertain': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は結果不明ではありません（現在の状態：${givenState(p, 'state', 'ja')}）。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} is not uncertain (it is ${givenState(p, 'state', 'en')}). Nothing was changed.`,
  },
  /** id, account */
  'other-account': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は別のアカウント又は運用モード（@${given(p, 'account')}）のものです。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} belongs to another account or mode (@${given(p, 'account')}). Nothing was changed.`,
  },
  /** remoteId, other */
  taken: {
    ja: (p) =>
      `番号 ${given(p, 'remoteId')} は別の投稿（${given(p, 'other')}）のものとして記録されています。番号を確認してください。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'remoteId')} is on record as that of ${given(p, 'other')} already. Check the id. Nothing was changed.`,
  },
  /** remoteId */
  'no-post-id': {
    ja: (p) =>
      `「${given(p, 'remoteId')}」は投稿の番号ではありません。投稿のURLの末尾にある数字を指定してください。`,
    en: (p) => `“${given(p, 'remoteId')}” is no post id. Give the number at the end of the post's address.`,
  },
  /** id, remoteId */
  'not-ours': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} の送信以後のアカウントの投稿一覧に、番号 ${given(p, 'remoteId')} の投稿はありません。番号を確認してください。何も変更していません。`,
    en: (p) =>
      `The account's timeline since post ${given(p, 'id')} was sent shows no post ${given(p, 'remoteId')}. Check the id. Nothing was changed.`,
  },
} as const satisfies Record<string, Sentence>;
