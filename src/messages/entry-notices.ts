import type { Lang } from '../feed/item.ts';
import { STATES, type State } from '../outbox/entry.ts';
import { given, say, type Sentence, type SentenceParams } from './sentence.ts';
import { stateNames } from './states.ts';
import { xDetail } from './x-details.ts';

const post: Sentence = {
  ja: (p) => `投稿 ${given(p, 'id')}「${firstLine(p)}」`,
  en: (p) => `Post ${given(p, 'id')} "${firstLine(p)}"`,
};

/** What people are told of one post. Parameters: id, text, and detail where X or the search said something. */
export const entryNotices = {
  'main-published': {
    ja: (p) => `${post.ja(p)}を投稿しました。`,
    en: (p) => `${post.en(p)} was posted.`,
  },
  'urgent-published': {
    ja: (p) => `緊急のお知らせを投稿しました。${post.ja(p)}の内容を確認してください。`,
    en: (p) => `An urgent notice was posted. Check that it is right: ${post.en(p)}.`,
  },
  'entry-held': {
    ja: (p) => `${post.ja(p)}が確認を待っています。確認があるまで投稿されません。`,
    en: (p) => `${post.en(p)} waits for a person. It is not posted until then.`,
  },
  'entry-held-urgently': {
    ja: (p) =>
      `緊急のお知らせ又はその可能性があるものとして、${post.ja(p)}が確認を待っています。至急確認してください。`,
    en: (p) => `${post.en(p)} is or may be an urgent notice and waits for a person. Decide on it soon.`,
  },
  /** id, text, ended */
  'approval-lapsed': {
    ja: (p) =>
      `${post.ja(p)}への承認${given(p, 'ended')}名分が効力を失いました（有効期間の経過又は承認権限の変更）。緊急のお知らせ又はその可能性があるものですが、このままでは投稿されません。至急、改めて承認してください。`,
    en: (p) =>
      `${given(p, 'ended')} approval(s) of ${post.en(p)} count no more: they have expired, or whoever gave them may not approve now. It is or may be an urgent notice, and is not posted as things stand. Approve it anew.`,
  },
  'entry-withdrawn': {
    ja: (p) => `${post.ja(p)}をXから削除しました。`,
    en: (p) => `${post.en(p)} was deleted at X.`,
  },
  'withdrawal-refused': {
    ja: (p) =>
      `${post.ja(p)}をXから削除できませんでした（${xDetail(p, 'ja')}）。投稿は残っています。Xの画面で直接削除してください。`,
    en: (p) =>
      `${post.en(p)} could not be deleted at X (${given(p, 'detail')}). It still stands. Delete it by hand at X.`,
  },
  'entry-refused': {
    ja: (p) =>
      `${post.ja(p)}は運用方針に合わないため、投稿しません。必要な場合は、元のページを確認の上、手動で投稿してください。`,
    en: (p) =>
      `${post.en(p)} breaks the policy and is not posted. If it is needed, look at the page and post it by hand.`,
  },
  'entry-rejected': {
    ja: (p) =>
      `${post.ja(p)}をXが拒否しました（${xDetail(p, 'ja')}）。投稿されていません。内容を確認してください。`,
    en: (p) => `X rejected it (${given(p, 'detail')}): ${post.en(p)}. It is not posted. Check its text.`,
  },
  'entry-expired': {
    ja: (p) =>
      `${post.ja(p)}は長時間投稿できなかったため、期限切れとしました。必要な場合は画面又は kosatsu retry で再投稿を準備してください。`,
    en: (p) => `${post.en(p)} waited too long and has expired. Retry it if it is still needed.`,
  },
  'entry-uncertain': {
    ja: (p) =>
      `${post.ja(p)}がXに投稿されたか確認できません（${xDetail(p, 'ja')}）。二重投稿を避けるため再送せず、アカウントの投稿一覧で確認しています。`,
    en: (p) =>
      `It is not known whether X posted it (${given(p, 'detail')}): ${post.en(p)}. It is not sent again; the own timeline is being searched.`,
  },
  'entry-needs-person': {
    ja: (p) =>
      `${post.ja(p)}が投稿されたか、自動では確認できませんでした（${xDetail(p, 'ja')}）。自動で再送することはありません。Xの画面で投稿の有無を確認してください。`,
    en: (p) =>
      `The search could not settle whether X posted it (${given(p, 'detail')}): ${post.en(p)}. It is never sent again by itself. Look at the account on X.`,
  },
  /** account, other, count */
  'entries-stranded': {
    ja: (p) =>
      `設定のアカウント @${given(p, 'account')} とは別の @${given(p, 'other')} 向けの投稿が、${given(p, 'count')}件、未完了のまま残っています。これらが投稿されることはありません。kosatsu posts で確認し、必要なものは手動で投稿した上で、残りを取り消してください。`,
    en: (p) =>
      `Posts made for @${given(p, 'other')}, not for the configured account @${given(p, 'account')}, are left open (${given(p, 'count')}). They never go out. Look at them with kosatsu posts, post by hand what is still needed, and cancel the rest.`,
  },
  /** id, state */
  'entry-settled': {
    ja: (p) => `結果が不明だった投稿 ${given(p, 'id')} は「${stateName(p, 'ja')}」と確認されました。`,
    en: (p) => `Post ${given(p, 'id')} was in doubt; it is now known to be: ${stateName(p, 'en')}.`,
  },
} as const satisfies Record<string, Sentence>;

/** A notice names a post by its first line: the whole text is one command or click away. */
function firstLine(params: SentenceParams): string {
  return given(params, 'text').split('\n', 1)[0] ?? '';
}

function stateName(params: SentenceParams, lang: Lang): string {
  const state = STATES.find((candidate: State) => candidate === params['state']);
  return state === undefined ? given(params, 'state') : say(stateNames[state], lang);
}
