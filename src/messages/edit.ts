import { given, type Sentence } from './sentence.ts';
import { givenState } from './states.ts';

/** Editing a post before it goes out: why it was not done, and what was. */
export const editMessages = {
  /** id, account */
  'other-account': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は別のアカウント（@${given(p, 'account')}）のものです。何も変更していません。`,
    en: (p) => `Post ${given(p, 'id')} is of another account (@${given(p, 'account')}). Nothing was changed.`,
  },
  /** id, state */
  'not-open': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は「${givenState(p, 'state', 'ja')}」のため、修正できません。修正できるのは、確認待ち又は投稿待ちの間に限ります。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} is ${givenState(p, 'state', 'en')} and cannot be edited; only held and queued posts can. Nothing was changed.`,
  },
  /** id */
  unchanged: {
    ja: (p) => `投稿 ${given(p, 'id')} の本文は修正前と同じです。何も変更していません。`,
    en: (p) => `These are the words that post ${given(p, 'id')} has already. Nothing was changed.`,
  },
  /** id, max */
  'too-many': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} の修正は${given(p, 'max')}回に達しました。取り消して、新しく作成してください。`,
    en: (p) =>
      `Post ${given(p, 'id')} has been edited ${given(p, 'max')} times. Cancel it and make a new one.`,
  },
  /** id, why */
  denied: {
    ja: (p) =>
      `修正後の本文は、運用方針により投稿できません。${given(p, 'why')}投稿 ${given(p, 'id')} は変更していません。`,
    en: (p) =>
      `The operation policy does not allow these words. ${given(p, 'why')} Post ${given(p, 'id')} was not changed.`,
  },
  'text-missing': {
    ja: () => '修正後の本文を --text で指定してください。',
    en: () => 'Give the new text with --text.',
  },
  /** id, version, needed */
  done: {
    ja: (p) =>
      `投稿 ${given(p, 'id')} の本文を修正し、新しい版 ${given(p, 'version')} を確認待ちとして記録しました。修正前の承認は無効です。投稿するには、改めて${given(p, 'needed')}名の承認が必要です。`,
    en: (p) =>
      `Post ${given(p, 'id')} was edited; its new version is ${given(p, 'version')}, and it is held. Earlier approvals are void: ${given(p, 'needed')} must approve it anew.`,
  },
} as const satisfies Record<string, Sentence>;
