import type { Sentence } from './sentence.ts';

/** What the sandbox's public timeline says. It never reaches X, and says so at the head of the page. */
export const sandboxSentences = {
  band: {
    ja: () => 'サンドボックス（練習用）です。この画面の投稿は、Xには一切送信されません。',
    en: () => 'Sandbox — nothing here reaches X.',
  },
  pageTitle: {
    ja: ({ name, handle }) => `${name} @${handle} の投稿`,
    en: ({ name, handle }) => `Posts by ${name} @${handle}`,
  },
  automated: {
    ja: () => '自動投稿アカウント',
    en: () => 'Automated account',
  },
  about: {
    ja: () => '新着情報と、災害により影響を受けた手続に関するお知らせをお届けします。返信は行いません。',
    en: () => 'News releases, and notices on procedures affected by disasters. This account does not reply.',
  },
  posts: {
    ja: ({ count }) => `投稿${count}件`,
    en: ({ count }) => (count === 1 ? '1 post' : `${count} posts`),
  },
  empty: {
    ja: () => 'まだ投稿はありません。お知らせが公表されると、数秒で表示されます。',
    en: () => 'No posts yet. A new announcement appears here within seconds.',
  },
  older: {
    ja: ({ count }) => `ほかに以前の投稿が${count}件あります。`,
    en: ({ count }) => `${count} older posts are not shown.`,
  },
  elsewhere: {
    ja: () => '別の端末からの投稿',
    en: () => 'Posted by another client',
  },
  time: {
    ja: ({ time }) => `${time} 日本時間`,
    en: () => 'JST',
  },
  refresh: {
    ja: ({ seconds }) => `この画面は${seconds}秒ごとに自動で更新されます。`,
    en: ({ seconds }) => `This page refreshes every ${seconds} seconds.`,
  },
  standing: {
    ja: () => 'この画面の自動更新は停止しています。',
    en: () => 'This page does not refresh by itself.',
  },
  stop: {
    ja: () => '自動更新を停止する',
    en: () => 'Stop refreshing',
  },
  start: {
    ja: () => '自動更新を再開する',
    en: () => 'Refresh again',
  },
  feed: {
    ja: () => 'サンドボックスの新着情報フィード',
    en: () => 'Sandbox news feed',
  },
} satisfies Record<string, Sentence>;
