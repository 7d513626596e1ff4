import { floodName } from './policy.ts';
import { given, type Sentence } from './sentence.ts';

/** What people are told of a batch of news that was taken for a flood. */
export const batchNotices = {
  /** feed, batch, count, urgent, flood */
  'batch-held': {
    ja: (p) =>
      `情報源「${given(p, 'feed')}」：${floodName(p, 'ja')}ため、${given(p, 'count')}件（うち緊急のお知らせ${given(p, 'urgent')}件）の投稿をすべて見合わせています。過去のお知らせが新着として現れていないか確認し、画面又は kosatsu quarantine ${given(p, 'batch')} で取扱いを決めてください。`,
    en: (p) =>
      `Feed ${given(p, 'feed')}: ${floodName(p, 'en')}. ${given(p, 'count')} posts (${given(p, 'urgent')} of them urgent) are held, and none goes out. Check whether they are old items, then decide, on the page or with kosatsu quarantine ${given(p, 'batch')}.`,
  },
  /** batch */
  'batch-decided': {
    ja: (p) => `まとめて見合わせていた投稿（整理番号 ${given(p, 'batch')}）の取扱いがすべて決まりました。`,
    en: (p) => `Everything in batch ${given(p, 'batch')} has been decided.`,
  },
} as const satisfies Record<string, Sentence>;

/** Why a decision on a batch was not carried out, and how `kosatsu quarantine` shows batches. */
export const batchMessages = {
  /** id, batch */
  notInBatch: {
    ja: (p) =>
      `投稿 ${given(p, 'id')} は、整理番号 ${given(p, 'batch')} の投稿に含まれていないか、既に取扱いが決まっています。何も変更していません。`,
    en: (p) =>
      `Post ${given(p, 'id')} is not in batch ${given(p, 'batch')}, or was decided already. Nothing was changed.`,
  },
  nothingChosen: {
    ja: () =>
      '投稿するものが選択されていません。何も変更していません。いずれも投稿しない場合は、「すべて対応済みとする」（端末では --all-known）を選んでください。',
    en: () =>
      'No post was chosen. Nothing was changed. If none of them is news, say that all are known (at the terminal: --all-known).',
  },
  /** id */
  unknownBatch: {
    ja: (p) =>
      `整理番号「${given(p, 'id')}」で見合わせている投稿はありません。何も変更していません。kosatsu quarantine で一覧を表示します。`,
    en: (p) =>
      `No batch ${given(p, 'id')} waits for a decision. Nothing was changed. kosatsu quarantine lists them.`,
  },
  whichBatch: {
    ja: () =>
      '取扱いを決める投稿の整理番号を指定してください。kosatsu quarantine で一覧を表示します。何も変更していません。',
    en: () => 'Which batch? Give its ID; kosatsu quarantine lists them. Nothing was changed.',
  },
  none: { ja: () => '見合わせ中の投稿はありません。', en: () => 'No batch waits for a decision.' },
  /** id, feed, since, count, flood */
  head: {
    ja: (p) =>
      `${given(p, 'id')}  情報源「${given(p, 'feed')}」  ${given(p, 'since')}  ${given(p, 'count')}件\n  ${floodName(p, 'ja')}ため、見合わせています。`,
    en: (p) =>
      `${given(p, 'id')}  feed "${given(p, 'feed')}"  ${given(p, 'since')}  ${given(p, 'count')} posts\n  Held: ${floodName(p, 'en')}.`,
  },
  /** id */
  how: {
    ja: (p) =>
      `  すべて対応済み：kosatsu quarantine ${given(p, 'id')} --all-known\n  一部を投稿　　：kosatsu quarantine ${given(p, 'id')} --post ID,ID\n  最新のみ投稿　：kosatsu quarantine ${given(p, 'id')} --newest-only`,
    en: (p) =>
      `  None is news: kosatsu quarantine ${given(p, 'id')} --all-known\n  Some are:     kosatsu quarantine ${given(p, 'id')} --post ID,ID\n  The newest:   kosatsu quarantine ${given(p, 'id')} --newest-only`,
  },
  whichDecision: {
    ja: () =>
      '--all-known、--post ID,ID、--newest-only のいずれか一つを指定してください。何も変更していません。',
    en: () => 'Give one of --all-known, --post ID,ID and --newest-only. Nothing was changed.',
  },
  /** posted, known, open */
  done: {
    ja: (p) =>
      `投稿待ちにしたもの${given(p, 'posted')}件、対応済みとしたもの${given(p, 'known')}件、引き続き確認待ちのもの${given(p, 'open')}件。`,
    en: (p) => `Queued: ${given(p, 'posted')}. Known: ${given(p, 'known')}. Still held: ${given(p, 'open')}.`,
  },
  waitForSecond: {
    ja: () => '引き続き確認待ちのものは、別の承認者の承認を待っています。',
    en: () => 'What is still held waits for another approver.',
  },
  /** id */
  needsSecond: {
    ja: (p) => `投稿 ${given(p, 'id')} は、二人目の承認を待っています。`,
    en: (p) => `Post ${given(p, 'id')} waits for a second person.`,
  },
} as const satisfies Record<string, Sentence>;
