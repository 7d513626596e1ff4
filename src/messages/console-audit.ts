import type { Lang } from '../feed/item.ts';
import { eventNames } from './console-post.ts';
import { given, say, type Sentence } from './sentence.ts';

/** The page of the audit log. */
export const auditPageMessages = {
  title: { ja: () => '監査記録', en: () => 'Audit log' },
  lede: {
    ja: () => '職員とプログラムが行ったすべての操作と、拒否された操作の記録です。新しいものから表示します。',
    en: () => 'Everything that people and the program did, and what they were refused; the newest first.',
  },
  'search-text': { ja: () => '操作・対象・理由に含まれる語', en: () => 'Words or id' },
  'search-from': { ja: () => '日付（から）', en: () => 'From' },
  'search-to': { ja: () => '日付（まで）', en: () => 'Until' },
  'column-at': { ja: () => '日時', en: () => 'When' },
  'column-act': { ja: () => '操作', en: () => 'What' },
  'column-by': { ja: () => '操作者', en: () => 'Who' },
  'column-subject': { ja: () => '対象', en: () => 'To what' },
  'column-reason': { ja: () => '理由・内容', en: () => 'Why' },
  /** act */
  refused: { ja: (p) => `拒否（${given(p, 'act')}）`, en: (p) => `refused: ${given(p, 'act')}` },
  /** count */
  found: { ja: (p) => `${given(p, 'count')}件`, en: (p) => `Found: ${given(p, 'count')}` },
  /** count, searched */
  'found-more': {
    ja: (p) =>
      `このページの該当は${given(p, 'count')}件です（${given(p, 'searched')}件の記録を確認）。これより古い記録は、ページの末尾から確認できます。`,
    en: (p) =>
      `This page shows ${given(p, 'count')} (${given(p, 'searched')} records were looked at). Older ones follow at its end.`,
  },
  none: { ja: () => '該当する記録はありません。', en: () => 'No record was found.' },
  newest: { ja: () => '最新の記録に戻る', en: () => 'Back to the newest' },
  older: { ja: () => 'これより古い記録を見る', en: () => 'Older records' },
} as const satisfies Record<string, Sentence>;

/** What was done, for the acts that are no event of a post. */
const ACTS: Readonly<Record<string, Sentence>> = {
  'stop.set': { ja: () => '投稿の停止', en: () => 'publishing stopped' },
  'stop.cleared': { ja: () => '停止の解除', en: () => 'publishing resumed' },
  'records.exported': { ja: () => '記録の書き出し', en: () => 'records exported' },
  'task.stopped': { ja: () => '処理の中止', en: () => 'long work stopped' },
  'store.backed-up': { ja: () => '控えの作成', en: () => 'backup made' },
  'store.restored': { ja: () => '控えからの復元', en: () => 'restored from a backup' },
  'entry.reviewed': { ja: () => '事後確認', en: () => 'reviewed' },
  'privacy.export': { ja: () => '個人情報の開示', en: () => 'personal data disclosed' },
  'privacy.erase': { ja: () => '氏名の消去', en: () => 'name erased' },
  'settings.refused': { ja: () => '設定の誤り', en: () => 'settings refused' },
  'drill.approved': { ja: () => '訓練での承認', en: () => 'approved in a drill' },
  'drill.stopped': { ja: () => '訓練の中止', en: () => 'drill stopped' },
  'drill.done': { ja: () => '訓練の終了', en: () => 'drill done' },
  'operator.first-run': { ja: () => '最初の管理者の登録', en: () => 'first administrator made' },
  'operator.add': { ja: () => '職員の登録', en: () => 'operator registered' },
  'operator.set-roles': { ja: () => '役割の変更', en: () => 'roles changed' },
  'operator.disable': { ja: () => '職員の無効化', en: () => 'operator disabled' },
  'operator.set-password': { ja: () => 'パスワードの設定', en: () => 'password set' },
  'operator.add-token': { ja: () => 'サインイン又はトークンの作成', en: () => 'signed in, or token made' },
  'operator.revoke-token': {
    ja: () => 'サインアウト又はトークンの取消し',
    en: () => 'signed out, or token revoked',
  },
};

/** What an act of the log is called; one of a newer version is shown as it is. */
export function auditActName(act: string, lang: Lang): string {
  const name = ACTS[act] ?? eventNames[act.replace(/^entry\./u, '')];
  return name === undefined ? act : say(name, lang);
}
