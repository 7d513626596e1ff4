import { given, type Sentence } from './sentence.ts';

/** What `resolve` says. */
export const resolveSentences = {
  oneOfTwo: {
    ja: () =>
      '--published（XでのURL又は番号）か --not-published のいずれか一方を指定してください。何も変更していません。',
    en: () => 'Say either --published POSTID or --not-published. Nothing was changed.',
  },
  reasonMissing: {
    ja: () => '何を確認したかを --reason で指定してください。記録に残ります。何も変更していません。',
    en: () => 'Say with --reason what you saw; it goes on the record. Nothing was changed.',
  },
  /** id, url */
  published: {
    ja: (p) => `投稿 ${given(p, 'id')} を投稿済みとして記録しました：${given(p, 'url')}`,
    en: (p) => `Post ${given(p, 'id')} is on record as published: ${given(p, 'url')}`,
  },
  /** id */
  notPublished: {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は投稿されていないものとして記録し、確認待ちに戻しました。投稿する場合は kosatsu approve ${given(p, 'id')} を、しない場合は kosatsu cancel ${given(p, 'id')} を実行してください。`,
    en: (p) =>
      `Post ${given(p, 'id')} is on record as not published, and held. kosatsu approve ${given(p, 'id')} posts it; kosatsu cancel ${given(p, 'id')} drops it.`,
  },
} as const satisfies Record<string, Sentence>;
