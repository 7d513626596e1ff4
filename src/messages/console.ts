import { pauseReach } from './pauses.ts';
import type { Sentence } from './sentence.ts';

/** Headings and sentences of the operators' pages. */
export const consoleMessages = {
  title: { ja: () => '高札 — 投稿の状況', en: () => 'Kosatsu — state of the board' },
  'band-live': {
    ja: (p) => `本番 — @${p['account']} に実際に投稿しています`,
    en: (p) => `LIVE — posts go to @${p['account']}`,
  },
  'band-sandbox': {
    ja: (p) => `サンドボックス — @${p['account']}。X には何も投稿されません`,
    en: (p) => `SANDBOX — @${p['account']}; nothing here reaches X`,
  },
  'band-drill': {
    ja: (p) => `訓練 — @${p['account']}。X には何も投稿されません`,
    en: (p) => `DRILL — @${p['account']}; nothing here reaches X`,
  },
  'worker-running': { ja: () => '巡回・投稿処理は動作しています。', en: () => 'The worker is running.' },
  'worker-stopped': {
    ja: () => '巡回・投稿処理は動作していません。新着情報は確認されず、何も投稿されません。',
    en: () => 'The worker is not running: no feed is read and nothing is posted.',
  },
  publishing: { ja: () => '投稿は通常どおり行われています。', en: () => 'Publishing goes on as usual.' },
  paused: {
    ja: (p) =>
      `${p['by']} が${pauseReach.ja(p)}を一時停止しています（${p['since']} から）。理由：${p['reason']}`,
    en: (p) => `${p['by']} paused ${pauseReach.en(p)} (since ${p['since']}). Reason: ${p['reason']}`,
  },
  'account-stopped': {
    ja: (p) => `X の応答により投稿を見合わせています。理由：${p['reason']}／次の確認：${p['until']}`,
    en: (p) =>
      `Publishing waits because of X's answer. Reason: ${p['reason']}. Looked at again: ${p['until']}`,
  },
  'heading-now': { ja: () => '現在の状況', en: () => 'Now' },
  'heading-alerts': { ja: () => 'お知らせ（対応が必要なもの）', en: () => 'What needs attention' },
  'no-alerts': { ja: () => '対応が必要なものはありません。', en: () => 'Nothing needs attention.' },
  'heading-queue': { ja: () => '投稿の件数', en: () => 'Posts by state' },
  'heading-posts': { ja: () => '最近の記録', en: () => 'Latest posts' },
  'no-posts': { ja: () => 'まだ記録がありません。', en: () => 'Nothing is recorded yet.' },
  'heading-feeds': { ja: () => 'フィード', en: () => 'Feeds' },
  'column-feed': { ja: () => 'フィード', en: () => 'Feed' },
  'column-checked': { ja: () => '最終確認', en: () => 'Last read' },
  'column-next': { ja: () => '次回', en: () => 'Next' },
  'column-newest': { ja: () => '最後の新着', en: () => 'Last news' },
  'column-items': { ja: () => '件数', en: () => 'Items' },
  'column-problem': { ja: () => '問題', en: () => 'Problem' },
  'column-state': { ja: () => '状態', en: () => 'State' },
  'column-count': { ja: () => '件数', en: () => 'Count' },
  since: { ja: (p) => `${p['since']} から`, en: (p) => `since ${p['since']}` },
  disabled: { ja: () => '無効', en: () => 'disabled' },
  none: { ja: () => 'なし', en: () => 'none' },
  recorded: { ja: (p) => `記録 ${p['at']}`, en: (p) => `recorded ${p['at']}` },
  published: { ja: (p) => `投稿 ${p['at']}`, en: (p) => `posted ${p['at']}` },
  weight: { ja: (p) => `長さ ${p['weight']}／280`, en: (p) => `weight ${p['weight']} of 280` },
  'other-language': { ja: () => 'English', en: () => '日本語' },
  'shown-at': {
    ja: (p) => `${p['at']} 現在（日本時間）。この画面は自動的に更新されます。`,
    en: (p) => `As of ${p['at']}. This page renews itself.`,
  },
  'last-post': { ja: () => '最後の投稿', en: () => 'Last post' },
} as const satisfies Record<string, Sentence>;
