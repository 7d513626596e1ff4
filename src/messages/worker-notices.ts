import type { Lang } from '../feed/item.ts';
import type { Mode } from '../outbox/entry.ts';
import type { StoreErrorCode } from '../outbox/outbox-store.ts';
import { given, say, type Sentence, type SentenceParams } from './sentence.ts';
import { pauseReach } from './pauses.ts';
import { modeMeanings } from './states.ts';
import { givenTime } from './tokyo-time.ts';

/** What people are told of the worker itself. Each line names the parameters of the sentence below it. */
export const workerNotices = {
  /** by, reason, topic, feed */
  paused: {
    ja: (p) =>
      `${given(p, 'by')}が${pauseReach.ja(p)}を停止しました（理由：${given(p, 'reason')}）。再開するまで、投稿待ちのものはそのまま残ります。`,
    en: (p) =>
      `${given(p, 'by')} paused ${pauseReach.en(p)} (${given(p, 'reason')}). What waits is kept until it is resumed.`,
  },
  /** by, reason, topic, feed */
  resumed: {
    ja: (p) => `${given(p, 'by')}が${pauseReach.ja(p)}を再開しました（理由：${given(p, 'reason')}）。`,
    en: (p) => `${given(p, 'by')} resumed ${pauseReach.en(p)} (${given(p, 'reason')}).`,
  },
  /** account, mode */
  'worker-started': {
    ja: (p) => `稼働を開始しました（アカウント @${given(p, 'account')}）。${modeMeaning(p, 'ja')}`,
    en: (p) => `Started for @${given(p, 'account')}. ${modeMeaning(p, 'en')}`,
  },
  'worker-stopped': {
    ja: () => '稼働を終了しました。未投稿のものは保存されており、次回の起動後に投稿します。',
    en: () => 'Stopped. What is not posted yet is kept, and goes out after the next start.',
  },
  /** detail */
  unexpected: {
    ja: (p) =>
      `想定外の不具合が発生しました（${given(p, 'detail')}）。少し間をおいて処理を続けます。繰り返す場合は、記録（ログ）を添えて保守担当者に知らせてください。`,
    en: (p) =>
      `Something unforeseen failed (${given(p, 'detail')}). The work goes on after a pause. If it comes again, show the log to whoever maintains the program.`,
  },
  /** at (milliseconds), detail */
  'clock-jumped': {
    ja: (p) =>
      `このコンピューターの時計が大きく変わりました（${givenTime(p, 'at', 'ja')}、${given(p, 'detail')}）。投稿の時刻に影響するため、時刻の設定を確認してください。`,
    en: (p) =>
      `This computer's clock jumped (${givenTime(p, 'at', 'en')}, ${given(p, 'detail')}). Check it: posts are timed by it.`,
  },
} as const satisfies Record<string, Sentence>;

type StoreNoticeCode = `store-${StoreErrorCode | 'works-again'}`;

/** What people are told of the storage. Parameter: detail, the driver's own words. */
export const storeNotices = {
  'store-full': {
    ja: (p) =>
      `ディスクの空き容量がありません（${given(p, 'detail')}）。記録できないため、投稿を停止しています。空き容量を確保してください。`,
    en: (p) =>
      `The disk is full (${given(p, 'detail')}). What cannot be recorded is not posted. Make room on it.`,
  },
  'store-read-only': {
    ja: (p) =>
      `データの保存先に書き込めません（${given(p, 'detail')}）。記録できないため、投稿を停止しています。保存先の権限を確認してください。`,
    en: (p) =>
      `The data folder cannot be written to (${given(p, 'detail')}). What cannot be recorded is not posted. Check its permissions.`,
  },
  'store-locked': {
    ja: (p) =>
      `データベースが他の処理により使用中です（${given(p, 'detail')}）。投稿を見合わせています。同じ保存先を使うプログラムがほかにないか確認してください。`,
    en: (p) =>
      `The database is in use by something else (${given(p, 'detail')}). Nothing is posted meanwhile. Check whether another program uses the same data folder.`,
  },
  'store-conflict': {
    ja: (p) =>
      `同じ発表が既に記録されているため、記録を取りやめました（${given(p, 'detail')}）。二重に投稿されることはありません。次回の読取りで改めて処理します。`,
    en: (p) =>
      `The same announcement is on record already, so nothing was written (${given(p, 'detail')}). Nothing is posted twice; the next reading looks again.`,
  },
  'store-corrupt': {
    ja: (p) =>
      `データベースが壊れています（${given(p, 'detail')}）。二重投稿を防ぐため、投稿を停止しています。控え（バックアップ）から復元してください。`,
    en: (p) =>
      `The database is damaged (${given(p, 'detail')}). Nothing is posted, so that nothing is posted twice. Restore a backup.`,
  },
  'store-io': {
    ja: (p) =>
      `データの保存先を読み書きできません（${given(p, 'detail')}）。投稿を停止しています。ディスク又はPostgreSQLの状態を確認してください。`,
    en: (p) =>
      `The storage cannot be read or written (${given(p, 'detail')}). Nothing is posted. Check the disk, or PostgreSQL.`,
  },
  'store-too-old': {
    ja: (p) =>
      `このプログラム又はSQLiteの版が古く、データベースを安全に扱えません（${given(p, 'detail')}）。投稿は行いません。プログラムとNode.jsを新しい版に更新してください。`,
    en: (p) =>
      `This program or its SQLite library is too old for the database (${given(p, 'detail')}). Nothing is posted. Update the program and Node.js.`,
  },
  'store-outdated': {
    ja: () =>
      'データベースは、更新前の版のプログラムが作成したものです。kosatsu run の開始時に、現在の版に合わせて更新されます。それまで、このコマンドは使用できません。',
    en: () =>
      'The database is of an older version of the program. kosatsu run brings it up to date when it starts; until then this command cannot be used.',
  },
  'store-works-again': {
    ja: () => 'データの保存が再びできるようになりました。',
    en: () => 'The storage works again.',
  },
} as const satisfies Record<StoreNoticeCode, Sentence>;

const MODES: readonly Mode[] = ['live', 'sandbox', 'drill'];

function modeMeaning(params: SentenceParams, lang: Lang): string {
  const mode = MODES.find((candidate) => candidate === params['mode']);
  return mode === undefined ? given(params, 'mode') : say(modeMeanings[mode], lang);
}
