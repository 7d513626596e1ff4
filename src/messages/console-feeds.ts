import { given, type Sentence } from './sentence.ts';

/** The page of feeds: each as configured, how it was read, and what became of what it brought. */
export const feedsMessages = {
  address: { ja: () => '所在', en: () => 'Where it is' },
  kind: { ja: () => '形式', en: () => 'Kind' },
  'kind-feed': {
    ja: () => 'フィード（RSS、Atom又はJSON Feed）',
    en: () => 'a feed (RSS, Atom or JSON Feed)',
  },
  'kind-html-list': { ja: () => 'ウェブページの一覧', en: () => 'a list on a web page' },
  language: { ja: () => '言語', en: () => 'Language' },
  'lang-ja': { ja: () => '日本語', en: () => 'Japanese' },
  'lang-en': { ja: () => '英語', en: () => 'English' },
  'lang-auto': { ja: () => '題名ごとに判別', en: () => 'found per title' },
  every: { ja: () => '読取りの間隔', en: () => 'Read every' },
  silence: { ja: () => '新着がないと知らせるまでの期間', en: () => 'Told as silent after' },
  burst: { ja: () => '一度に扱う新着の上限', en: () => 'Most new items at once' },
  /** count */
  'burst-count': {
    ja: (p) => `${given(p, 'count')}件（超えた場合は、まとめて見合わせます）`,
    en: (p) => `${given(p, 'count')} (more are held together)`,
  },
  words: { ja: () => '対象とする題名の語', en: () => 'Only titles with' },
  'words-all': { ja: () => '限定なし', en: () => 'any title' },
  selectors: { ja: () => 'ページ内の位置（CSSセレクター）', en: () => 'Where on the page (CSS selectors)' },
  off: {
    ja: () => '無効に設定されているため、読み取りません。',
    en: () => 'It is disabled and never read.',
  },
  'polls-last': { ja: () => '最近の読取り', en: () => 'Its last readings' },
  day: { ja: () => '日付', en: () => 'Day' },
  read: { ja: () => '内容あり', en: () => 'Read' },
  unchanged: { ja: () => '前回から変更なし', en: () => 'Unchanged' },
  failed: { ja: () => '失敗', en: () => 'Failed' },
  'polls-none': { ja: () => 'まだ読み取っていません。', en: () => 'It was not read yet.' },
  'outages-last': { ja: () => '最近の失敗', en: () => 'When it could not be read' },
  'outages-none': {
    ja: () => '読取りの失敗は記録されていません。',
    en: () => 'No reading of it failed.',
  },
  when: { ja: () => '日時', en: () => 'When' },
  /** from, to */
  span: {
    ja: (p) => `${given(p, 'from')} から ${given(p, 'to')} まで`,
    en: (p) => `${given(p, 'from')} to ${given(p, 'to')}`,
  },
  answer: { ja: () => '内容', en: () => 'What happened' },
  times: { ja: () => '回数', en: () => 'Readings' },
  kept: { ja: () => '保存済みの読取り結果：', en: () => 'Kept as it was read:' },
  'items-last': { ja: () => '最近の項目とその取扱い', en: () => 'Its last items, and what became of them' },
  'items-none': { ja: () => '項目の記録はまだありません。', en: () => 'No item was met yet.' },
  met: { ja: () => '初めて確認した日時', en: () => 'First met' },
  item: { ja: () => '題名', en: () => 'Title' },
  became: { ja: () => '取扱い', en: () => 'What became of it' },
  'known-at-first': {
    ja: () => '初回の読取りで既知としました（投稿しません）。',
    en: () => 'Known from the first reading; never posted',
  },
  /** rule */
  'ignored-by': {
    ja: (p) => `規則「${given(p, 'rule')}」により、投稿の対象外としました。`,
    en: (p) => `No announcement, by rule "${given(p, 'rule')}"`,
  },
  ignored: {
    ja: () => '当時の規則により、投稿の対象外としました。',
    en: () => 'No announcement, by the rules of then',
  },
  'post-gone': { ja: () => '投稿の記録', en: () => 'A post on record' },
} as const satisfies Record<string, Sentence>;
