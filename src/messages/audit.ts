import type { AuditProblem } from '../governance/verify-chain.ts';
import { given, type Sentence } from './sentence.ts';

/** What is wrong with the log. Parameter: seq, the record's number, or id, the post's. */
export const auditFindings = {
  changed: {
    ja: (p) => `記録 ${given(p, 'seq')}：内容が書き換えられています。`,
    en: (p) => `Record ${given(p, 'seq')}: its words were changed.`,
  },
  unreadable: {
    ja: (p) => `記録 ${given(p, 'seq')}：このプログラムが作成した形式ではありません。`,
    en: (p) => `Record ${given(p, 'seq')}: it is not as this program writes records.`,
  },
  'broken-link': {
    ja: (p) => `記録 ${given(p, 'seq')}：直前の記録とつながりません。`,
    en: (p) => `Record ${given(p, 'seq')}: it does not continue the record before it.`,
  },
  missing: {
    ja: (p) => `記録 ${given(p, 'seq')}：記録がありません。`,
    en: (p) => `Record ${given(p, 'seq')}: it is missing.`,
  },
  misplaced: {
    ja: (p) => `記録 ${given(p, 'seq')}：順序が変えられています。`,
    en: (p) => `Record ${given(p, 'seq')}: it stands in another place than it was made.`,
  },
  'cut-off': {
    ja: (p) => `記録 ${given(p, 'seq')}：以降の記録が失われています。`,
    en: (p) => `Record ${given(p, 'seq')}: the log was cut off from here on.`,
  },
  'head-differs': {
    ja: (p) => `記録 ${given(p, 'seq')}：最新の記録の控えと一致しません。`,
    en: (p) => `Record ${given(p, 'seq')}: it does not meet the note of the newest record.`,
  },
  'anchor-differs': {
    ja: (p) => `記録 ${given(p, 'seq')}：外部に控えたハッシュ値と一致しません。`,
    en: (p) => `Record ${given(p, 'seq')}: it does not meet the hash that was kept outside.`,
  },
  'entry-differs': {
    ja: (p) => `投稿 ${given(p, 'id')}：現在の内容が監査記録と一致しません。`,
    en: (p) => `Post ${given(p, 'id')}: what is stored of it is not what the log says.`,
  },
  'entry-missing': {
    ja: (p) => `投稿 ${given(p, 'id')}：監査記録にはありますが、投稿の記録が失われています。`,
    en: (p) => `Post ${given(p, 'id')}: the log tells of it, but it is no longer stored.`,
  },
} as const satisfies Record<AuditProblem, Sentence>;

/** What `kosatsu audit` says. */
export const auditSentences = {
  /** count, seq, hash */
  sound: {
    ja: (p) =>
      `監査記録${given(p, 'count')}件に、改変、欠落、順序の入替えはありません。最新：${given(p, 'seq')}:${given(p, 'hash')}`,
    en: (p) =>
      `${given(p, 'count')} records: nothing was changed, removed or reordered. Newest: ${given(p, 'seq')}:${given(p, 'hash')}`,
  },
  empty: { ja: () => '監査記録はまだありません。', en: () => 'The audit log is empty.' },
  /** count */
  broken: {
    ja: (p) =>
      `監査記録に問題が${given(p, 'count')}件見つかりました。データフォルダーと控え（バックアップ）を保全し、管理者に知らせてください。`,
    en: (p) =>
      `The audit log shows ${given(p, 'count')} problems. Keep the data folder and backups as they are and tell the administrator:`,
  },
  /** seqs */
  backInTime: {
    ja: (p) =>
      `時計の変更により、時刻が前後している記録があります（${given(p, 'seqs')}）。改変を示すものではありません。`,
    en: (p) => `The clock was set back at records ${given(p, 'seqs')}; that is no sign of tampering.`,
  },
  /** value */
  anchorForm: {
    ja: (p) => `--anchor は「番号:ハッシュ値」の形で指定してください（「${given(p, 'value')}」）。`,
    en: (p) => `--anchor is written NUMBER:HASH, not "${given(p, 'value')}".`,
  },
  /** flag, value */
  dateForm: {
    ja: (p) => `--${given(p, 'flag')} は 2026-04-01 の形で指定してください（「${given(p, 'value')}」）。`,
    en: (p) => `--${given(p, 'flag')} is a day such as 2026-04-01, not "${given(p, 'value')}".`,
  },
  daysTurned: {
    ja: () => '--from の日が --to の日より後になっています。何も書き出していません。日付を確認してください。',
    en: () => 'The day of --from is later than that of --to. Nothing was exported. Check the days.',
  },
} as const satisfies Record<string, Sentence>;

