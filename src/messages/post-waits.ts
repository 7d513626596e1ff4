import { given, type Sentence } from './sentence.ts';

/** Why a post is neither out nor done with, and what comes next: for what a list of posts shows, also while no worker runs. */
export const postWaits = {
  attempting: {
    ja: () =>
      'Xへ送信している途中です。応答を記録する前にプログラムが終了した場合は、次回の起動後に投稿の有無を確認し、確認できるまで再送しません。',
    en: () =>
      'It is being sent to X. If the program ended before the answer was recorded, its next start finds out whether it is there; until then it is not sent again.',
  },
  uncertain: {
    ja: () =>
      'Xに投稿されたか確認できていません。ワーカーの稼働中に自分の投稿一覧で確認し、投稿されていないことが確かになるまで再送しません。',
    en: () =>
      'It is not known whether X posted it. The running worker searches the own timeline; it is not sent again before it is sure not to be there.',
  },
  /** id */
  'needs-person': {
    ja: (p) =>
      `投稿されたか、自動では確認できませんでした。Xの画面で投稿の有無を確認し、kosatsu resolve ${given(p, 'id')} で結果を記録してください。自動で再送することはありません。`,
    en: (p) =>
      `Looking could not settle whether X posted it. Look at the account on X and record it with kosatsu resolve ${given(p, 'id')}. It is never sent again by itself.`,
  },
  /** id of the earlier post */
  behind: {
    ja: (p) => `先の投稿（${given(p, 'id')}）の結果が確定するまで待っています。`,
    en: (p) => `It waits until what became of the earlier post ${given(p, 'id')} is known.`,
  },
  /** id of the newer post */
  replaced: {
    ja: (p) => `新しい内容（${given(p, 'id')}）に置き換えたため、投稿しません。`,
    en: (p) => `The newer post ${given(p, 'id')} has taken its place; it is not posted.`,
  },
  withdrawing: {
    ja: () => 'Xからの削除を進めています。応答を確認できない間は、繰り返し試みます。',
    en: () => 'It is being deleted at X, which is tried again while the answer is not known.',
  },
} as const satisfies Record<string, Sentence>;
