import type { AccountRefusal } from '../publish/publisher.ts';
import { given, type Sentence } from './sentence.ts';
import { givenTime } from './tokyo-time.ts';
import { xDetail } from './x-details.ts';

type AccountNoticeCode =
  | `account-${AccountRefusal | 'other' | 'unreachable' | 'unclear' | 'works-again'}`
  | 'throttled'
  | 'timeline-unreadable'
  | 'restored-unreadable';

const paused: Sentence = {
  ja: () => '投稿待ちのものはそのまま残り、投稿は停止しています。',
  en: () => 'Publishing is stopped; what waits is kept.',
};

/** What people are told of the account at X. Parameters: account, detail (X's own words), unless a line names others. */
export const accountNotices = {
  /** account, detail */
  'timeline-unreadable': {
    ja: (p) =>
      `@${given(p, 'account')} の投稿一覧を読み取る権限がありません（${xDetail(p, 'ja')}）。投稿は続けますが、起動時の照合ができないため、起動後最初の投稿は最長15分待つことがあります。また、結果が不明になった投稿は職員の確認を待ちます。Xのアプリの権限を確認してください。`,
    en: (p) =>
      `The posts of @${given(p, 'account')} may not be read (${given(p, 'detail')}). Publishing goes on, but after a start announcements may wait for up to 15 minutes, because nothing can be compared, and a post whose outcome is unknown waits for a person. Check the permissions of the app at X.`,
  },
  /** account, detail */
  'restored-unreadable': {
    ja: (p) =>
      `記録を控え（バックアップ）から復元しましたが、@${given(p, 'account')} の投稿一覧を読み取る権限がありません（${xDetail(p, 'ja')}）。二重投稿を防ぐため、情報源からの投稿は停止しています。Xの画面で投稿済みかどうかを確認し、未投稿のものを、画面又は kosatsu hold で見合わせた後、画面又は kosatsu approve で承認してください。`,
    en: (p) =>
      `The records were restored, but the posts of @${given(p, 'account')} may not be read (${given(p, 'detail')}). Announcements wait, so that nothing is posted twice. Look at the account on X, then hold and approve what is not there yet.`,
  },
  'account-unauthorized': {
    ja: (p) =>
      `Xがアカウント @${given(p, 'account')} の認証を拒否しました（${xDetail(p, 'ja')}）。${paused.ja(p)}APIキーとアクセストークンが有効か確認してください。`,
    en: (p) =>
      `X refuses the credentials of @${given(p, 'account')} (${given(p, 'detail')}). ${paused.en(p)} Check that the API keys and access tokens are valid.`,
  },
  'account-credits': {
    ja: (p) =>
      `XのAPI利用枠（クレジット）が不足しています（${xDetail(p, 'ja')}）。${paused.ja(p)}Xの開発者ページで利用枠を追加してください。`,
    en: (p) =>
      `The X API account has no credit left (${given(p, 'detail')}). ${paused.en(p)} Add credit in X's developer console.`,
  },
  'account-suspended': {
    ja: (p) =>
      `アカウント @${given(p, 'account')} がXにより凍結されています（${xDetail(p, 'ja')}）。${paused.ja(p)}Xに異議を申し立て、他の広報手段を検討してください。`,
    en: (p) =>
      `X has suspended @${given(p, 'account')} (${given(p, 'detail')}). ${paused.en(p)} Appeal to X, and use another channel meanwhile.`,
  },
  'account-locked': {
    ja: (p) =>
      `アカウント @${given(p, 'account')} がXにより一時的に制限されています（${xDetail(p, 'ja')}）。${paused.ja(p)}Xにログインし、求められた手続を行ってください。`,
    en: (p) =>
      `X has locked @${given(p, 'account')} (${given(p, 'detail')}). ${paused.en(p)} Sign in at X and do what it asks for.`,
  },
  'account-account-limit': {
    ja: (p) =>
      `アカウント @${given(p, 'account')} の投稿数がXの上限に達しました（${xDetail(p, 'ja')}）。${paused.ja(p)}時間をおいて自動的に再開します。`,
    en: (p) =>
      `@${given(p, 'account')} has reached X's limit of posts (${given(p, 'detail')}). ${paused.en(p)} It is tried again by itself later.`,
  },
  'account-client-forbidden': {
    ja: (p) =>
      `Xがこのアプリからの投稿を認めていません（${xDetail(p, 'ja')}）。${paused.ja(p)}Xの開発者ページで、アプリの権限（読み取りと書き込み）と契約を確認してください。`,
    en: (p) =>
      `X does not let this app post (${given(p, 'detail')}). ${paused.en(p)} Check the app's permissions (read and write) and plan in X's developer console.`,
  },
  /** configured, actual */
  'account-other': {
    ja: (p) =>
      `設定されたアカウントは @${given(p, 'configured')} ですが、認証情報は @${given(p, 'actual')} のものです。誤ったアカウントへの投稿を防ぐため、投稿を停止しています。認証情報又は channels.yaml の handleを確認してください。`,
    en: (p) =>
      `The configured account is @${given(p, 'configured')}, but the credentials belong to @${given(p, 'actual')}. Nothing is posted. Check the credentials, or handle in channels.yaml.`,
  },
  'account-unreachable': {
    ja: (p) =>
      `Xに接続できません（${xDetail(p, 'ja')}）。${paused.ja(p)}接続が回復すると自動的に再開します。`,
    en: (p) =>
      `X cannot be reached (${given(p, 'detail')}). ${paused.en(p)} It goes on by itself once X can be reached.`,
  },
  'account-unclear': {
    ja: (p) =>
      `投稿の結果が分からない応答がXから続いています（${xDetail(p, 'ja')}）。二重投稿を避けるため、1件ごとにアカウントの投稿一覧で確認してから再送しており、投稿が遅れます。Xの障害情報を確認し、急ぐものは他の広報手段を検討してください。`,
    en: (p) =>
      `For a while X's answers have not told what became of posts (${given(p, 'detail')}). Each is looked for before it is sent again, so posts are late. Look at X's status page, and use another channel for what is urgent.`,
  },
  'account-works-again': {
    ja: () => 'Xへの投稿が再びできるようになりました。',
    en: () => 'X accepts posts again.',
  },
  /** until, detail */
  throttled: {
    ja: (p) =>
      `Xから間隔を空けるよう求められました（${xDetail(p, 'ja')}）。${givenTime(p, 'until', 'ja')}まで投稿を待ちます。`,
    en: (p) => `X asks for a pause (${given(p, 'detail')}). Posts wait until ${givenTime(p, 'until', 'en')}.`,
  },
} as const satisfies Record<AccountNoticeCode, Sentence>;
