import type { PolicyRule } from '../policy/verdict.ts';
import { given, type Sentence } from './sentence.ts';

/** The page of one post: what it is, what the policy says, what can be done and what that does. */
export const postMessages = {
  /** id */
  title: { ja: (p) => `投稿 ${given(p, 'id')}`, en: (p) => `Post ${given(p, 'id')}` },
  'weight-label': { ja: () => '文字数', en: () => 'Length' },
  /** weight, max, left */
  weight: {
    ja: (p) => `文字数（Xの数え方） ${given(p, 'weight')}／${given(p, 'max')}　残り ${given(p, 'left')}`,
    en: (p) => `${given(p, 'weight')} of ${given(p, 'max')} used, ${given(p, 'left')} left (as X counts)`,
  },
  'weight-over': {
    ja: (p) =>
      `文字数（Xの数え方） ${given(p, 'weight')}／${given(p, 'max')}　${given(p, 'left')} 超過しています`,
    en: (p) => `${given(p, 'weight')} of ${given(p, 'max')}: ${given(p, 'left')} too many (as X counts)`,
  },
  missing: { ja: () => 'この番号の投稿の記録はありません。', en: () => 'There is no such post on record.' },
  'heading-decide': { ja: () => '対応', en: () => 'What to do' },
  'heading-source': { ja: () => '元の情報', en: () => 'Where it came from' },
  'heading-checks': { ja: () => '運用方針による確認', en: () => 'Policy checks' },
  'heading-history': { ja: () => '経過', en: () => 'Its life so far' },
  'heading-before': {
    ja: () => '前の投稿（この投稿はその更新です）',
    en: () => 'The post that this one updates',
  },
  'heading-correction': { ja: () => '訂正の対象', en: () => 'The post that this one corrects' },
  'open-at-x': { ja: () => '公開されている投稿を開く', en: () => 'Open the public post' },
  by: { ja: () => '作成者', en: () => 'Made by' },
  feed: { ja: () => '情報源', en: () => 'Feed' },
  item: { ja: () => '元の題名', en: () => 'Title of the item' },
  link: { ja: () => '元のページ', en: () => 'Page' },
  dated: { ja: () => '掲載日時', en: () => 'Dated' },
  rule: { ja: () => '分類の規則', en: () => 'Rule that classed it' },
  recorded: { ja: () => '記録日時', en: () => 'Recorded' },
  due: { ja: () => '投稿予定', en: () => 'Goes out' },
  policy: { ja: () => '判断に用いた運用方針', en: () => 'Policy that judged it' },
  approvals: { ja: () => '承認', en: () => 'Approvals' },
  /** by, at, reason */
  'approval-of': {
    ja: (p) => `${given(p, 'by')}（${given(p, 'at')}承認）：${given(p, 'reason')}`,
    en: (p) => `${given(p, 'by')} (on ${given(p, 'at')}): ${given(p, 'reason')}`,
  },
  'approval-void': { ja: () => '（有効期間を過ぎたため無効）', en: () => '(expired)' },
  'approvals-none': { ja: () => '必要ありません', en: () => 'none needed' },
  /** given */
  'approvals-given': { ja: (p) => `${given(p, 'given')}件`, en: (p) => `${given(p, 'given')} given` },
  /** given, needed */
  'approvals-count': {
    ja: (p) => `${given(p, 'needed')}件中${given(p, 'given')}件`,
    en: (p) => `${given(p, 'given')} of ${given(p, 'needed')}`,
  },
  'column-check': { ja: () => '確認事項', en: () => 'Check' },
  'column-result': { ja: () => '結果', en: () => 'Result' },
  'result-pass': { ja: () => '適合', en: () => 'passed' },
  'result-wait': { ja: () => '時間をおく', en: () => 'waits' },
  'result-hold': { ja: () => '要確認', en: () => 'needs a person' },
  'result-deny': { ja: () => '不可', en: () => 'refused' },
  'result-covered': { ja: () => '要確認（承認済み）', en: () => 'seen and approved' },
  /** passed, all */
  'checks-summary': {
    ja: (p) => `${given(p, 'all')} 項目中 ${given(p, 'passed')} 項目が適合`,
    en: (p) => `${given(p, 'passed')} of ${given(p, 'all')} checks passed`,
  },
  'all-checks': { ja: () => 'すべての確認事項を表示', en: () => 'Show every check' },
  'column-at': { ja: () => '日時', en: () => 'When' },
  'column-event': { ja: () => '変化', en: () => 'What' },
  'column-by': { ja: () => '操作者', en: () => 'Who' },
  'column-reason': { ja: () => '理由・内容', en: () => 'Why' },
  program: { ja: () => '自動', en: () => 'the program' },
  reason: { ja: () => '理由（記録に残ります）', en: () => 'Reason (goes on the record)' },
  'nothing-to-do': {
    ja: () => 'この投稿について行える操作はありません。',
    en: () => 'There is nothing to decide on this post.',
  },
  'no-right': {
    ja: () => 'この投稿を操作する権限がありません。',
    en: () => 'You have no right to act on this post.',
  },
  /** account, given, needed */
  'approve-last': {
    ja: (p) =>
      `承認する：@${given(p, 'account')} に今すぐ投稿します（承認 ${given(p, 'given')}／${given(p, 'needed')}）`,
    en: (p) =>
      `Approve: posts to @${given(p, 'account')} now (approvals: ${given(p, 'given')} of ${given(p, 'needed')})`,
  },
  /** account, given, needed */
  'approve-waits': {
    ja: (p) =>
      `承認する：投稿の停止が解除された後、@${given(p, 'account')} に投稿します（承認 ${given(p, 'given')}／${given(p, 'needed')}）`,
    en: (p) =>
      `Approve: posts to @${given(p, 'account')} once publishing goes on (approvals: ${given(p, 'given')} of ${given(p, 'needed')})`,
  },
  /** given, needed */
  'approve-more': {
    ja: (p) =>
      `承認する：まだ投稿されません。別の職員の承認も必要です（承認 ${given(p, 'given')}／${given(p, 'needed')}）`,
    en: (p) =>
      `Approve: not posted yet, another person must agree (approvals: ${given(p, 'given')} of ${given(p, 'needed')})`,
  },
  hold: { ja: () => '見合わせる', en: () => 'Hold' },
  'hold-does': {
    ja: () => '投稿せず、確認待ちに戻します。',
    en: () => 'It is not posted until a person approves it.',
  },
  cancel: { ja: () => '取り消す', en: () => 'Cancel' },
  'cancel-does': {
    ja: () => '投稿しないこととします。元には戻せません。',
    en: () => 'It will never be posted. This cannot be undone.',
  },
  known: { ja: () => '対応済みとする', en: () => 'Mark as known' },
  'known-does': {
    ja: () => '新着ではないものとして扱い、投稿しません。元には戻せません。',
    en: () => 'It is no news and will never be posted. This cannot be undone.',
  },
  retry: { ja: () => '再投稿を準備する', en: () => 'Prepare again' },
  'retry-does': {
    ja: () => '確認待ちに戻します。承認されるまで投稿されません。',
    en: () => 'It is held again; it goes out once it is approved.',
  },
  'resolve-title': { ja: () => '投稿されたかどうかを確定する', en: () => 'Say whether it was posted' },
  /** at, reads, misses */
  'resolve-evidence': {
    ja: (p) =>
      `送信：${given(p, 'at')}。アカウントの投稿一覧を${given(p, 'reads')}回確認し、見つからなかった回数は${given(p, 'misses')}回です。アカウントの画面を確認してから選んでください。`,
    en: (p) =>
      `Sent ${given(p, 'at')}. The timeline was read ${given(p, 'reads')} times; ${given(p, 'misses')} counted as not there. Look at the account before you choose.`,
  },
  /** tries, last, next */
  'resolve-looks': {
    ja: (p) =>
      `送信の試行：${given(p, 'tries')}回。最後の確認：${given(p, 'last')}。次の自動確認：${given(p, 'next')}。`,
    en: (p) =>
      `Tries to send: ${given(p, 'tries')}. Last look: ${given(p, 'last')}. Next look by itself: ${given(p, 'next')}.`,
  },
  'no-look-yet': { ja: () => 'まだ行っていません', en: () => 'none yet' },
  'no-more-looks': { ja: () => '行いません（職員の判断待ち）', en: () => 'none; a person must say' },
  'duplicate-refused': {
    ja: () => 'Xは同じ文面の再投稿を拒否しました。既に投稿されている可能性があります。',
    en: () => 'X refused the same words as a repeat, so the post may be there.',
  },
  'open-account': { ja: () => 'アカウントの画面を開く', en: () => 'Open the account' },
  'remote-id': {
    ja: () => '投稿のURL又は番号（上の一覧で選択しない場合）',
    en: () => 'Address or number of the post, where it is not chosen above',
  },
  'resolve-published': { ja: () => '投稿されている', en: () => 'It was posted' },
  'resolve-not-published': {
    ja: () => '投稿されていない（確認待ちに戻す）',
    en: () => 'It was not posted (hold it)',
  },
  'remote-id-needed': {
    ja: () => '一覧で選択するか、公開されている投稿のURL又は番号を入力してください。何も変更していません。',
    en: () => 'Choose the public post, or give its address or number. Nothing was changed.',
  },
  'withdraw-title': { ja: () => '取り下げ、訂正する', en: () => 'Withdraw and correct' },
  'withdraw-does': {
    ja: () => '投稿をXから削除し、訂正を入力した場合は同時に投稿します。次の画面で内容を確認できます。',
    en: () =>
      'Deletes the post at X and, where you give a correction, posts it at once. The next page shows both first.',
  },
  correction: {
    ja: () => '訂正の本文（省略できます）',
    en: () => 'Text of the correction (may be left out)',
  },
  'withdraw-look': { ja: () => '内容を確認する', en: () => 'Look at it first' },
  'withdraw-confirm-title': {
    ja: () => '取下げと訂正の確認',
    en: () => 'Withdraw and correct: is this right?',
  },
  'will-delete': { ja: () => 'Xから削除する投稿', en: () => 'Will be deleted at X' },
  'will-post': { ja: () => '代わりに投稿する訂正', en: () => 'Will be posted as its correction' },
  'no-correction': { ja: () => '訂正は投稿しません。', en: () => 'No correction will be posted.' },
  'correction-held': {
    ja: () => '訂正は、承認されるまで投稿されません。',
    en: () => 'The correction waits until it is approved.',
  },
  /** account */
  'withdraw-now': {
    ja: (p) => `@${given(p, 'account')} の投稿を今すぐ取り下げる（訂正は投稿しません）`,
    en: (p) => `Withdraw the post from @${given(p, 'account')}, now, without a correction`,
  },
  back: { ja: () => '戻る', en: () => 'Back' },
  'reason-needed': {
    ja: () => '理由を500文字以内で入力してください。何も変更していません。',
    en: () => 'Give a reason of at most 500 characters. Nothing was changed.',
  },
  /** state, by, at, reason */
  overtaken: {
    ja: (p) =>
      `画面を開いている間に、${given(p, 'by')}がこの投稿を変更しました（${given(p, 'at')}、現在の状態：${given(p, 'state')}、理由：${given(p, 'reason')}）。今回の操作は行っていません。`,
    en: (p) =>
      `While you had this page open, ${given(p, 'by')} changed the post (${given(p, 'at')}; it is ${given(p, 'state')} now; reason: ${given(p, 'reason')}). What you asked for was not done.`,
  },
  /** state */
  'done-act': {
    ja: (p) => `記録しました。現在の状態：${given(p, 'state')}`,
    en: (p) => `Done and on record. The post is ${given(p, 'state')} now.`,
  },
  'done-withdraw': {
    ja: () => '取下げを記録しました。Xからの削除を進めています。',
    en: () => 'The withdrawal is on record, and the deletion at X is under way.',
  },
  'done-withdraw-held': {
    ja: () => '取下げと訂正を記録しました。Xからの削除を進めています。訂正は、承認されるまで投稿されません。',
    en: () =>
      'The withdrawal and the correction are on record. The deletion at X is under way; the correction waits until it is approved.',
  },
  'done-withdraw-correction': {
    ja: () => '取下げと訂正を記録しました。Xからの削除と訂正の投稿を進めています。',
    en: () => 'The withdrawal and the correction are on record; both are under way at X.',
  },
} as const satisfies Record<string, Sentence>;

