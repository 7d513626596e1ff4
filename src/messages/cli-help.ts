import type { Sentence } from './sentence.ts';

/** What each command does, in a line of the help. */
export const commandHelp = {
  run: {
    ja: () =>
      '常駐して情報源を確認し、投稿します。--once は一巡のみ、--dry-run は投稿せず予定の表示のみ行います。',
    en: () => 'Runs the worker. --once goes round once; --dry-run only shows what it would post.',
  },
  preview: {
    ja: () => '現時点で投稿される内容とその理由を表示します。Xにも記録にも一切触れません。',
    en: () => 'Shows what would be posted now, and why. Touches neither X nor the store.',
  },
  urgent: {
    ja: () => '緊急のお知らせを手動で投稿します。内容を示して確認を求め、Xの応答があるまで待ちます。',
    en: () => 'Posts an urgent notice by hand: shows it, asks, and waits for X’s answer.',
  },
  explain: {
    ja: () => '題名がどう分類されるかを、根拠とともに示します。何も投稿せず、記録もしません。',
    en: () => 'Says how a title would be classed, and why. Posts and records nothing.',
  },
  drill: {
    ja: () =>
      '緊急投稿の訓練を行います。練習用サーバーに【訓練】として投稿し、訂正するまでの所要時間を記録します。',
    en: () =>
      'Practises an urgent notice, from the question to the correction, on the sandbox, and times each step.',
  },
  posts: {
    ja: () => '投稿の一覧とそれぞれの状態を表示します。--format を付けると、すべての投稿を書き出します。',
    en: () => 'Lists the posts and their states. --format exports all of them.',
  },
  approve: { ja: () => '確認待ちの投稿を承認します。', en: () => 'Approves a held post.' },
  hold: {
    ja: () => '投稿待ちのものを見合わせます（確認待ちに戻します）。',
    en: () => 'Holds a queued post.',
  },
  edit: {
    ja: () => '未投稿のものの本文を修正し、新しい版として確認待ちにします。それまでの承認は無効になります。',
    en: () => 'Words a post anew before it goes out: a new version, held until it is approved.',
  },
  cancel: { ja: () => '未投稿のものを取り消します。', en: () => 'Cancels a post that has not gone out.' },
  retry: {
    ja: () => 'Xが拒否したもの、期限が切れたものを確認待ちに戻します。',
    en: () => 'Puts a rejected or expired post back before a person.',
  },
  known: {
    ja: () => '対応済みとして、投稿せずに処理を終えます。',
    en: () => 'Marks a post as known already: it is not posted.',
  },
  withdraw: {
    ja: () => 'このプログラムによる投稿をXから削除し、訂正を投稿します。内容を示して確認を求めます。',
    en: () => 'Deletes a post of this program at X and posts its correction: shows both and asks.',
  },
  resolve: {
    ja: () => '結果不明の投稿について、職員が確認した結果を記録します。',
    en: () => 'Records what a person saw of an uncertain post: it is on X, or it is not.',
  },
  pause: {
    ja: () => 'すべての投稿、特定の種類の投稿、又は特定の情報源からの投稿を一時停止します。',
    en: () => 'Stops all publishing, or one topic, or what one feed brings.',
  },
  resume: { ja: () => '一時停止を解除します。', en: () => 'Ends a pause.' },
  quarantine: {
    ja: () => '一度に多数現れたため見合わせている投稿を表示し、取扱いを決めます。',
    en: () => 'Shows news that came as a flood and is held, and decides on it.',
  },
  status: {
    ja: () => '情報源、投稿待ち、アカウント、最新の投稿などの状況を表示します。',
    en: () => 'Shows feeds, queue, account, mode and the last post.',
  },
  doctor: {
    ja: () => '設定、認証情報、時計、記録、情報源を点検し、対処方法を示します。',
    en: () => 'Checks config, credentials, clock, store and feeds, and says what to mend.',
  },
  review: {
    ja: () => '単独で行われた緊急投稿を、別の職員が事後に確認したことを記録します。',
    en: () => 'Records that a second person has looked at a notice that one person forced alone.',
  },
  policy: {
    ja: () => 'アカウントの運用方針を表示し、又は --html で公表用のページとして書き出します。',
    en: () => 'Prints the published operation policy, or writes it as a page with --html.',
  },
  operator: {
    ja: () =>
      '職員の登録（add）、一覧（list）、役割（roles）、無効化（disable）、トークン（token）、パスワード（password）。',
    en: () => 'Registers people (add, list, roles, disable) and makes their tokens and passwords.',
  },
  audit: {
    ja: () => '監査記録の改変の有無を検証（verify）し、又は開示用に出力（export）します。',
    en: () => 'Proves that the audit log was not tampered with (verify), or writes it out (export).',
  },
  privacy: {
    ja: () => '職員本人に関する情報を開示（export）し、又は氏名を消去（erase）します。',
    en: () => 'Discloses what is held of an operator (export), or erases the name (erase).',
  },
  backup: {
    ja: () => '記録の控え（バックアップ）をファイルに書き出します。常駐プロセスの稼働中でも実行できます。',
    en: () => 'Writes a copy of all records into a file, also while the worker runs.',
  },
  restore: {
    ja: () => '記録を控え（バックアップ）の内容に戻します。常駐プロセスを終了してから実行してください。',
    en: () => 'Puts a backup in the place of the records. The worker must be stopped.',
  },
  sandbox: {
    ja: () => 'Xの代わりとなる練習用サーバーだけを起動します。',
    en: () => 'Starts only the local server that plays X.',
  },
} as const satisfies Record<string, Sentence>;

