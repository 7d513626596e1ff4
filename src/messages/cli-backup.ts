import { given, type Sentence } from './sentence.ts';

/** What `backup` and `restore` say. */
export const backupSentences = {
  /** path, size (megabytes) */
  backedUp: {
    ja: (p) =>
      `控え（バックアップ）を書き出し、内容を検査しました：${given(p, 'path')}（${given(p, 'size')} MB）`,
    en: (p) => `The backup is written and checked: ${given(p, 'path')} (${given(p, 'size')} MB)`,
  },
  /** path */
  exists: {
    ja: (p) => `${given(p, 'path')} は既に存在します。上書きはしません。別の名前を指定してください。`,
    en: (p) => `${given(p, 'path')} exists already and is not overwritten. Give another name.`,
  },
  /** dir */
  nothingToBackUp: {
    ja: (p) => `データフォルダー ${given(p, 'dir')} には、まだ記録がありません。控えは作成していません。`,
    en: (p) => `The data folder ${given(p, 'dir')} holds no records yet. Nothing was written.`,
  },
  postgres: {
    ja: () =>
      '記録は PostgreSQL（DATABASE_URL）にあります。控えの作成には pg_dump を、復元には pg_restore を使用してください。手順は docs/operations.md にあります。何も変更していません。',
    en: () =>
      'The records are in PostgreSQL (DATABASE_URL): back up with pg_dump and restore with pg_restore, as docs/operations.md describes. Nothing was changed.',
  },
  /** path */
  missing: {
    ja: (p) => `${given(p, 'path')} が見つかりません。何も変更していません。`,
    en: (p) => `There is no file ${given(p, 'path')}. Nothing was changed.`,
  },
  /** path, detail */
  unusable: {
    ja: (p) =>
      `${given(p, 'path')} は、壊れているか、このプログラムの控えではありません（${given(p, 'detail')}）。何も変更していません。別の控えを指定してください。`,
    en: (p) =>
      `${given(p, 'path')} is damaged, or no backup of this program (${given(p, 'detail')}). Nothing was changed. Give another backup.`,
  },
  /** path, detail */
  notWritten: {
    ja: (p) =>
      `控えを ${given(p, 'path')} に書き出せません（${given(p, 'detail')}）。書込み先のフォルダー、権限及び空き容量を確認してください。記録と投稿に影響はありません。`,
    en: (p) =>
      `The backup cannot be written to ${given(p, 'path')} (${given(p, 'detail')}). Check that folder, its permissions and its room. The records and the publishing are as they were.`,
  },
  busy: {
    ja: () =>
      'このデータフォルダーは使用中のため、復元できません。常駐プロセスを終了してから、もう一度実行してください。何も変更していません。',
    en: () =>
      'A worker or another command works with this data folder. Stop it first, then restore. Nothing was changed.',
  },
  /** path, entries */
  restored: {
    ja: (p) => `記録を ${given(p, 'path')} の内容に戻しました（投稿${given(p, 'entries')}件）。`,
    en: (p) => `The records are those of ${given(p, 'path')} again (${given(p, 'entries')} posts).`,
  },
  /** path */
  kept: {
    ja: (p) => `置き換え前の記録は ${given(p, 'path')} に残してあります。`,
    en: (p) => `What they replace is kept as ${given(p, 'path')}.`,
  },
  /** seconds */
  whatNext: {
    ja: (p) =>
      `控えの作成後に行われた承認、見合わせ、取消し、一時停止は失われています。起動前に kosatsu posts で確認してください。\n` +
      `起動後は、まずアカウントの投稿一覧と照合します。二重投稿を防ぐため、情報源からの投稿は少なくとも${given(p, 'seconds')}秒待ってから再開します。`,
    en: (p) =>
      `Approvals, holds, cancellations and pauses made since that backup are forgotten: look at kosatsu posts before you start.\n` +
      `The worker first compares the account's timeline; announcements go on after at least ${given(p, 'seconds')} s, so that nothing is posted twice.`,
  },
} as const satisfies Record<string, Sentence>;