/** What happened to a post, for its history. */
export const eventNames: Readonly<Record<string, Sentence>> = {
  record: { ja: () => '記録', en: () => 'recorded' },
  approve: { ja: () => '承認', en: () => 'approved' },
  hold: { ja: () => '見合わせ', en: () => 'held' },
  cancel: { ja: () => '取消し', en: () => 'cancelled' },
  known: { ja: () => '対応済み', en: () => 'marked as known' },
  retry: { ja: () => '再投稿の準備', en: () => 'prepared again' },
  claim: { ja: () => '送信開始', en: () => 'sending began' },
  accepted: { ja: () => '投稿完了', en: () => 'posted' },
  doubt: { ja: () => '結果不明', en: () => 'outcome unknown' },
  looked: { ja: () => '投稿一覧を確認', en: () => 'timeline read' },
  found: { ja: () => '投稿一覧で確認', en: () => 'found on the timeline' },
  withdraw: { ja: () => '取下げ', en: () => 'withdrawal asked for' },
  deleted: { ja: () => '削除完了', en: () => 'deleted at X' },
  'gone-at-x': { ja: () => 'X上に存在せず', en: () => 'gone at X' },
  'resolve-published': { ja: () => '投稿済みと確定', en: () => 'settled: was posted' },
  'resolve-not-published': { ja: () => '未投稿と確定', en: () => 'settled: was not posted' },
  supersede: { ja: () => '新しい内容に置換え', en: () => 'replaced by a newer one' },
  edit: { ja: () => '修正版に置換え', en: () => 'replaced by an edited version' },
  release: { ja: () => '見合わせの解除', en: () => 'let go' },
  defer: { ja: () => '投稿の延期', en: () => 'put off' },
  deny: { ja: () => '運用方針により不可', en: () => 'refused by policy' },
  expire: { ja: () => '期限切れ', en: () => 'too old' },
  'not-sent': { ja: () => '未送信', en: () => 'not sent' },
  later: { ja: () => '送信の延期', en: () => 'to be sent later' },
  rejected: { ja: () => 'Xによる拒否', en: () => 'refused by X' },
  recovered: { ja: () => '中断からの復帰', en: () => 'taken up after a break' },
  'not-found': { ja: () => '投稿一覧になし', en: () => 'not on the timeline' },
  'gave-up': { ja: () => '自動確認の終了', en: () => 'looking ended' },
  'withdraw-doubt': { ja: () => '削除の結果不明', en: () => 'deletion not confirmed' },
  'withdraw-refused': { ja: () => 'Xによる削除の拒否', en: () => 'deletion refused by X' },
};

