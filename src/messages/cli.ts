import type { Sentence } from './sentence.ts';

/** What the command line says beside its results: mistakes in what was typed, ends, and questions. */
export const cliSentences = {
  noCommand: { ja: () => 'コマンドを指定してください。', en: () => 'Which command? Here is what there is.' },
  unknownCommand: {
    ja: (p) =>
      `「${p['name']}」というコマンドはありません。何も実行していません。kosatsu --help で一覧を表示します。`,
    en: (p) => `There is no command "${p['name']}". Nothing was done. kosatsu --help lists them.`,
  },
  unknownCommandNearest: {
    ja: (p) =>
      `「${p['name']}」というコマンドはありません（「${p['nearest']}」でしょうか）。何も実行していません。`,
    en: (p) => `There is no command "${p['name']}"; did you mean "${p['nearest']}"? Nothing was done.`,
  },
  unknownFlag: {
    ja: (p) => `「${p['flag']}」というオプションはこのコマンドにはありません。何も実行していません。`,
    en: (p) => `This command has no option ${p['flag']}. Nothing was done.`,
  },
  flagOfOther: {
    ja: (p) => `「${p['action']}」では --${p['flag']} を指定できません。何も実行していません。`,
    en: (p) => `"${p['action']}" takes no option --${p['flag']}. Nothing was done.`,
  },
  unknownFlagNearest: {
    ja: (p) =>
      `「${p['flag']}」というオプションはこのコマンドにはありません（「--${p['nearest']}」でしょうか）。何も実行していません。`,
    en: (p) => `This command has no option ${p['flag']}; did you mean --${p['nearest']}? Nothing was done.`,
  },
  flagNeedsValue: {
    ja: (p) => `--${p['flag']} には値（${p['value']}）が必要です。`,
    en: (p) => `--${p['flag']} needs a value (${p['value']}).`,
  },
  flagTakesNoValue: {
    ja: (p) => `--${p['flag']} に値は指定できません。`,
    en: (p) => `--${p['flag']} takes no value.`,
  },
  flagTwice: {
    ja: (p) => `--${p['flag']} が二度指定されています。`,
    en: (p) => `--${p['flag']} was given twice.`,
  },
  flagValueHyphen: {
    ja: (p) =>
      `--${p['flag']} の値が「${p['value']}」になっています。値がハイフンで始まる場合は --${p['flag']}=${p['value']} と書いてください。`,
    en: (p) =>
      `The value of --${p['flag']} is missing, or is really "${p['value']}": then write --${p['flag']}=${p['value']}.`,
  },
  flagNotOneOf: {
    ja: (p) => `--${p['flag']} に「${p['value']}」は指定できません。指定できる値：${p['choices']}。`,
    en: (p) => `--${p['flag']} can't be "${p['value']}"; it is one of: ${p['choices']}.`,
  },
  flagsTogether: {
    ja: (p) => `--${p['one']} と --${p['other']} は同時に指定できません。`,
    en: (p) => `--${p['one']} and --${p['other']} can't be given together.`,
  },
  unexpectedWord: {
    ja: (p) => `「${p['word']}」はここでは指定できません。空白を含む値は引用符で囲んでください。`,
    en: (p) => `"${p['word']}" is not expected here. A value with spaces needs quotation marks.`,
  },
  idMissing: {
    ja: () => '投稿の番号（ID）を指定してください。番号は kosatsu posts で確認できます。',
    en: () => 'Which post? Give its ID; kosatsu posts shows them.',
  },
  idUnknown: {
    ja: (p) =>
      `番号「${p['id']}」の投稿はありません。何も変更していません。番号は kosatsu posts で確認できます。`,
    en: (p) => `There is no post ${p['id']}. Nothing was changed. kosatsu posts shows the IDs.`,
  },
  titleMissing: {
    ja: () =>
      '題名を一つ、引用符で囲んで指定してください（例：kosatsu explain "台風により影響を受けた手続の取扱いについて"）。',
    en: () =>
      'Give one title in quotation marks, such as kosatsu explain "Procedures Affected by the Flood".',
  },
  actionMissing: {
    ja: (p) => `行う操作を指定してください：${p['actions']}。何も実行していません。`,
    en: (p) => `What should be done? One of: ${p['actions']}. Nothing was done.`,
  },
  fileMissing: {
    ja: () => 'ファイルの名前を指定してください。何も実行していません。',
    en: () => 'Which file? Give its name. Nothing was done.',
  },
  portWrong: {
    ja: (p) => `ポート番号「${p['value']}」は使用できません。0 から 65535 までの整数を指定してください。`,
    en: (p) => `"${p['value']}" is no port; it is a whole number from 0 to 65535.`,
  },
  portTaken: {
    ja: (p) =>
      `ポート ${p['port']} は使用中です。別のポートを指定するか、使用中のプログラムを終了してください。`,
    en: (p) => `Port ${p['port']} is taken. Choose another one, or end the program that uses it.`,
  },
  mistakesHead: {
    ja: (p) =>
      `設定に誤りが${p['count']}件あります。何も起動していません。次を修正してから、もう一度実行してください。`,
    en: (p) =>
      `${p['count'] === 1 ? 'There is a mistake' : `There are ${p['count']} mistakes`} in the settings. Nothing was started. Mend ${p['count'] === 1 ? 'it' : 'them'} and start again:`,
  },
  unexpected: {
    ja: (p) => `予期しない障害が発生したため、終了しました：${p['detail']}`,
    en: (p) => `Something unexpected happened and the command ended: ${p['detail']}`,
  },
  pathTrouble: {
    ja: (p) => `${p['path']} を使用できません（${p['detail']}）。場所と権限を確認してください。`,
    en: (p) => `${p['path']} can't be used (${p['detail']}). Check the path and its permissions.`,
  },
  stray: {
    ja: (p) => `内部で障害が発生しましたが、処理を続けています：${p['detail']}`,
    en: (p) => `Something inside failed; the program goes on: ${p['detail']}`,
  },
  tooManyStrays: {
    ja: () => '内部の障害が続いているため、安全のため終了します。投稿の状態は記録されています。',
    en: () => 'Too much inside fails, so the program ends to be safe. The state of every post is on record.',
  },
  neverEnded: {
    ja: () => 'コマンドが完了しないまま終了しました。kosatsu status で状況を確認してください。',
    en: () => 'The command ended before it was done. See kosatsu status.',
  },
  stopping: {
    ja: () => '終了します。送信中の投稿があれば、完了を待ちます（もう一度 Ctrl-C で即時終了）。',
    en: () => 'Ending, once a post under way is done (Ctrl-C again ends at once).',
  },
  feedInLive: {
    ja: () =>
      '--feed は本番アカウントへの投稿には使用できません。config/feeds.yaml に登録してください。何も起動していません。',
    en: () =>
      '--feed can’t be used with the live account: add the feed to config/feeds.yaml. Nothing was started.',
  },
  workerElsewhere: {
    ja: (p) =>
      `このデータフォルダーは別のプロセス（${p['holder']}）が使用中です。そちらを終了するか、別の --data を指定してください。`,
    en: (p) =>
      `Another process (${p['holder']}) works with this data folder. End it, or give another --data.`,
  },
  leaseLost: {
    ja: () => '別のプロセスが投稿を引き継いだため、終了しました。',
    en: () => 'Another process took over publishing, so this one ended.',
  },
  linkFailed: {
    ja: (p) =>
      `コマンドからの指示を受け付けられません（${p['detail']}）。投稿は続けますが、職員の操作が反映されるまでに時間がかかることがあります。`,
    en: (p) =>
      `Commands can’t reach this worker (${p['detail']}). It goes on publishing; what people decide is seen a little later.`,
  },
  published: {
    ja: (p) => `投稿しました：${p['text']}\n  ${p['url']}`,
    en: (p) => `Posted: ${p['text']}\n  ${p['url']}`,
  },
  postedCount: { ja: (p) => `${p['count']}件を投稿しました。`, en: (p) => `Posted: ${p['count']}.` },
  done: { ja: (p) => `投稿 ${p['id']}：${p['state']}。`, en: (p) => `Post ${p['id']} is now ${p['state']}.` },
  stillHeld: {
    ja: (p) => `承認を記録しました。投稿 ${p['id']} は、次の理由により引き続き確認待ちです。`,
    en: (p) => `The approval is on record. Post ${p['id']} is still held:`,
  },
  noPosts: { ja: () => '該当する投稿はありません。', en: () => 'There are no such posts.' },
  postsCut: {
    ja: (p) => `最新の${p['count']}件のみ表示しています。--state で絞り込めます。`,
    en: (p) => `Only the newest ${p['count']} are shown; --state narrows them down.`,
  },
  htmlWritten: { ja: (p) => `${p['path']} に書き出しました。`, en: (p) => `Written: ${p['path']}` },
  feedProblem: {
    ja: (p) => `情報源「${p['feed']}」：${p['message']}`,
    en: (p) => `Feed "${p['feed']}": ${p['message']}`,
  },
  consoleOpen: { ja: (p) => `状況の画面：${p['url']}`, en: (p) => `Status page: ${p['url']}` },
  ownSandboxOpen: {
    ja: (p) =>
      `アカウントが設定されていないため、サンドボックス（練習用）で動作します。Xには何も届きません。\n` +
      `  タイムライン：${p['timeline']}\n  情報源：${p['feed']}`,
    en: (p) =>
      `No account is configured, so everything goes to the sandbox; nothing reaches X.\n` +
      `  Timeline: ${p['timeline']}\n  Feed: ${p['feed']}`,
  },
  sandboxOpen: {
    ja: (p) =>
      `練習用サーバーを起動しました。\n  タイムライン：${p['timeline']}\n  情報源：${p['feed']}\n  API（X_API_URL）：${p['api']}\n` +
      `ここへ投稿するには、次の行を .env に書きます（Xの認証情報ではありません）。\n${p['settings']}`,
    en: (p) =>
      `The sandbox is open.\n  Timeline: ${p['timeline']}\n  Feed: ${p['feed']}\n  API (X_API_URL): ${p['api']}\n` +
      `To post to it, put these lines into .env (they open nothing at X):\n${p['settings']}`,
  },
} as const satisfies Record<string, Sentence>;
