import { given, type Sentence } from './sentence.ts';

/** The page on which a notice is forced: fields, what will be posted, and the yes. */
export const urgentPageMessages = {
  title: { ja: () => '緊急のお知らせの投稿', en: () => 'Post an urgent notice' },
  template: { ja: () => '文例を選ぶ', en: () => 'Choose a template' },
  free: { ja: () => '自由記述', en: () => 'Own words' },
  text: { ja: () => '本文', en: () => 'Text' },
  url: { ja: () => '案内するページのURL', en: () => 'Address of the page' },
  'url-free': {
    ja: () => '案内するページのURL（省略できます）',
    en: () => 'Address of the page (may be left out)',
  },
  optional: { ja: () => '（省略できます）', en: () => ' (may be left out)' },
  lang: { ja: () => '投稿の言語', en: () => 'Language of the post' },
  'lang-ja': { ja: () => '日本語', en: () => 'Japanese' },
  'lang-en': { ja: () => '英語', en: () => 'English' },
  reason: { ja: () => '理由（記録に残ります）', en: () => 'Reason (goes on the record)' },
  'override-pause': {
    ja: () => '一時停止中であっても投稿する',
    en: () => 'Post it even though publishing is paused',
  },
  look: { ja: () => '投稿内容を確認する', en: () => 'See what will be posted' },
  'heading-preview': { ja: () => '投稿される内容', en: () => 'What will be posted' },
  'nothing-yet': {
    ja: () => '必要な項目を入力すると、投稿される内容が表示されます。',
    en: () => 'Fill in the fields and the post appears here.',
  },
  /** account, mode, given, needed */
  'post-now': {
    ja: (p) =>
      `@${given(p, 'account')}（${given(p, 'mode')}）に今すぐ投稿する（承認 ${given(p, 'given')}／${given(p, 'needed')}）`,
    en: (p) =>
      `Post to @${given(p, 'account')} (${given(p, 'mode')}) now (approvals: ${given(p, 'given')} of ${given(p, 'needed')})`,
  },
  /** account, mode, given, needed */
  'post-later': {
    ja: (p) =>
      `投稿待ちに加える（停止の解除後、@${given(p, 'account')}（${given(p, 'mode')}）に投稿。承認 ${given(p, 'given')}／${given(p, 'needed')}）`,
    en: (p) =>
      `Queue it; it goes to @${given(p, 'account')} (${given(p, 'mode')}) once publishing goes on (approvals: ${given(p, 'given')} of ${given(p, 'needed')})`,
  },
  'submit-doubt': {
    ja: () => '確認を依頼する（承認されるまで投稿されません）',
    en: () => 'Submit for approval (not posted until then)',
  },
  /** given, needed */
  'submit-held': {
    ja: (p) =>
      `承認を依頼する（承認 ${given(p, 'given')}／${given(p, 'needed')}。承認されるまで投稿されません）`,
    en: (p) =>
      `Submit for approval (approvals: ${given(p, 'given')} of ${given(p, 'needed')}; not posted until then)`,
  },
  /** reason */
  stopped: {
    ja: (p) => `投稿は現在停止しています（${given(p, 'reason')}）。このままでは、すぐには投稿されません。`,
    en: (p) => `Publishing is stopped at the moment (${given(p, 'reason')}): it would not go out at once.`,
  },
  rule: {
    ja: () => '分類：緊急のお知らせ（職員の入力による）',
    en: () => 'Class: urgent notice, typed by a person',
  },
  allowed: { ja: () => '運用方針に適合しています。', en: () => 'The policy allows it.' },
  /** url */
  published: { ja: () => '投稿しました。', en: () => 'It is posted.' },
  held: {
    ja: () => 'まだ投稿していません。承認されるまで、確認待ちとなります。',
    en: () => 'It is not posted yet: it waits for approval.',
  },
  'not-sent': { ja: () => '投稿していません。', en: () => 'It was not posted.' },
} as const satisfies Record<string, Sentence>;
