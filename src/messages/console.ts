import { pauseReach } from './pauses.ts';
import { given, type Sentence } from './sentence.ts';
import { xDetail } from './x-details.ts';

/** Headings and sentences of the operators' pages. */
export const consoleMessages = {
  /** password */
  printed: {
    ja: (p) => `  サインイン用のパスワード：${p['password']}（職員を登録するまで有効。氏名は任意）`,
    en: (p) => `  Sign in with any name and this password: ${p['password']} (until operators are registered)`,
  },
  /** password, name */
  'printed-first': {
    ja: (p) =>
      `  サインイン用のパスワード：${p['password']}（氏名は任意。表示は一度限りです）\n` +
      `  kosatsu operator add で最初の職員を登録するまで有効です。その際、管理者「${p['name']}」の初期パスワードが新たに表示されます。`,
    en: (p) =>
      `  Sign in with any name and this password: ${p['password']} (it is shown only now)\n` +
      `  It is good until kosatsu operator add registers the first person, and then shows a one-time password of "${p['name']}".`,
  },
  name: { ja: () => '高札', en: () => 'Kosatsu' },
  title: { ja: () => '投稿の状況', en: () => 'Board' },
  'title-live': { ja: () => '【本番】', en: () => '[LIVE]' },
  'title-sandbox': { ja: () => '【サンドボックス】', en: () => '[SANDBOX]' },
  'title-drill': { ja: () => '【訓練】', en: () => '[DRILL]' },
  skip: { ja: () => '本文へ移動', en: () => 'Skip to the content' },
  nav: { ja: () => 'メニュー', en: () => 'Menu' },
  'nav-board': { ja: () => '投稿の状況', en: () => 'Board' },
  'nav-urgent': { ja: () => '緊急のお知らせ', en: () => 'Urgent notice' },
  'nav-history': { ja: () => '投稿の記録', en: () => 'History' },
  'nav-charts': { ja: () => '推移', en: () => 'Charts' },
  'nav-dry-run': { ja: () => '試行', en: () => 'Dry run' },
  'nav-feeds': { ja: () => '情報源', en: () => 'Feeds' },
  'nav-rules': { ja: () => '分類と文例', en: () => 'Rules and templates' },
  'nav-account': { ja: () => 'サインイン情報', en: () => 'Your account' },
  'foot-policy': { ja: () => 'アカウントの運用方針', en: () => 'Operation policy' },
  lost: {
    ja: () =>
      'サーバーとの接続が切れています。表示は最新ではない可能性があります。接続が戻り次第、自動的に更新されます。',
    en: () => 'The server cannot be reached. What you see may be old; it is renewed once the server answers.',
  },
  'error-title': { ja: () => '操作を完了できませんでした', en: () => 'That was not done' },
  'no-page-title': { ja: () => 'ページを表示できません', en: () => 'This page cannot be shown' },
  'to-board': { ja: () => '投稿の状況へ戻る', en: () => 'Back to the board' },
  'form-old': {
    ja: () =>
      'この画面は以前のサインインで開かれたものです。何も変更していません。画面を開き直し、もう一度操作してください。',
    en: () =>
      'This page was opened before you last signed in. Nothing was changed. Open it again and repeat what you wanted to do.',
  },
  'not-from-here': {
    ja: () =>
      '本システムの画面から送信されたことを確認できませんでした。何も変更していません。画面を開き直し、もう一度操作してください。',
    en: () =>
      'This was not sent from a page of this console. Nothing was changed. Open the page again and repeat what you wanted to do.',
  },
  'form-broken': {
    ja: () =>
      '送信された項目に不足又は重複があります。何も変更していません。画面を開き直し、もう一度操作してください。',
    en: () =>
      'A field of the form is missing or was sent twice. Nothing was changed. Open the page again and repeat what you wanted to do.',
  },
  'not-allowed': {
    ja: () => 'この操作に必要な権限がありません。何も変更していません。管理者に確認してください。',
    en: () => 'You have no right to do this. Nothing was changed. Ask an administrator.',
  },
  'not-found': { ja: () => 'お探しのページはありません。', en: () => 'There is no such page.' },
  'too-large': {
    ja: () => '送信された内容が大きすぎます。何も変更していません。',
    en: () => 'What was sent is too large. Nothing was changed.',
  },
  unexpected: {
    ja: () =>
      '処理中に問題が発生しました。操作が反映されたかどうかは、投稿の状況で確認してください。同じ操作を繰り返す前に必ず確認してください。',
    en: () =>
      'Something went wrong on the way. Look at the board to see whether it was done before you try again.',
  },
  'band-live': {
    ja: (p) => `@${p['account']} に実際に投稿しています`,
    en: (p) => `posts go to @${p['account']}`,
  },
  'band-sandbox': {
    ja: (p) => `@${p['account']}（Xには何も投稿されません）`,
    en: (p) => `@${p['account']}; nothing here reaches X`,
  },
  'band-drill': {
    ja: (p) => `@${p['account']}（Xには何も投稿されません）`,
    en: (p) => `@${p['account']}; nothing here reaches X`,
  },
  'worker-running': { ja: () => '常駐プロセスは稼働しています。', en: () => 'The worker is running.' },
  'worker-stopped': {
    ja: () => '常駐プロセスは停止しています。情報源の確認も投稿も行われません。',
    en: () => 'The worker is not running: no feed is read and nothing is posted.',
  },
  publishing: { ja: () => '投稿は通常どおり行われています。', en: () => 'Publishing goes on as usual.' },
  paused: {
    ja: (p) =>
      `${p['by']}が${pauseReach.ja(p)}を一時停止しています（${p['since']} から）。理由：${p['reason']}`,
    en: (p) => `${p['by']} paused ${pauseReach.en(p)} (since ${p['since']}). Reason: ${p['reason']}`,
  },
  'account-stopped': {
    ja: (p) =>
      `Xの応答により投稿を見合わせています。理由：${xDetail(p, 'ja', 'reason')}／次の確認：${p['until']}`,
    en: (p) =>
      `Publishing waits because of X's answer. Reason: ${p['reason']}. Looked at again: ${p['until']}`,
  },
  'heading-now': { ja: () => '現在の状況', en: () => 'Now' },
  'heading-queue': { ja: () => '投稿の件数', en: () => 'Posts by state' },
  'heading-feeds': { ja: () => '情報源', en: () => 'Feeds' },
  'column-feed': { ja: () => '情報源', en: () => 'Feed' },
  'column-checked': { ja: () => '最終の読取り', en: () => 'Last read' },
  'column-next': { ja: () => '次回', en: () => 'Next' },
  'column-newest': { ja: () => '最後の新着', en: () => 'Last news' },
  /** length */
  ago: { ja: (p) => `（${given(p, 'length')}前）`, en: (p) => `(${given(p, 'length')} ago)` },
  'column-items': { ja: () => '件数', en: () => 'Items' },
  'column-problem': { ja: () => '問題', en: () => 'Problem' },
  'column-state': { ja: () => '状態', en: () => 'State' },
  'column-count': { ja: () => '件数', en: () => 'Count' },
  since: { ja: (p) => `${p['since']} から`, en: (p) => `since ${p['since']}` },
  disabled: { ja: () => '無効', en: () => 'disabled' },
  none: { ja: () => 'なし', en: () => 'none' },
  'other-language': { ja: () => 'English', en: () => '日本語' },
  'shown-at': {
    ja: (p) => `${p['at']} 現在（日本時間）`,
    en: (p) => `As of ${p['at']}`,
  },
} as const satisfies Record<string, Sentence>;
