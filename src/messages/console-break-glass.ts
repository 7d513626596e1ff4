import { given, type Sentence } from './sentence.ts';

/** Forcing a notice without the second person, and looking at it afterwards. */
export const breakGlassMessages = {
  title: {
    ja: () => '二人目の承認を待たずに投稿する（緊急時のみ）',
    en: () => 'Post without waiting for the second person (emergencies only)',
  },
  does: {
    ja: () =>
      '二人目の承認を待てない場合に限ります。投稿すると、直ちに全員に通知され、別の職員による事後確認が済むまで一覧に残ります。',
    en: () =>
      'Only where the second approval cannot be waited for. Everybody is told at once, and the post stays on the board until another person has reviewed it.',
  },
  password: {
    ja: () => 'ご自身のパスワード（確認のため再入力）',
    en: () => 'Your own password, once more',
  },
  /** account, mode */
  post: {
    ja: (p) =>
      `二人目の承認を待たず、@${given(p, 'account')}（${given(p, 'mode')}）に今すぐ投稿する（承認 1／2）`,
    en: (p) =>
      `Post to @${given(p, 'account')} (${given(p, 'mode')}) now without the second person (approvals: 1 of 2)`,
  },
  done: {
    ja: () => '別の職員による事後確認が必要です。',
    en: () => 'Another person must review it.',
  },
  'heading-reviews': { ja: () => '事後確認が必要な投稿', en: () => 'To be reviewed' },
  /** by, at, reason */
  forced: {
    ja: (p) =>
      `${given(p, 'by')}が二人目の承認を待たずに投稿しました（${given(p, 'at')}、理由：${given(p, 'reason')}）。`,
    en: (p) =>
      `${given(p, 'by')} posted it without a second person (${given(p, 'at')}; ${given(p, 'reason')}).`,
  },
  open: { ja: () => '内容を見て事後確認をする', en: () => 'Look and review' },
  own: {
    ja: () => 'ご自身が投稿したものです。事後確認は、別の職員が行ってください。',
    en: () => 'You posted it yourself. Another person must review it.',
  },
  'no-right': {
    ja: () => '事後確認を行う権限がありません。承認者に依頼してください。',
    en: () => 'You have no right to review it. An approver must.',
  },
  finding: { ja: () => '確認した結果（記録に残ります）', en: () => 'What you found (goes on the record)' },
  review: {
    ja: () => '事後確認を記録する（投稿は変わりません）',
    en: () => 'Record the review (the post stays as it is)',
  },
} as const satisfies Record<string, Sentence>;