/** What each flag means. */
export const flagHelp = {
  config: { ja: () => '設定フォルダー（既定：config）', en: () => 'settings folder (default: config)' },
  data: { ja: () => 'データフォルダー（既定：data）', en: () => 'data folder (default: data)' },
  feed: {
    ja: () => '設定の情報源に代えて、このアドレス又はファイルを読みます',
    en: () => 'reads this address or file instead of the configured feeds',
  },
  'first-run': {
    ja: () => '初回に見つけた項目の扱い：baseline（既定、投稿しない）又は publish（投稿する）',
    en: () => 'what the first run finds is known (baseline, the default) or posted (publish)',
  },
  once: {
    ja: () => '各情報源を一度確認し、投稿待ちをすべて投稿して終了します',
    en: () => 'polls every feed once, publishes what is due, and ends',
  },
  'dry-run': {
    ja: () => '投稿せず、予定だけを表示します',
    en: () => 'publishes nothing and prints what it would',
  },
  port: { ja: () => '待ち受けるポート番号', en: () => 'port to listen on' },
  json: { ja: () => '一行に一件の JSON で出力します', en: () => 'one JSON object a line' },
  html: {
    ja: () => '投稿の見本を一枚の HTML ファイルに書き出します',
    en: () => 'writes the posts as cards into one HTML file',
  },
  text: { ja: () => '投稿する本文', en: () => 'text of the notice' },
  url: { ja: () => '添えるリンク', en: () => 'link of the notice' },
  template: {
    ja: () => 'config/templates.yaml の文例の名前',
    en: () => 'name of a template in config/templates.yaml',
  },
  set: {
    ja: () => '文例の項目に入れる値（繰り返し可）',
    en: () => 'fills a field of the template (repeatable)',
  },
  lang: { ja: () => '投稿の言語', en: () => 'language of the notice' },
  yes: { ja: () => '確認の質問を省きます', en: () => 'does not ask first' },
  'override-pause': {
    ja: () => '一時停止中でも投稿します',
    en: () => 'posts even while publishing is paused',
  },
  topic: {
    ja: () => 'この種類の投稿だけを対象とします（main 更新情報、urgent 緊急のお知らせ）',
    en: () => 'only posts of this topic',
  },
  state: { ja: () => 'この状態のものだけを表示します', en: () => 'only posts in this state' },
  by: {
    ja: () => '操作する職員の氏名（既定：ログイン名）',
    en: () => 'who decides (default: the login name)',
  },
  reason: { ja: () => '記録に残す理由', en: () => 'why, for the record' },
  'token-file': {
    ja: () => '本人のアクセストークンを保存したファイル（既定：環境変数 KOSATSU_TOKEN）',
    en: () => 'file with your access token (default: KOSATSU_TOKEN)',
  },
  'break-glass': {
    ja: () =>
      '二人目の承認を待たずに投稿します（理由と、その場でのパスワード入力が必要。事後に別の職員が確認します）',
    en: () => 'posts without the second person; needs a reason and your password, and is reviewed afterwards',
  },
  operator: { ja: () => '対象となる職員の氏名', en: () => 'name of the operator it concerns' },
  role: {
    ja: () => '役割：viewer、editor、approver、administrator（繰り返し可）',
    en: () => 'viewer, editor, approver or administrator (repeatable)',
  },
  label: { ja: () => 'トークンの用途を示す名前', en: () => 'what the token is for' },
  revoke: { ja: () => '取り消すトークンの番号', en: () => 'id of the token to revoke' },
  reset: {
    ja: () => '管理者として初期パスワードを再発行します',
    en: () => 'gives a new one-time password, as administrator',
  },
  format: { ja: () => '出力の形式：jsonl（既定）又は csv', en: () => 'jsonl (default) or csv' },
  from: {
    ja: () => 'この日から（2026-04-01 の形、日本時間）',
    en: () => 'from this day on (2026-04-01, Japan time)',
  },
  to: { ja: () => 'この日まで（当日を含む）', en: () => 'up to and including this day' },
  out: {
    ja: () => '書き出し先のファイル（既定：標準出力）。すべて書き出した時点でこの名前になります',
    en: () => 'writes into this file, not to stdout; it has its name once it is whole',
  },
  anchor: {
    ja: () => '外部に控えた番号とハッシュ値（繰り返し可）',
    en: () => 'a head that was kept outside (repeatable)',
  },
  correct: {
    ja: () => '文例から用意した訂正を同時に投稿します',
    en: () => 'posts the correction that stands prepared',
  },
  correction: { ja: () => '代わりに投稿する訂正の本文', en: () => 'text of the correction to post' },
  published: {
    ja: () => '投稿されていた場合：XでのURL又は番号',
    en: () => 'it is on X, under this id or address',
  },
  'not-published': { ja: () => '投稿されていなかった場合', en: () => 'it is not on X' },
  'all-known': {
    ja: () => 'すべて対応済みとし、投稿しません',
    en: () => 'none of them is news: nothing is posted',
  },
  post: {
    ja: () => 'この番号（ID）のものを投稿し、他は対応済みとします',
    en: () => 'posts these; the others are known',
  },
  'newest-only': {
    ja: () => '最新の1件のみを投稿し、他は対応済みとします',
    en: () => 'posts the newest; the others are known',
  },
  help: { ja: () => 'この説明を表示します', en: () => 'shows this help' },
} as const satisfies Record<string, Sentence>;

