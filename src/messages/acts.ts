import type { Sentence } from './sentence.ts';
import { givenState } from './states.ts';

const actNames: Record<string, { ja: string; en: string }> = {
  approve: { ja: '承認', en: 'approved' },
  hold: { ja: '見合わせ', en: 'held' },
  cancel: { ja: '取消し', en: 'cancelled' },
  retry: { ja: '再投稿の準備', en: 'prepared again' },
  known: { ja: '「対応済み」への変更', en: 'marked as known' },
};

/** Why a person's decision was not carried out. */
export const actMessages = {
  'not-held': {
    ja: (p) =>
      `投稿 ${p['id']} は確認待ちではありません（現在の状態：${givenState(p, 'state', 'ja')}）。何も変更していません。`,
    en: (p) =>
      `Post ${p['id']} is not waiting for approval (it is ${givenState(p, 'state', 'en')}). Nothing was changed.`,
  },
  'approved-already': {
    ja: (p) => `${p['by']}は投稿 ${p['id']} を承認済みです。二人目の承認は別の職員が行ってください。`,
    en: (p) =>
      `${p['by']} has approved post ${p['id']} already. The second approval must come from another person.`,
  },
  'denied-by-policy': {
    ja: (p) => `投稿 ${p['id']} は運用方針により投稿できません。${p['why']}`,
    en: (p) => `Post ${p['id']} cannot go out under the operation policy. ${p['why']}`,
  },
  'not-in-this-state': {
    ja: (p) =>
      `投稿 ${p['id']} は「${givenState(p, 'state', 'ja')}」のため、${actNames[String(p['act'])]?.ja ?? ''}はできません。何も変更していません。`,
    en: (p) =>
      `Post ${p['id']} is ${givenState(p, 'state', 'en')} and cannot be ${actNames[String(p['act'])]?.en ?? ''}. Nothing was changed.`,
  },
  'other-mode': {
    ja: (p) =>
      `投稿 ${p['id']} は別の運用モード（${p['mode']}）で作成されたものです。現在のモードでは操作できません。`,
    en: (p) => `Post ${p['id']} was made in another mode (${p['mode']}) and cannot be acted on in this one.`,
  },
  'other-account': {
    ja: (p) => `投稿 ${p['id']} は別のアカウント（@${p['account']}）のものです。何も変更していません。`,
    en: (p) => `Post ${p['id']} is of another account (@${p['account']}). Nothing was changed.`,
  },
} as const satisfies Record<string, Sentence>;