/** What an export says of itself. */
export const exportSentences = {
  /** The last line of what was stopped. */
  incomplete: {
    ja: () => '【不完全】この書き出しは途中で中止されました。記録の一部しか含まれていません。',
    en: () => 'INCOMPLETE: this export was stopped and holds only a part of the records.',
  },
  /** count */
  'exported-audit': {
    ja: (p) => `監査記録${given(p, 'count')}件を書き出しました。`,
    en: (p) => `Exported ${given(p, 'count')} records.`,
  },
  /** count */
  'exported-posts': {
    ja: (p) => `投稿${given(p, 'count')}件を書き出しました。`,
    en: (p) => `Exported ${given(p, 'count')} posts.`,
  },
  /** path */
  written: {
    ja: (p) => `書き出し先：${given(p, 'path')}`,
    en: (p) => `Written to ${given(p, 'path')}.`,
  },
  stopped: {
    ja: () => '書き出しを中止しました。出力は不完全です。',
    en: () => 'The export was stopped. What was printed is incomplete.',
  },
  'stopped-file': {
    ja: () => '書き出しを中止しました。ファイルは作成していません。',
    en: () => 'The export was stopped. No file was made.',
  },
  /** flag */
  'format-missing': {
    ja: (p) => `--${given(p, 'flag')} は、--format と併せて指定してください。`,
    en: (p) => `--${given(p, 'flag')} belongs to an export: give --format as well.`,
  },
} as const satisfies Record<string, Sentence>;

/** The heads of the columns of an exported table. */
export const auditColumns = {
  seq: { ja: () => '番号', en: () => 'number' },
  time: { ja: () => '日時', en: () => 'time' },
  actor: { ja: () => '操作者', en: () => 'who' },
  act: { ja: () => '操作', en: () => 'what' },
  subject: { ja: () => '対象', en: () => 'to what' },
  reason: { ja: () => '理由', en: () => 'why' },
  mode: { ja: () => '運用モード', en: () => 'mode' },
  account: { ja: () => 'アカウント', en: () => 'account' },
  before: { ja: () => '変更前', en: () => 'before' },
  after: { ja: () => '変更後', en: () => 'after' },
  policyVersion: { ja: () => '運用方針の版', en: () => 'policy version' },
  hash: { ja: () => 'ハッシュ値', en: () => 'hash' },
} as const satisfies Record<string, Sentence>;

/** The same of exported posts. */
export const postColumns = {
  id: { ja: () => '番号', en: () => 'id' },
  state: { ja: () => '状態', en: () => 'state' },
  topic: { ja: () => '種類', en: () => 'kind' },
  lang: { ja: () => '言語', en: () => 'language' },
  text: { ja: () => '本文', en: () => 'text' },
  url: { ja: () => 'リンク先', en: () => 'link' },
  recorded: { ja: () => '記録日時', en: () => 'recorded' },
  posted: { ja: () => '投稿日時', en: () => 'posted' },
  address: { ja: () => '投稿のアドレス', en: () => 'address of the post' },
  feed: { ja: () => '情報源', en: () => 'feed' },
  title: { ja: () => '元の題名', en: () => 'title of the source' },
  by: { ja: () => '作成者', en: () => 'made by' },
  approvals: { ja: () => '承認者', en: () => 'approved by' },
  rule: { ja: () => '分類の規則', en: () => 'rule' },
  policyVersion: { ja: () => '運用方針の版', en: () => 'policy version' },
  mode: { ja: () => '運用モード', en: () => 'mode' },
  account: { ja: () => 'アカウント', en: () => 'account' },
} as const satisfies Record<string, Sentence>;