/** What each policy check looks at, in a few words. */
export const checkNames: Readonly<Record<PolicyRule, Sentence>> = {
  'item-problem': { ja: () => '元の情報に欠けや誤りがない', en: () => 'the item was read whole' },
  'needs-review': { ja: () => '分類が明確である', en: () => 'its class is clear' },
  'baseline-burst': { ja: () => '大量の新着の一部でない', en: () => 'not part of a flood' },
  'never-posted': { ja: () => '更新前の投稿がある', en: () => 'what it updates was posted' },
  'replacement-character': { ja: () => '文字化けがない', en: () => 'no lost characters' },
  'unsafe-character': { ja: () => '不可視の制御文字がない', en: () => 'no hidden characters' },
  'unfilled-placeholder': { ja: () => '未記入の欄がない', en: () => 'no unfilled placeholder' },
  'drill-word': { ja: () => '訓練である旨の表示', en: () => 'drills say so' },
  'date-weekday': { ja: () => '日付と曜日が一致する', en: () => 'dates and weekdays agree' },
  'date-past': { ja: () => '過去の日付がない', en: () => 'no date has passed' },
  'half-width-kana': { ja: () => '半角カナがない', en: () => 'no half-width kana' },
  mention: { ja: () => '他のアカウントへの言及がない', en: () => 'no mention of accounts' },
  cashtag: { ja: () => '証券コードのタグがない', en: () => 'no cashtag' },
  'link-missing': { ja: () => 'リンクがある', en: () => 'has a link' },
  'link-host': { ja: () => 'リンク先が認められたサイトである', en: () => 'links to allowed sites only' },
  'link-shortener': { ja: () => '短縮URLでない', en: () => 'no shortened link' },
  weight: { ja: () => '文字数が上限以内である', en: () => 'not too long' },
  'duplicate-text': { ja: () => '同じ文面の投稿がない', en: () => 'not said before' },
  stale: { ja: () => '古い情報でない', en: () => 'still news' },
  'future-dated': { ja: () => '未来の日付でない', en: () => 'not dated ahead' },
  approval: { ja: () => '必要な承認がある', en: () => 'approved' },
  'quiet-hours': { ja: () => '投稿を控える時間帯でない', en: () => 'outside quiet hours' },
  'daily-budget': { ja: () => '1日の上限以内である', en: () => 'within the budget of the day' },
  'monthly-cost': { ja: () => '月の費用の上限以内である', en: () => 'within the cost ceiling of the month' },
};
