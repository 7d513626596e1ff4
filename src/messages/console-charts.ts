import { given, type Sentence } from './sentence.ts';

/** The page of charts. Lengths of time and money are written by the page. */
export const chartMessages = {
  title: { ja: () => '運用状況の推移', en: () => 'Charts' },
  /** days */
  lede: {
    ja: (p) =>
      `直近 ${given(p, 'days')} 日間の状況です（日本時間）。各図の数値は「表で見る」から確認できます。`,
    en: (p) =>
      `The last ${given(p, 'days')} days, Japan time. The numbers behind each chart are in its table.`,
  },
  table: { ja: () => '表で見る', en: () => 'Show as a table' },
  day: { ja: () => '日付', en: () => 'Day' },
  posts: { ja: () => '1日の投稿数（種類別）', en: () => 'Posts a day, by topic' },
  main: { ja: () => '更新情報', en: () => 'main updates' },
  urgent: { ja: () => '緊急のお知らせ', en: () => 'urgent notices' },
  'posts-limit': { ja: () => '1日の上限', en: () => 'most in a day' },
  /** day, main, urgent */
  'posts-said': {
    ja: (p) => `${given(p, 'day')}：更新情報${given(p, 'main')}件、緊急のお知らせ${given(p, 'urgent')}件`,
    en: (p) => `${given(p, 'day')}: ${given(p, 'main')} main, ${given(p, 'urgent')} urgent`,
  },
  polls: { ja: () => '情報源の読取り', en: () => 'How the feeds were read' },
  /** feed */
  'polls-of': {
    ja: (p) => `情報源「${given(p, 'feed')}」の読取り（1日の回数）`,
    en: (p) => `Readings of feed "${given(p, 'feed')}" a day`,
  },
  'polls-good': { ja: () => '成功', en: () => 'worked' },
  'polls-read': { ja: () => '成功（内容あり）', en: () => 'read' },
  'polls-unchanged': { ja: () => '成功（前回から変更なし）', en: () => 'unchanged' },
  'polls-failed': { ja: () => '失敗', en: () => 'failed' },
  /** day, good, failed */
  'polls-said': {
    ja: (p) => `${given(p, 'day')}：成功${given(p, 'good')}回、失敗${given(p, 'failed')}回`,
    en: (p) => `${given(p, 'day')}: ${given(p, 'good')} worked, ${given(p, 'failed')} failed`,
  },
  'polls-none': { ja: () => '読取りの記録はまだありません。', en: () => 'Nothing was read yet.' },
  delay: { ja: () => '読取りから投稿までの時間', en: () => 'Time from item to post' },
  'delay-lede': {
    ja: () =>
      'プログラムが項目を読み取ってから、Xへの投稿が完了するまでの時間です。職員の確認を待った時間を含みます。',
    en: () =>
      'From the moment the program read an item until X had its post, with the time it waited for people.',
  },
  'delay-median': { ja: () => '中央値', en: () => 'median' },
  'delay-longest': { ja: () => '最長', en: () => 'longest' },
  'delay-dated': { ja: () => '掲載日時からの中央値', en: () => "median from the item's own date" },
  'delay-posts': { ja: () => '投稿数', en: () => 'posts' },
  /** day, median, longest, posts */
  'delay-said': {
    ja: (p) =>
      `${given(p, 'day')}：中央値 ${given(p, 'median')}、最長 ${given(p, 'longest')}（投稿${given(p, 'posts')}件）`,
    en: (p) =>
      `${given(p, 'day')}: median ${given(p, 'median')}, longest ${given(p, 'longest')}, ${given(p, 'posts')} post(s)`,
  },
  cost: { ja: () => '今月の費用（累計）', en: () => 'Cost of the month, running total' },
  /** currency */
  'cost-amount': {
    ja: (p) => `費用（多くとも、${given(p, 'currency')}）`,
    en: (p) => `at most, in ${given(p, 'currency')}`,
  },
  'cost-ceiling': { ja: () => '今月の上限', en: () => 'ceiling of the month' },
  'cost-no-ceiling': {
    ja: () => '費用の上限は設定されていません。',
    en: () => 'No ceiling is configured.',
  },
  /** day, amount, currency, posts */
  'cost-said': {
    ja: (p) =>
      `${given(p, 'day')}まで：多くとも ${given(p, 'amount')} ${given(p, 'currency')}（投稿${given(p, 'posts')}件）`,
    en: (p) =>
      `until ${given(p, 'day')}: at most ${given(p, 'amount')} ${given(p, 'currency')}, ${given(p, 'posts')} post(s)`,
  },
} as const satisfies Record<string, Sentence>;
