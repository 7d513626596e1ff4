import type { Topic } from '../classify/classification.ts';
import type { Lang } from '../feed/item.ts';
import { STATES, type EntryKind, type Mode, type State } from '../outbox/entry.ts';
import type { Verdict } from '../policy/verdict.ts';
import { given, type Sentence, type SentenceParams } from './sentence.ts';

/** The state of an entry, in a word or two. */
export const stateNames: Readonly<Record<State, Sentence>> = {
  queued: { ja: () => '投稿待ち', en: () => 'queued' },
  held: { ja: () => '確認待ち', en: () => 'held' },
  refused: { ja: () => '投稿不可', en: () => 'refused' },
  attempting: { ja: () => '投稿中', en: () => 'being posted' },
  uncertain: { ja: () => '結果不明', en: () => 'uncertain' },
  published: { ja: () => '投稿済み', en: () => 'published' },
  rejected: { ja: () => 'Xが拒否', en: () => 'rejected by X' },
  cancelled: { ja: () => '取消し', en: () => 'cancelled' },
  expired: { ja: () => '期限切れ', en: () => 'expired' },
  withdrawing: { ja: () => '取下げ中', en: () => 'being withdrawn' },
  withdrawn: { ja: () => '取下げ済み', en: () => 'withdrawn' },
};

/** What a state means for the account, in a sentence. */
export const stateMeanings: Readonly<Record<State, Sentence>> = {
  queued: { ja: () => '順番が来次第、投稿します。', en: () => 'It goes out as soon as it is its turn.' },
  held: {
    ja: () => '職員の確認を待っています。確認があるまで投稿されません。',
    en: () => 'It waits for a person and is not posted until then.',
  },
  refused: {
    ja: () => '運用方針に合わないため、投稿されません。',
    en: () => 'It breaks the policy and is not posted.',
  },
  attempting: {
    ja: () => 'Xへ送信しています。',
    en: () => 'It is being sent to X.',
  },
  uncertain: {
    ja: () => '送信しましたが、投稿されたかどうか確認できていません。自動で再送することはありません。',
    en: () => 'It was sent, but it is not known whether X posted it. It is not sent again by itself.',
  },
  published: { ja: () => 'Xに投稿されています。', en: () => 'It stands on X.' },
  rejected: {
    ja: () => 'Xに拒否されたため、投稿されていません。',
    en: () => 'X refused it; it is not posted.',
  },
  cancelled: {
    ja: () => '取り消されたため、投稿されません。',
    en: () => 'It was cancelled and is not posted.',
  },
  expired: {
    ja: () => '時機を逸したため、投稿されませんでした。',
    en: () => 'It waited too long to still be news and was not posted.',
  },
  withdrawing: { ja: () => 'Xからの削除を進めています。', en: () => 'It is being deleted at X.' },
  withdrawn: { ja: () => 'Xから削除されています。', en: () => 'It is no longer on X.' },
};

/** Where posts go. */
export const modeNames: Readonly<Record<Mode, Sentence>> = {
  live: { ja: () => '本番', en: () => 'live' },
  sandbox: { ja: () => 'サンドボックス', en: () => 'sandbox' },
  drill: { ja: () => '訓練', en: () => 'drill' },
};

/** What a mode means, in a sentence. */
export const modeMeanings: Readonly<Record<Mode, Sentence>> = {
  live: {
    ja: () => '本番です。投稿はXの公式アカウントに公開されます。',
    en: () => 'Live: posts appear on the official account at X.',
  },
  sandbox: {
    ja: () => 'サンドボックスです。投稿はこのコンピューターの中にとどまり、Xには届きません。',
    en: () => 'Sandbox: posts stay on this computer and never reach X.',
  },
  drill: {
    ja: () => '訓練です。ここで作成した投稿がXに公開されることはありません。',
    en: () => 'Drill: what is made here can never reach the official account.',
  },
};

export const topicNames: Readonly<Record<Topic, Sentence>> = {
  main: { ja: () => '更新情報', en: () => 'main update' },
  urgent: { ja: () => '緊急のお知らせ', en: () => 'urgent notice' },
};

/** How an item was classed. */
export const classNames: Readonly<Record<'announce' | 'review' | 'ignore', Sentence>> = {
  announce: { ja: () => '投稿対象', en: () => 'announce' },
  review: { ja: () => '要確認', en: () => 'review' },
  ignore: { ja: () => '対象外', en: () => 'ignore' },
};

export const verdictNames: Readonly<Record<Verdict['kind'], Sentence>> = {
  allow: { ja: () => '投稿可', en: () => 'allowed' },
  hold: { ja: () => '確認待ち', en: () => 'held' },
  deny: { ja: () => '投稿不可', en: () => 'refused' },
};

export const kindNames: Readonly<Record<EntryKind, Sentence>> = {
  announcement: { ja: () => 'お知らせ', en: () => 'announcement' },
  update: { ja: () => '続報・更新', en: () => 'update' },
  forced: { ja: () => '手動による緊急のお知らせ', en: () => 'notice forced by hand' },
  correction: { ja: () => '訂正', en: () => 'correction' },
};

/** A parameter that names a state, in words; what is no state is shown as it is. */
export function givenState(params: SentenceParams, name: string, lang: Lang): string {
  const value = given(params, name);
  const state = STATES.find((one) => one === value);
  return state === undefined ? value : stateNames[state][lang]({});
}