/** `--feed` where it names a configured feed. */
export const feedNameHelp: Sentence = {
  ja: () => 'この名前の情報源からの投稿だけを対象とします',
  en: () => 'only posts from the feed of this name',
};

/** The frame of the help pages. */
export const helpFrame = {
  about: {
    ja: () => '高札（Kosatsu）：公的機関のお知らせを公式アカウントに投稿します。返信は行いません。',
    en: () => 'Kosatsu posts a public institution’s announcements to its official account. It never replies.',
  },
  usage: { ja: () => '使い方：', en: () => 'Usage: ' },
  commands: { ja: () => 'コマンド：', en: () => 'Commands:' },
  flags: { ja: () => 'オプション：', en: () => 'Options:' },
  more: {
    ja: () => '各コマンドの詳細：kosatsu コマンド --help',
    en: () => 'More on a command: kosatsu COMMAND --help',
  },
  exitCodes: {
    ja: () =>
      '終了コード：0 完了、1 予期しない障害、2 使い方又は設定の誤り、3 運用方針により見合わせ又は投稿不可、4 Xが拒否、5 結果不明',
    en: () =>
      'Exit codes: 0 done, 1 unexpected, 2 wrong usage or config, 3 held or refused by policy, 4 refused by X, 5 outcome unknown',
  },
} as const satisfies Record<string, Sentence>;
