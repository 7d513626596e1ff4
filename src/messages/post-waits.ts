import { pauseReach, reachFlags } from './pauses.ts';
import { given, type Sentence } from './sentence.ts';
import { givenTime } from './tokyo-time.ts';
import { xDetail } from './x-details.ts';

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
      'Xに投稿されたか確認できていません。常駐プロセスがアカウントの投稿一覧で確認し、投稿されていないことが確かになるまで再送しません。確認が終わるまで、同じ内容を手動で投稿しないでください。',
    en: () =>
      'It is not known whether X posted it. The worker searches the own timeline; it is not sent again before it is sure not to be there. Do not post it by hand meanwhile.',
  },
  /** id */
  'needs-person': {
    ja: (p) =>
      `投稿されたか、自動では確認できませんでした。自動で再送することはありません。Xの画面で確認し、kosatsu resolve ${given(p, 'id')} に、投稿されていれば --published 投稿のURL、されていなければ --not-published を付け、確認した内容を --reason に書いて記録してください。`,
    en: (p) =>
      `Looking could not settle whether X posted it. It is never sent again by itself. Look at the account on X and record what you see: kosatsu resolve ${given(p, 'id')} --reason TEXT with --published POSTID or --not-published.`,
  },
  /** id of the earlier post */
  behind: {
    ja: (p) => `先の投稿（${given(p, 'id')}）の結果が確定するまで待っています。`,
    en: (p) => `It waits until what became of the earlier post ${given(p, 'id')} is known.`,
  },
  comparing: {
    ja: () =>
      '記録を復元したため、アカウントの投稿一覧との照合が終わるまで待っています。既に投稿されているものは、再び投稿せず、投稿済みとして記録します。',
    en: () =>
      "The records were restored: it waits until the account's timeline was compared. What stands there already is not posted again.",
  },
  /** id of the newer post */
  replaced: {
    ja: (p) => `新しい内容（${given(p, 'id')}）に置き換えたため、投稿しません。`,
    en: (p) => `The newer post ${given(p, 'id')} has taken its place; it is not posted.`,
  },
  /** until, detail: why X refuses the account */
  'account-stops': {
    ja: (p) =>
      `Xの応答（${xDetail(p, 'ja')}）により、このアカウントの投稿を見合わせています。次の試行：${givenTime(p, 'until', 'ja')}。投稿は失われません。`,
    en: (p) =>
      `X does not take posts of the account now (${xDetail(p, 'en')}); next try ${givenTime(p, 'until', 'en')}. The post is kept.`,
  },
  /** detail */
  unreachable: {
    ja: (p) => `Xに接続できないため、送信していません（${xDetail(p, 'ja')}）。自動的に試行を続けます。`,
    en: (p) => `X cannot be reached, so it was not sent (${xDetail(p, 'en')}); it is tried again by itself.`,
  },
  /** by, reason, topic, feed */
  paused: {
    ja: (p) =>
      `${given(p, 'by')}が${pauseReach.ja(p)}を一時停止しています（${given(p, 'reason')}）。kosatsu resume${reachFlags(p)} で再開すると投稿されます。`,
    en: (p) =>
      `${given(p, 'by')} has paused ${pauseReach.en(p)} (${given(p, 'reason')}). It goes out once kosatsu resume${reachFlags(p)} ends that.`,
  },
  /** by, detail */
  said: {
    ja: (p) => `${given(p, 'by')}の記載した理由：${given(p, 'detail')}`,
    en: (p) => `${given(p, 'by')} gave as the reason: ${given(p, 'detail')}`,
  },
  /** detail */
  'last-attempt': {
    ja: (p) => `前回の送信：${xDetail(p, 'ja')}（投稿されていません）`,
    en: (p) => `The last attempt did not post it: ${xDetail(p, 'en')}`,
  },
  /** at */
  later: {
    ja: (p) => `${givenTime(p, 'at', 'ja')} 以降に投稿します。`,
    en: (p) => `It goes out from ${givenTime(p, 'at', 'en')} on.`,
  },
  /** id */
  held: {
    ja: (p) =>
      `職員の確認を待っています。投稿する場合は kosatsu approve ${given(p, 'id')}、しない場合は kosatsu cancel ${given(p, 'id')} を実行してください。`,
    en: (p) =>
      `It waits for a person: kosatsu approve ${given(p, 'id')} lets it go out, kosatsu cancel ${given(p, 'id')} drops it.`,
  },
  /** batch */
  'held-batch': {
    ja: (p) =>
      `一度に多数の新着があったため、まとめて確認を待っています。kosatsu quarantine ${given(p, 'batch')} で確認してください。`,
    en: (p) =>
      `It came among many at once and waits with them for a person: kosatsu quarantine ${given(p, 'batch')} shows them.`,
  },
  /** id */
  retry: {
    ja: (p) => `投稿されていません。なお必要な場合は、kosatsu retry ${given(p, 'id')} で確認待ちに戻せます。`,
    en: (p) =>
      `It is not posted. If it is still needed, kosatsu retry ${given(p, 'id')} brings it back for a decision.`,
  },
  /** id of the post that it corrects */
  corrects: {
    ja: (p) => `投稿 ${given(p, 'id')} の訂正です。`,
    en: (p) => `It is the correction of post ${given(p, 'id')}.`,
  },
  'no-worker': {
    ja: () =>
      '常駐プロセスは停止中です。kosatsu run で開始するまで、投稿待ち、確認中及び取下げ中のものは進みません。',
    en: () =>
      'No worker is running: what is queued, in doubt or being withdrawn goes on once kosatsu run starts it.',
  },
  withdrawing: {
    ja: () => 'Xからの削除を進めています。応答を確認できない間は、繰り返し試みます。',
    en: () => 'It is being deleted at X, which is tried again while the answer is not known.',
  },
} as const satisfies Record<string, Sentence>;
