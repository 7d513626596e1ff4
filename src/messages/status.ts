import { pauseReach, reachFlags } from './pauses.ts';
import type { Sentence } from './sentence.ts';
import { xDetail } from './x-details.ts';

/** `kosatsu status` in sentences. */
export const statusSentences = {
  account: {
    ja: (p) => `アカウント：@${p['account']}（${p['mode']}）`,
    en: (p) => `Account: @${p['account']} (${p['mode']})`,
  },
  workerRuns: { ja: () => '常駐プロセス：稼働中', en: () => 'Worker: running' },
  workerStopped: {
    ja: () => '常駐プロセス：停止中（kosatsu run で開始します。停止中は何も投稿されません）',
    en: () => 'Worker: not running; nothing is posted until kosatsu run starts it',
  },
  console: { ja: (p) => `状況の画面：${p['url']}`, en: (p) => `Status page: ${p['url']}` },
  paused: {
    ja: (p) =>
      `一時停止中：${p['since']}に${p['by']}が${pauseReach.ja(p)}を停止しました。理由：${p['reason']}。kosatsu resume${reachFlags(p)} で再開します。`,
    en: (p) =>
      `Paused: ${pauseReach.en(p)}, by ${p['by']} since ${p['since']}: ${p['reason']}. kosatsu resume${reachFlags(p)} ends it.`,
  },
  accountWaits: {
    ja: (p) =>
      `投稿を見合わせています：${xDetail(p, 'ja', 'reason')}（${p['since']} から、次の試行：${p['until']}）`,
    en: (p) => `The account waits: ${p['reason']} (since ${p['since']}; next try ${p['until']})`,
  },
  queue: { ja: (p) => `投稿の状態：${p['counts']}`, en: (p) => `Posts: ${p['counts']}` },
  queueEmpty: { ja: () => '投稿の記録はまだありません。', en: () => 'No posts on record yet.' },
  needsPerson: {
    ja: (p) => `${p['count']}件が職員の判断を待っています（kosatsu posts で確認できます）。`,
    en: (p) => `Waiting for a person: ${p['count']} (see kosatsu posts).`,
  },
  lastPost: {
    ja: (p) => `最新の投稿（${p['at']}）：${p['text']}\n  ${p['url']}`,
    en: (p) => `Last post (${p['at']}): ${p['text']}\n  ${p['url']}`,
  },
  noPost: { ja: () => '投稿はまだありません。', en: () => 'Nothing has been posted yet.' },
  feed: {
    ja: (p) =>
      `情報源「${p['name']}」：最終の読取り ${p['success']}、項目${p['items']}件、最後の新着 ${p['newest']}、次回 ${p['next']}`,
    en: (p) =>
      `Feed "${p['name']}": last read ${p['success']}, ${p['items']} items, newest ${p['newest']}, next ${p['next']}`,
  },
  feedOff: { ja: (p) => `情報源「${p['name']}」：無効`, en: (p) => `Feed "${p['name']}": switched off` },
  feedNew: {
    ja: (p) => `情報源「${p['name']}」：まだ読み取っていません`,
    en: (p) => `Feed "${p['name']}": not read yet`,
  },
  feedProblem: {
    ja: (p) => `${p['message']}（${p['since']}から）`,
    en: (p) => `${p['message']} (since ${p['since']})`,
  },
  feedBaseline: {
    ja: (p) =>
      `${p['at']}に初めて読み取り、掲載済みの${p['count']}件は既知として記録しました。これらは投稿しません。`,
    en: (p) => `First read ${p['at']}: its ${p['count']} items are marked as known and not posted.`,
  },
  alert: {
    ja: (p) => `注意（${p['since']} から）：${p['message']}`,
    en: (p) => `Note (since ${p['since']}): ${p['message']}`,
  },
} as const satisfies Record<string, Sentence>;

/** What each check of `kosatsu doctor` looks at. */
export const doctorChecks = {
  config: { ja: () => '設定', en: () => 'config' },
  rules: { ja: () => '分類規則', en: () => 'rules' },
  store: { ja: () => '記録', en: () => 'store' },
  clock: { ja: () => '時計', en: () => 'clock' },
  credentials: { ja: () => '認証情報', en: () => 'credentials' },
  feeds: { ja: () => '情報源', en: () => 'feeds' },
  outside: { ja: () => '外部サーバー', en: () => 'outside' },
  publishing: { ja: () => '投稿', en: () => 'publishing' },
  'going-live': { ja: () => '運用開始前の確認', en: () => 'going-live' },
} as const satisfies Record<string, Sentence>;

/** How each finding of `kosatsu doctor` begins, and what they add up to. */
export const doctorFrame = {
  ok: { ja: () => '良好', en: () => 'ok' },
  warning: { ja: () => '注意', en: () => 'note' },
  problem: { ja: () => '要対処', en: () => 'MEND' },
  allWell: { ja: () => '対処が必要なものはありません。', en: () => 'Nothing needs mending.' },
  toMend: { ja: (p) => `対処が必要なもの：${p['count']}件`, en: (p) => `To mend: ${p['count']}` },
} as const satisfies Record<string, Sentence>;
