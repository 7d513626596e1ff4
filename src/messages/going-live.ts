import { given, type Sentence } from './sentence.ts';

/** What `doctor` says of the points of docs/going-live.md that it can see. */
export const goingLiveMessages = {
  'all-seen': {
    ja: () =>
      '運用開始前の確認事項のうち、設定から確認できるものは満たされています。残りは docs/going-live.md を参照してください。',
    en: () =>
      'What settings can show of the going-live checklist is in order. The rest is in docs/going-live.md.',
  },
  'hosts-not-official': {
    ja: (p) =>
      `リンクを認めるサイトに go.jp 以外のもの（${given(p, 'found')}）があります。config/policy.yaml の allowedHosts を確認してください。`,
    en: (p) =>
      `Posts may link to sites outside go.jp (${given(p, 'found')}). Check allowedHosts in config/policy.yaml.`,
  },
  'policy-unnamed': {
    ja: (p) =>
      `運用方針の版（version: ${given(p, 'found')}）が付されていません。公表した方針の日付と版を config/policy.yaml に記載してください。`,
    en: (p) =>
      `The policy bears no version of its own (${given(p, 'found')}). Give the date and edition of the published one in config/policy.yaml.`,
  },
  'policy-unpublished': {
    ja: () =>
      '公表する運用方針の本文がありません。意見箱の案内を含め、config/policy.yaml の published に日本語と英語で記載してください。',
    en: () =>
      'There is no policy text to publish. Write it, with the opinion box, in both languages under published in config/policy.yaml.',
  },
  'alarms-unheard': {
    ja: () =>
      '警報の送信先（notify.webhook）がないため、警報はログと画面にのみ表示されます。夜間・休日にも気付ける送信先を設定してください。',
    en: () =>
      'Alarms go nowhere but the log and the pages (notify.webhook is not set). Name a server that reaches somebody by day and by night.',
  },
  'head-unanchored': {
    ja: () =>
      '監査記録の最新ハッシュ値の送信先（notify.auditHead）がありません。ログに毎日表示される値を別の機器に控えるか、送信先を設定してください。',
    en: () =>
      'The head of the audit log is handed to nobody (notify.auditHead is not set). Set it, or keep the line that the log shows each day on another machine.',
  },
  'forced-unconfirmed': {
    ja: (p) =>
      `手動の緊急投稿が、誰の承認もなく行われる設定（approval.forced: ${given(p, 'found')}）です。one 又は two にしてください。`,
    en: (p) =>
      `Notices forced by hand need nobody's yes (approval.forced: ${given(p, 'found')}). Set it to one or, better, two.`,
  },
  'forced-by-one': {
    ja: (p) =>
      `手動の緊急投稿は1名の承認で行われます（approval.forced: ${given(p, 'found')}）。2名で対応できる場合は two をお勧めします。`,
    en: (p) =>
      `One person's yes is enough for a notice forced by hand (approval.forced: ${given(p, 'found')}). Where two people can act, two is better.`,
  },
  'nobody-registered': {
    ja: () =>
      '職員が登録されていないため、このコンピューターの利用者であれば誰でも、氏名を名乗るだけで投稿・承認・取下げができます。kosatsu operator add --operator 氏名 --role approver で、承認者を2名以上登録してください。',
    en: () =>
      'Nobody is registered, so whoever uses this computer can post, approve and withdraw under any name. Register people, two approvers at least, with kosatsu operator add --operator NAME --role approver.',
  },
  'nobody-approves': {
    ja: () =>
      '登録された職員に承認者がいないため、緊急のお知らせの承認も、誤った投稿の取下げもできません。kosatsu operator add（又は roles）--operator 氏名 --role approver で、承認者を2名以上にしてください。',
    en: () =>
      'None of the registered people is an approver, so nobody can approve a notice or withdraw a wrong one. Make two of them approvers, with kosatsu operator add (or roles) --operator NAME --role approver.',
  },
  'one-approves': {
    ja: (p) =>
      `承認者が1名（${given(p, 'found')}）しか登録されていません。不在のときに承認も取下げもできなくなるため、kosatsu operator add --operator 氏名 --role approver でもう1名登録してください。`,
    en: (p) =>
      `Only one approver is registered (${given(p, 'found')}): where that person is away, nobody can approve or withdraw. Register another with kosatsu operator add --operator NAME --role approver.`,
  },
  'one-approves-of-two': {
    ja: (p) =>
      `2名の承認が必要な設定（approval: two）ですが、承認者は1名（${given(p, 'found')}）しか登録されていません。kosatsu operator add --operator 氏名 --role approver でもう1名登録するか、それまで config/policy.yaml の approval を one にしてください。`,
    en: (p) =>
      `Two people must say yes (approval: two), but only one approver is registered (${given(p, 'found')}). Register another with kosatsu operator add --operator NAME --role approver, or set approval in config/policy.yaml to one until then.`,
  },
  'no-reserve': {
    ja: (p) =>
      `1日の投稿数のうち、緊急のお知らせのために確保する分がありません（dailyBudget.reservedForUrgent: ${given(p, 'found')}）。config/policy.yaml を見直してください。`,
    en: (p) =>
      `Nothing of the day's posts is kept for urgent notices (dailyBudget.reservedForUrgent: ${given(p, 'found')}). Review config/policy.yaml.`,
  },
  'no-ceiling': {
    ja: () =>
      '1か月の費用に上限がありません。Xの残高が尽きると緊急のお知らせも投稿できなくなるため、config/policy.yaml の budget を検討してください。',
    en: () =>
      "A month's cost has no ceiling. When the credit at X is used up, urgent notices stop too; consider budget in config/policy.yaml.",
  },
  'feed-unencrypted': {
    ja: (p) =>
      `情報源「${given(p, 'found')}」を暗号化されていない http で読み取っています。途中で書き換えられるおそれがあるため、https に改めてください。`,
    en: (p) =>
      `Feed "${given(p, 'found')}" is read over plain http, where anybody on the way can change it. Use its https address.`,
  },
  'data-fleeting': {
    ja: (p) =>
      `データフォルダー（${given(p, 'found')}）が一時領域にあり、再起動で失われるおそれがあります。投稿の記録が残る場所に移してください。`,
    en: (p) =>
      `The data folder (${given(p, 'found')}) is in a place that is emptied at a restart. Move it to where the record of posts will stay.`,
  },
} as const satisfies Record<string, Sentence>;
