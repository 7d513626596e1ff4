import { pauseReach } from './pauses.ts';
import { given, type Sentence } from './sentence.ts';

/** The first page: what waits, what goes out, what went out; and the pause. */
export const boardMessages = {
  'heading-waits': { ja: () => '対応が必要なもの', en: () => 'Waits for you' },
  'nothing-for-you': {
    ja: () => 'あなたの対応が必要なものはありません。',
    en: () => 'Nothing waits for you.',
  },
  'heading-others': { ja: () => '他の職員の対応を待っているもの', en: () => 'Waits for others' },
  'turn-agreed': {
    ja: () => 'あなたは承認済みです。別の承認者の承認を待っています。',
    en: () => 'You have agreed to it. Another approver must agree as well.',
  },
  'turn-others': { ja: () => '承認者の対応を待っています。', en: () => 'It waits for an approver.' },
  'turn-program': {
    ja: () => '投稿されたかどうかを自動で確認しています。確認が終わるまで、対応は不要です。',
    en: () => 'The program is still looking whether it was posted. Nobody need act until that has ended.',
  },
  'nothing-waits': {
    ja: () => '確認を待っている投稿はありません。',
    en: () => 'Nothing waits for a decision.',
  },
  /** count */
  'waits-more': {
    ja: (p) => `このほかに、対応を待っている投稿が${given(p, 'count')}件あります。投稿の記録で確認できます。`,
    en: (p) => `More posts that wait, on the page of the history: ${given(p, 'count')}.`,
  },
  /** count */
  'next-more': {
    ja: (p) => `このほかに、投稿待ちのものが${given(p, 'count')}件あります。投稿の記録で確認できます。`,
    en: (p) => `More that are queued, on the page of the history: ${given(p, 'count')}.`,
  },
  'heading-next': { ja: () => 'これから投稿されるもの', en: () => 'Goes out next' },
  'nothing-next': { ja: () => '投稿待ちのものはありません。', en: () => 'Nothing is queued.' },
  'heading-last': { ja: () => '最近の投稿', en: () => 'Went out last' },
  'nothing-last': { ja: () => 'まだ投稿はありません。', en: () => 'Nothing was posted yet.' },
  /** feed, count */
  batch: {
    ja: (p) => `情報源「${given(p, 'feed')}」の新着${given(p, 'count')}件をまとめて見合わせています。`,
    en: (p) => `${given(p, 'count')} posts from feed "${given(p, 'feed')}" are held together.`,
  },
  /** sent, posts, urgent, reserved */
  budget: {
    ja: (p) =>
      `本日の投稿 ${given(p, 'sent')}／${given(p, 'posts')}件（うち緊急のお知らせ${given(p, 'urgent')}件、緊急のお知らせ用に${given(p, 'reserved')}件を確保）`,
    en: (p) =>
      `Posted today: ${given(p, 'sent')} of ${given(p, 'posts')} (${given(p, 'urgent')} urgent; ${given(p, 'reserved')} are kept for urgent notices)`,
  },
  /** at */
  'posted-at': { ja: (p) => `投稿 ${given(p, 'at')}`, en: (p) => `posted ${given(p, 'at')}` },
  'due-at': { ja: (p) => `予定 ${given(p, 'at')}`, en: (p) => `due ${given(p, 'at')}` },
  'recorded-at': { ja: (p) => `記録 ${given(p, 'at')}`, en: (p) => `recorded ${given(p, 'at')}` },
  'all-posts': { ja: () => 'すべての記録を見る', en: () => 'All posts' },
  decide: { ja: () => '内容を確認して対応する', en: () => 'Look and decide' },
  look: { ja: () => '詳細', en: () => 'Details' },
  'open-post': { ja: () => '公開されている投稿', en: () => 'Public post' },
  pause: { ja: () => '投稿を一時停止する', en: () => 'Pause publishing' },
  'pause-does': {
    ja: () => '再開するまで、対象の投稿は行われません。情報源の確認は続きます。',
    en: () => 'What is paused is not posted until you resume. Feeds are still read.',
  },
  'pause-what': { ja: () => '対象', en: () => 'What to pause' },
  resume: { ja: () => '投稿を再開する', en: () => 'Resume publishing' },
  /** topic, feed */
  'resume-part': {
    ja: (p) => `${pauseReach.ja(p)}を再開する`,
    en: (p) => `Resume ${pauseReach.en(p)}`,
  },
  'resume-does': {
    ja: () => '投稿待ちのものは、すぐに投稿されます。',
    en: () => 'What is queued goes out at once.',
  },
  'pause-done': { ja: () => '投稿を一時停止しました。', en: () => 'Publishing is paused.' },
  /** topic, feed */
  'pause-done-part': {
    ja: (p) => `${pauseReach.ja(p)}を一時停止しました。`,
    en: (p) => `Paused: ${pauseReach.en(p)}.`,
  },
  'resume-done': { ja: () => '投稿を再開しました。', en: () => 'Publishing goes on.' },
  /** by, reason, since */
  'resume-overtaken': {
    ja: (p) =>
      `画面を開いている間に、${given(p, 'by')}がこの一時停止を設定し直しました（${given(p, 'since')}、理由：${given(p, 'reason')}）。解除はしていません。内容を確認の上、必要に応じてもう一度操作してください。`,
    en: (p) =>
      `While you had this page open, ${given(p, 'by')} set this pause anew (${given(p, 'since')}; reason: ${given(p, 'reason')}). It was not ended. Look at it, and end it again if it is to end.`,
  },
  'resume-none': {
    ja: () => 'その一時停止は、既に解除されています。',
    en: () => 'There is no such pause any more.',
  },
  /** since */
  'work-since': { ja: (p) => `開始 ${given(p, 'since')}`, en: (p) => `begun ${given(p, 'since')}` },
  reason: { ja: () => '理由（記録に残ります）', en: () => 'Reason (goes on the record)' },
  'batch-title': { ja: () => 'まとめて見合わせている投稿', en: () => 'Posts held together' },
  'batch-missing': {
    ja: () => 'これらの投稿は、既に取扱いが決まっています。',
    en: () => 'There is no such batch, or it was decided already.',
  },
  'batch-post': {
    ja: () => '選択したものを投稿し、他は対応済みとする',
    en: () => 'Post the chosen ones; the others are known',
  },
  'batch-newest': {
    ja: () => '最新の1件のみ投稿し、他は対応済みとする',
    en: () => 'Post the newest one; the others are known',
  },
  'batch-known': { ja: () => 'すべて対応済みとする（投稿しない）', en: () => 'All are known: post none' },
  'batch-first': {
    ja: () => '題名・ページともに初めて現れたものです。',
    en: () => 'Neither its title nor its page was met before.',
  },
  'batch-known-before': {
    ja: () => '以前に確認した項目との違い',
    en: () => 'Met before; what is different now:',
  },
  'batch-choose': { ja: () => '投稿するものを選択', en: () => 'Choose what is news' },
} as const satisfies Record<string, Sentence>;
