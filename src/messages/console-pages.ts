import { given, type Sentence } from './sentence.ts';

/** History, dry run, feeds, rules and the public policy page. */
export const pageMessages = {
  'history-title': { ja: () => '投稿の記録', en: () => 'History' },
  'audit-csv': { ja: () => '監査記録（CSV）', en: () => 'Audit log (CSV)' },
  'audit-jsonl': { ja: () => '監査記録（JSONL）', en: () => 'Audit log (JSONL)' },
  'search-text': { ja: () => '本文・番号に含まれる語', en: () => 'Words or id' },
  'search-state': { ja: () => '状態', en: () => 'State' },
  'search-any': { ja: () => 'すべて', en: () => 'any' },
  'search-by': { ja: () => '操作者', en: () => 'Person' },
  'search-from': { ja: () => '記録日（から）', en: () => 'Recorded from' },
  'search-to': { ja: () => '記録日（まで）', en: () => 'Recorded until' },
  search: { ja: () => '検索する', en: () => 'Search' },
  /** count */
  found: { ja: (p) => `${given(p, 'count')}件`, en: (p) => `Found: ${given(p, 'count')}` },
  'found-none': { ja: () => '該当する投稿はありません。', en: () => 'No post was found.' },
  /** count, searched */
  'found-more': {
    ja: (p) =>
      `このページの該当は${given(p, 'count')}件です（${given(p, 'searched')}件の投稿を確認）。これより古い投稿は、ページの末尾から確認できます。`,
    en: (p) =>
      `This page shows ${given(p, 'count')} (${given(p, 'searched')} posts were looked at). Older ones follow at its end.`,
  },
  /** count */
  'found-last': {
    ja: (p) => `このページの該当は${given(p, 'count')}件です。これより古い投稿はありません。`,
    en: (p) => `This page shows ${given(p, 'count')}. There are no older ones.`,
  },
  pages: { ja: () => 'ページの移動', en: () => 'Pages' },
  newest: { ja: () => '最新の投稿に戻る', en: () => 'Back to the newest' },
  older: { ja: () => 'これより古い投稿を見る', en: () => 'Older posts' },
  export: { ja: () => '記録をファイルに書き出す', en: () => 'Export records to a file' },
  'export-posts-are': {
    ja: () => '投稿：上の条件に該当するすべての投稿を書き出します（画面に表示されていないものを含みます）。',
    en: () => 'Posts: every post that the search above finds, also those that this page does not show.',
  },
  'export-audit-is': {
    ja: () => '監査記録：上の記録日の範囲のすべての操作を書き出します（その他の条件は適用されません）。',
    en: () => 'Audit log: every act of the days above; the other fields do not count.',
  },
  'to-audit': {
    ja: () => '監査記録（操作の記録）を見る',
    en: () => 'Audit log: who did what',
  },
  'posts-csv': { ja: () => '投稿（CSV）', en: () => 'Posts (CSV)' },
  'posts-jsonl': { ja: () => '投稿（JSONL）', en: () => 'Posts (JSONL)' },
  'dry-title': { ja: () => '試行（投稿の見本）', en: () => 'Dry run' },
  'dry-lede': {
    ja: () =>
      '情報源を読み取り、各項目がどのような投稿になるかを表示します。何も記録されず、何も投稿されません。',
    en: () =>
      'Reads a feed and shows what each item would become. Nothing is recorded and nothing is posted.',
  },
  'dry-feed': { ja: () => '設定済みの情報源', en: () => 'Configured feed' },
  'dry-address': { ja: () => '又は情報源のアドレス', en: () => 'Or the address of a feed' },
  'dry-start': { ja: () => '試行する', en: () => 'Read it now' },
  'dry-download': {
    ja: () => 'この見本を一つのファイルとして保存',
    en: () => 'Save these cards as one file',
  },
  'dry-stored': { ja: () => '保存済みの読取り結果', en: () => 'What a poll read' },
  /** at, kilobytes */
  'dry-stored-one': {
    ja: (p) => `${given(p, 'at')}に読み取った文書（${given(p, 'kilobytes')} KB）`,
    en: (p) => `${given(p, 'at')} (${given(p, 'kilobytes')} KB)`,
  },
  'dry-replay': { ja: () => 'この読取りを再現する', en: () => 'Replay it' },
  'dry-stored-none': {
    ja: () => '保存済みの読取り結果はまだありません。',
    en: () => 'No reading of a poll is kept yet.',
  },
  'dry-stored-gone': {
    ja: () => 'その読取り結果は、既に保存期間を過ぎています。',
    en: () => 'That reading is no longer kept.',
  },
  'dry-paste': { ja: () => '文書を貼り付けて試行する', en: () => 'Paste a document' },
  'dry-document': {
    ja: () => '文書（RSS、Atom、JSON Feed 又はHTML）',
    en: () => 'Document (RSS, Atom, JSON Feed or HTML)',
  },
  'dry-as': { ja: () => '読取り方法', en: () => 'Read it as' },
  'dry-as-feed': { ja: () => '一般のフィードとして', en: () => 'a feed like any other' },
  'dry-start-pasted': { ja: () => '貼り付けた文書で試行する', en: () => 'Read the document' },
  'dry-download-pasted': {
    ja: () => '見本を一つのファイルとして保存',
    en: () => 'Save its cards as one file',
  },
  'dry-pasted-long': {
    ja: () => '文書が長すぎるため、読み取りませんでした。一部を貼り付けてください。',
    en: () => 'The document is too long and was not read. Paste a part of it.',
  },
  'dry-none': { ja: () => '（選択しない）', en: () => '(none)' },
  'dry-address-form': {
    ja: () => 'http:// 又は https:// で始まるアドレスを入力してください。',
    en: () => 'The address must begin with http:// or https://.',
  },
  /** shown, all */
  'dry-cut': {
    ja: (p) => `全${given(p, 'all')}件のうち${given(p, 'shown')}件を表示しています。`,
    en: (p) => `${given(p, 'shown')} of ${given(p, 'all')} items are shown.`,
  },
  'feeds-title': { ja: () => '情報源', en: () => 'Feeds' },
  'rules-title': { ja: () => '分類と文例', en: () => 'Rules and templates' },
  'policy-title': { ja: () => 'アカウントの運用方針', en: () => 'Operation policy of the account' },
  /** account */
  'policy-lede': {
    ja: (p) => `@${given(p, 'account')} は、お知らせを発信するための専用アカウントです。`,
    en: (p) => `@${given(p, 'account')} is for announcements only.`,
  },
  'policy-content': { ja: () => '発信する内容', en: () => 'What is posted' },
  'policy-content-text': {
    ja: () =>
      'ウェブサイトに掲載した新着情報と、災害等により影響を受けた方への手続上の救済措置に関するお知らせを発信します。',
    en: () => 'News from the web site, and notices about relief for people affected by disasters.',
  },
  'policy-no-reply': { ja: () => '返信等について', en: () => 'No replies' },
  'policy-no-reply-text': {
    ja: () =>
      'このアカウントから、返信、リポスト、フォロー及びダイレクトメッセージの送受信は行いません。ご意見・お問い合わせは、ウェブサイトの窓口をご利用ください。',
    en: () =>
      'This account never replies, reposts, follows or takes direct messages. Please use the contact points of the web site.',
  },
  'policy-links': { ja: () => 'リンク先', en: () => 'Links' },
  'policy-links-text': {
    ja: () => '投稿からリンクするのは、次のサイトに限ります。',
    en: () => 'Posts link to these sites only:',
  },
  'policy-people': { ja: () => '承認', en: () => 'Who says yes' },
  'policy-auto': { ja: () => 'あらかじめ定めた規則による', en: () => 'rules that were approved beforehand' },
  'policy-one': { ja: () => '職員1名の承認', en: () => 'one person' },
  'policy-two': { ja: () => '職員2名の承認', en: () => 'two people' },
  'policy-main': { ja: () => '更新情報', en: () => 'main updates' },
  'policy-urgent': { ja: () => '緊急のお知らせ（情報源から）', en: () => 'urgent notices from a feed' },
  'policy-forced': {
    ja: () => '緊急のお知らせ（職員が作成）',
    en: () => 'urgent notices written by a person',
  },
  'policy-limits': { ja: () => '投稿数と時間帯', en: () => 'How much and when' },
  /** posts, reserved */
  'policy-budget': {
    ja: (p) =>
      `1日の投稿は${given(p, 'posts')}件以内とし、うち${given(p, 'reserved')}件を緊急のお知らせのために確保します。`,
    en: (p) =>
      `At most ${given(p, 'posts')} posts a day; ${given(p, 'reserved')} of them are kept for urgent notices.`,
  },
  /** from, to */
  'policy-quiet': {
    ja: (p) =>
      `更新情報は、${given(p, 'from')} から ${given(p, 'to')} までの間は投稿しません。緊急のお知らせは時間帯を問いません。`,
    en: (p) =>
      `Main updates are not posted between ${given(p, 'from')} and ${given(p, 'to')}, Japan time. Urgent notices are.`,
  },
  'policy-privacy': { ja: () => '個人情報の取扱い', en: () => 'Privacy' },
  'policy-privacy-text': {
    ja: () =>
      'このアカウントをフォローした方、言及した方、返信した方に関する情報は取得せず、保存もしません。このページの閲覧者のアドレスも記録しません。',
    en: () =>
      'Nothing about people who follow, mention or answer the account is read or stored. No address of a visitor of this page is kept.',
  },
  'policy-records': { ja: () => '記録', en: () => 'Records' },
  'policy-records-text': {
    ja: () => '投稿した内容は、フィードでもご覧いただけます。',
    en: () => 'What was announced can also be read in these feeds:',
  },
  /** version */
  'policy-version': {
    ja: (p) => `運用方針の版：${given(p, 'version')}`,
    en: (p) => `Version: ${given(p, 'version')}`,
  },
  /** account */
  'feed-title': {
    ja: (p) => `@${given(p, 'account')} のお知らせ`,
    en: (p) => `Announcements of @${given(p, 'account')}`,
  },
} as const satisfies Record<string, Sentence>;
