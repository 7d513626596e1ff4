import { given, type Sentence } from './sentence.ts';

/** The prepared correction of an urgent post: its button, and the clock until it is done. */
export const correctMessages = {
  heading: {
    ja: () => '緊急のお知らせの訂正（準備済み）',
    en: () => 'Urgent posts, each with its correction ready',
  },
  title: {
    ja: () => '取り下げて訂正する（内容を確認してから実行）',
    en: () => 'Withdraw and correct it (you see both first)',
  },
  wrong: { ja: () => 'この投稿に誤りがある場合', en: () => 'If this post is wrong' },
  does: {
    ja: () => '一度の操作で、投稿をXから削除し、次の訂正を投稿します。',
    en: () => 'One step deletes the post at X and posts this correction.',
  },
  /** account */
  now: {
    ja: (p) => `@${given(p, 'account')} の投稿を今すぐ取り下げ、訂正を投稿する`,
    en: (p) => `Withdraw the post from @${given(p, 'account')} and post the correction, now`,
  },
  /** account */
  'now-held': {
    ja: (p) =>
      `@${given(p, 'account')} の投稿を今すぐ取り下げ、訂正の承認を依頼する（承認されるまで訂正は投稿されません）`,
    en: (p) =>
      `Withdraw the post from @${given(p, 'account')} now, and submit the correction for approval (not posted until then)`,
  },
  'usual-reason': { ja: () => '内容に誤りがあったため', en: () => 'The post was wrong' },
  'since-posted': { ja: () => '投稿からの経過時間', en: () => 'Time since it was posted' },
  'since-reported': {
    ja: () => '訂正の操作からの経過時間',
    en: () => 'Time since the correction was asked for',
  },
  /** id */
  running: {
    ja: (p) => `誤った投稿 ${given(p, 'id')} の訂正`,
    en: (p) => `Correcting wrong post ${given(p, 'id')}`,
  },
  deletion: { ja: () => 'Xからの削除', en: () => 'Deletion at X' },
  correction: { ja: () => '訂正の投稿', en: () => 'Correction' },
  done: { ja: () => '完了', en: () => 'done' },
  open: { ja: () => '未完了', en: () => 'not yet' },
  none: { ja: () => 'なし', en: () => 'none' },
  hours: { ja: () => '時間', en: () => ' h ' },
  minutes: { ja: () => '分', en: () => ' min ' },
  seconds: { ja: () => '秒', en: () => ' s' },
} as const satisfies Record<string, Sentence>;
