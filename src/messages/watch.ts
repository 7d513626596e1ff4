import { given, type Sentence } from './sentence.ts';
import { givenTime } from './tokyo-time.ts';
import { xDetail } from './x-details.ts';

/** What people are told of posts on the own timeline that the records do not explain. */
export const watchNotices = {
  /** account, url, text */
  'foreign-post': {
    ja: (p) =>
      `@${given(p, 'account')} に、本プログラムによらない投稿があります（${given(p, 'url')}：${given(p, 'text')}）。職員による投稿でない場合は、直ちにパスワードとアプリ連携を確認し、画面又は kosatsu pause で投稿を停止してください。`,
    en: (p) =>
      `A post on @${given(p, 'account')} was not made by this program (${given(p, 'url')}: ${given(p, 'text')}). If nobody in the office made it, check the password and the connected apps at once, and pause publishing, on the page or with kosatsu pause.`,
  },
  /** id, text */
  'post-gone': {
    ja: (p) =>
      `投稿 ${given(p, 'id')} がXから消えています（${given(p, 'text')}）。職員が削除したものでない場合は、アカウントの状態を確認してください。再投稿は自動では行いません。`,
    en: (p) =>
      `Post ${given(p, 'id')} is gone from X (${given(p, 'text')}). If nobody deleted it, check the account. It is not posted again by itself.`,
  },
  /** account, count */
  'timeline-empty': {
    ja: (p) =>
      `@${given(p, 'account')} の投稿一覧に、記録上の最近の投稿${given(p, 'count')}件がいずれも表示されません。Xの障害又はアカウントの制限が考えられます。Xの画面で確認してください。`,
    en: (p) =>
      `The timeline of @${given(p, 'account')} shows none of the ${given(p, 'count')} posts on record. X may have a fault, or the account may be restricted. Look at it on X.`,
  },
  /** account, since, detail */
  'timeline-unwatched': {
    ja: (p) =>
      `@${given(p, 'account')} の投稿一覧を${givenTime(p, 'since', 'ja')}から読み取れていません（${xDetail(p, 'ja')}）。この間、本プログラムによらない投稿や投稿の消失を検知できません。Xの画面でアカウントを確認してください。`,
    en: (p) =>
      `The posts of @${given(p, 'account')} could not be read since ${givenTime(p, 'since', 'en')} (${given(p, 'detail')}). Posts of somebody else, and posts that vanish, are not noticed meanwhile. Look at the account on X.`,
  },
  /** account, since, days */
  'account-silent': {
    ja: (p) =>
      `@${given(p, 'account')} には、${given(p, 'since')}から${given(p, 'days')}日間、本プログラムによる投稿がありません。情報源には新着があるため、確認待ちの投稿（kosatsu posts）、分類の規則、一時停止の有無を確認してください。`,
    en: (p) =>
      `Nothing was posted to @${given(p, 'account')} for ${given(p, 'days')} days, since ${given(p, 'since')}, though the feeds have news. Look for held posts (kosatsu posts), at the rules, and whether something is paused.`,
  },
} as const satisfies Record<string, Sentence>;

export const watchSentences = {
  /** url */
  pausedForForeignPost: {
    ja: (p) => `本プログラムによらない投稿を検知したため（${given(p, 'url')}）`,
    en: (p) => `a post that this program did not make (${given(p, 'url')})`,
  },
  /** first */
  pausedForBrokenLog: {
    ja: (p) => `監査記録に問題が見つかったため（${given(p, 'first').replace(/。$/u, '')}）`,
    en: (p) => `the audit log is not as it was written (${given(p, 'first')})`,
  },
} as const satisfies Record<string, Sentence>;
