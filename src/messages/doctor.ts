import { pauseReach, reachFlags } from './pauses.ts';
import type { Sentence } from './sentence.ts';

/** What `doctor` found, and what to mend. */
export const doctorMessages = {
  'config-ok': {
    ja: (p) => `設定（${p['dir']}）に誤りはありません。有効な情報源は${p['feeds']}件です。`,
    en: (p) => `The configuration (${p['dir']}) has no mistakes; ${p['feeds']} feed(s) are enabled.`,
  },
  'contact-missing': {
    ja: () =>
      '情報源に知らせる連絡先が設定されていません。情報源の管理者が問い合わせできるよう、config/channels.yaml の contact に連絡先（URL 又はメールアドレス）を設定してください。',
    en: () =>
      'No contact is configured, so the owners of the feeds cannot tell whom to ask before they block the program. Put an address into contact in config/channels.yaml.',
  },
  'rules-ok': {
    ja: () => '分類規則は、併記された確認用の題名すべてを期待どおりに分類しています。',
    en: () => 'The rules class all the titles listed with them as expected.',
  },
  'rule-test-failed': {
    ja: (p) =>
      `分類規則の確認に失敗しました。「${p['title']}」は ${p['expected']} のはずですが ${p['got']} になります。config/rules.yaml の直近の変更を見直してください。`,
    en: (p) =>
      `The rules class “${p['title']}” as ${p['got']}, not as ${p['expected']}. Review the last change of config/rules.yaml.`,
  },
  'store-sound': {
    ja: (p) => `記録（${p['dir']}）に破損はありません。投稿の記録は${p['entries']}件です。`,
    en: (p) => `The outbox (${p['dir']}) is sound and holds ${p['entries']} post(s).`,
  },
  'store-read': {
    ja: (p) => `記録（${p['dir']}）を読み取れました。投稿の記録は${p['entries']}件です。`,
    en: (p) => `The outbox (${p['dir']}) could be read and holds ${p['entries']} post(s).`,
  },
  'store-missing': {
    ja: (p) => `記録（${p['dir']}）はまだありません。kosatsu run の開始時に作成されます。`,
    en: (p) => `There is no outbox (${p['dir']}) yet; kosatsu run makes it when it starts.`,
  },
  'store-damaged': {
    ja: (p) =>
      `記録（${p['dir']}）が破損しています。常駐プロセスを終了し、kosatsu restore で控え（バックアップ）から復元してください。`,
    en: (p) =>
      `The outbox (${p['dir']}) is damaged. Stop the worker and put a backup in its place with kosatsu restore.`,
  },
  'store-outdated': {
    ja: (p) =>
      `記録（${p['dir']}）は、更新前の版のプログラムが作成したものです。kosatsu run の開始時に、現在の版に合わせて更新されます。記録の内容は、その後にもう一度 kosatsu doctor で確認してください。`,
    en: (p) =>
      `The outbox (${p['dir']}) is of an older version of the program; kosatsu run brings it up to date when it starts. Run kosatsu doctor again afterwards: what is in it was not looked at.`,
  },
  'store-unwritable': {
    ja: (p) =>
      `データフォルダー（${p['dir']}）に書き込めません。kosatsu run を実行する利用者の権限と、ディスクの状態を確認してください。`,
    en: (p) =>
      `The data folder (${p['dir']}) cannot be written. Check the rights of the user who runs kosatsu run, and the disk.`,
  },
  paused: {
    ja: (p) =>
      `${p['by']}が${pauseReach.ja(p)}を一時停止しています（${p['since']} から。理由：${p['reason']}）。再開するには kosatsu resume${reachFlags(p)} を実行してください。`,
    en: (p) =>
      `${p['by']} has paused ${pauseReach.en(p)} (since ${p['since']}: ${p['reason']}). To go on, run kosatsu resume${reachFlags(p)}.`,
  },
  'account-stopped': {
    ja: (p) =>
      `Xの応答により投稿を見合わせています（${p['reason']}）。原因を解消した後、kosatsu resume ですぐに再開できます。`,
    en: (p) =>
      `Publishing waits because of X's answer (${p['reason']}). Once mended, kosatsu resume starts it at once.`,
  },
  'uncertain-entries': {
    ja: (p) =>
      `Xに届いたか未確認の投稿が${p['count']}件あります。kosatsu posts --state uncertain で確認してください。`,
    en: (p) =>
      `${p['count']} post(s) are uncertain: it is not known whether X has them. See kosatsu posts --state uncertain.`,
  },
  'no-credentials': {
    ja: () =>
      'Xの認証情報が設定されていないため、投稿はサンドボックスにのみ行われます。本番で使うには .env に四つの鍵を設定してください。',
    en: () =>
      'No X credentials are set, so posts go to the sandbox only. For the real account put the four keys into .env.',
  },
  'credentials-ok': {
    ja: (p) => `Xの認証情報は @${p['handle']} のものとして確認できました。`,
    en: (p) => `X accepts the credentials as @${p['handle']}'s.`,
  },
  'credentials-refused': {
    ja: (p) =>
      `Xが認証情報を受け付けません（${p['detail']}）。投稿は行われず、投稿待ちのまま残ります。.env の四つの鍵をXの開発者画面と照合してください。`,
    en: (p) =>
      `X refuses the credentials (${p['detail']}). Nothing is posted; posts stay in the queue. Compare the four keys in .env with X's developer portal.`,
  },
  'credentials-of-another': {
    ja: (p) =>
      `認証情報は @${p['actual']} のものですが、設定では @${p['configured']} です。投稿は行いません。.env 又は config/channels.yaml を直してください。`,
    en: (p) =>
      `The credentials are @${p['actual']}'s, but @${p['configured']} is configured. Nothing is posted. Mend .env or config/channels.yaml.`,
  },
  'x-unreachable': {
    ja: (p) =>
      `Xに接続できません（${p['detail']}）。ネットワークとXの障害情報を確認してください。投稿は、投稿待ちのまま残ります。`,
    en: (p) =>
      `X cannot be reached (${p['detail']}). Check the network and X's status page. Posts stay in the queue.`,
  },
  'clock-ok': {
    ja: (p) => `時計はXと${p['seconds']}秒以内で一致しています。`,
    en: (p) => `The clock agrees with X's within ${p['seconds']} s.`,
  },
  'clock-wrong': {
    ja: (p) =>
      `時計がXと${p['seconds']}秒ずれています。署名が拒否されるおそれがあります。時刻同期（NTP）を確認してください。`,
    en: (p) =>
      `The clock differs from X's by ${p['seconds']} s, so that signatures may be refused. Check time synchronisation (NTP).`,
  },
  /** key, host */
  'outside-reached': {
    ja: (p) =>
      `${p['key']} のサーバー（${p['host']}）に接続できます（接続のみを確認し、何も送信していません）。`,
    en: (p) =>
      `The server of ${p['key']} (${p['host']}) can be reached (only connected to; nothing was sent).`,
  },
  /** key, detail */
  'outside-unreached': {
    ja: (p) =>
      `${p['key']} のサーバーに接続できません（${p['detail']}）。config/channels.yaml のアドレスと、サーバーの状態を確認してください。`,
    en: (p) =>
      `The server of ${p['key']} cannot be reached (${p['detail']}). Check the address in config/channels.yaml, and that server.`,
  },
  'feed-ok': {
    ja: (p) => `情報源「${p['feed']}」から${p['items']}件を読み取りました。`,
    en: (p) => `Feed “${p['feed']}” was read: ${p['items']} item(s).`,
  },
  'feed-disabled': {
    ja: (p) => `情報源「${p['feed']}」は無効に設定されています。`,
    en: (p) => `Feed “${p['feed']}” is disabled in the configuration.`,
  },
  'feed-problem': {
    ja: (p) => `情報源「${p['feed']}」：${p['message']}`,
    en: (p) => `Feed “${p['feed']}”: ${p['message']}`,
  },
} as const satisfies Record<string, Sentence>;
