import { given, type Sentence } from './sentence.ts';
import { xDetail } from './x-details.ts';

/** What `withdraw` says before and after it deletes. */
export const withdrawSentences = {
  reasonMissing: {
    ja: () => '取り下げる理由を --reason で指定してください。記録に残ります。何も変更していません。',
    en: () => 'Say why with --reason; it goes on the record. Nothing was changed.',
  },
  /** id */
  notOurs: {
    ja: (p) =>
      `番号「${given(p, 'id')}」の投稿の記録はありません。取り下げられるのは、このプログラムによる投稿に限ります。何も変更していません。`,
    en: (p) =>
      `There is no post ${given(p, 'id')} on record. Only posts that this program made can be withdrawn. Nothing was changed.`,
  },
  /** id, url */
  willDelete: {
    ja: (p) => `削除する投稿（${given(p, 'id')}）：${given(p, 'url')}`,
    en: (p) => `To be deleted (${given(p, 'id')}): ${given(p, 'url')}`,
  },
  willPost: { ja: () => '代わりに投稿する訂正：', en: () => 'To be posted as its correction:' },
  noCorrection: {
    ja: () => '訂正は投稿されません（--correction で本文を指定すると投稿されます）。',
    en: () => 'No correction is posted (--correction TEXT posts one).',
  },
  /** account, mode */
  question: {
    ja: (p) => `@${given(p, 'account')}（${given(p, 'mode')}）で今すぐ実行しますか。[y/N] `,
    en: (p) => `Do this on @${given(p, 'account')} (${given(p, 'mode')}) now? [y/N] `,
  },
  notConfirmed: {
    ja: () => '取下げを中止しました。何も変更していません。',
    en: () => 'Nothing was deleted, nothing was posted.',
  },
  noAnswer: {
    ja: () => '確認の回答が得られないため、取り下げていません。端末から実行するか、--yes を付けてください。',
    en: () => 'There was nobody to confirm, so nothing was deleted. Run it in a terminal, or add --yes.',
  },
  /** id */
  withdrawn: {
    ja: (p) => `投稿 ${given(p, 'id')} をXから削除しました。`,
    en: (p) => `Post ${given(p, 'id')} is no longer on X.`,
  },
  /** id, detail, url */
  deletionRefused: {
    ja: (p) =>
      `投稿 ${given(p, 'id')} を削除できませんでした（${xDetail(p, 'ja')}）。投稿は残っています。Xの画面で直接削除してください：${given(p, 'url')}`,
    en: (p) =>
      `X did not delete post ${given(p, 'id')} (${given(p, 'detail')}). It still stands; delete it by hand: ${given(p, 'url')}`,
  },
  /** id, detail */
  deletionUnknown: {
    ja: (p) =>
      `投稿 ${given(p, 'id')} が削除されたか、まだ確認できません（${xDetail(p, 'ja')}）。削除の指示は記録済みで、常駐プロセスが引き続き実行します。`,
    en: (p) =>
      `It is not known yet whether post ${given(p, 'id')} is deleted (${given(p, 'detail')}). The withdrawal is on record; the worker goes on with it.`,
  },
  /** id, reason */
  waits: {
    ja: (p) =>
      `投稿 ${given(p, 'id')} の処理は記録済みですが、Xの応答により見合わせています（${xDetail(p, 'ja', 'reason')}）。解消後に常駐プロセスが実行します。`,
    en: (p) =>
      `Post ${given(p, 'id')} waits because of X's answer (${given(p, 'reason')}). It is on record, and the worker goes on once X allows it.`,
  },
  /** id, url */
  correctionPublished: {
    ja: (p) => `訂正を投稿しました（${given(p, 'id')}）：${given(p, 'url')}`,
    en: (p) => `The correction is posted (${given(p, 'id')}): ${given(p, 'url')}`,
  },
  /** id */
  correctionHeld: {
    ja: (p) => `訂正は投稿されていません。職員の確認を待っています（${given(p, 'id')}）：`,
    en: (p) => `The correction is not posted; it waits for a person (${given(p, 'id')}):`,
  },
  /** id, detail */
  correctionRejected: {
    ja: (p) => `訂正はXに拒否され、投稿されていません（${given(p, 'id')}）：${xDetail(p, 'ja')}`,
    en: (p) => `X refused the correction; it is not posted (${given(p, 'id')}): ${given(p, 'detail')}`,
  },
  /** id, detail */
  correctionUnknown: {
    ja: (p) =>
      `訂正が投稿されたかどうか、まだ分かりません（${given(p, 'id')}）：${xDetail(p, 'ja')}\n` +
      '同じ内容を再度投稿しないでください。結果は kosatsu posts で確認できます。',
    en: (p) =>
      `It is not known yet whether the correction was posted (${given(p, 'id')}): ${given(p, 'detail')}\n` +
      'Do not post it again; kosatsu posts shows the result.',
  },
  /** id, detail */
  correctionWaits: {
    ja: (p) => `訂正は投稿待ちです（${given(p, 'id')}）：${xDetail(p, 'ja')}`,
    en: (p) =>
      `The correction is not posted yet; it waits in the queue (${given(p, 'id')}): ${given(p, 'detail')}`,
  },
} as const satisfies Record<string, Sentence>;
