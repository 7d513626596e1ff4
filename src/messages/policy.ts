import { FLOOD_KINDS, type FloodKind } from '../feed/flood.ts';
import type { Lang } from '../feed/item.ts';
import type { PolicyRule, Reason } from '../policy/verdict.ts';
import { describeItemProblem } from './item-problems.ts';
import { placeEn, placeJa, weekdayName } from './place.ts';
import { given, listed, say, type Sentence, type SentenceParams } from './sentence.ts';
import { givenTime, lengthOfTime } from './tokyo-time.ts';

/** Why a post is held, refused or waits: what was found, and what a person can do about it. */
export const policyMessages: Readonly<Record<PolicyRule, Sentence>> = {
  'item-problem': {
    ja: (p) =>
      `${describeItemProblem({ code: given(p, 'code'), detail: given(p, 'detail') }, 'ja')}元のページと照らし合わせ、正しければ承認してください。`,
    en: (p) =>
      `${describeItemProblem({ code: given(p, 'code'), detail: given(p, 'detail') }, 'en')} Compare it with the page; approve it if it is right.`,
  },
  'needs-review': {
    ja: () =>
      '災害等に伴う緊急のお知らせか、通常の更新情報かを自動では判断できませんでした。内容を確認し、承認するか、取り消してください。',
    en: () =>
      'It is not clear whether this is an urgent disaster-relief notice or an ordinary update. Check it, then approve or cancel it.',
  },
  'baseline-burst': {
    ja: (p) =>
      `${floodName(p, 'ja')}ため、投稿を見合わせています。情報源の作り直しなどにより過去のお知らせが新着として現れていないか確認してください。`,
    en: (p) =>
      `${floodName(p, 'en')}, so they are held. Check whether the feed was rebuilt and offers old items as new.`,
  },
  'never-posted': {
    ja: () =>
      '以前のお知らせの続き（更新、続報、取消し等）ですが、当初のお知らせはこのアカウントから投稿されていません。このまま投稿してよいか確認してください。',
    en: () =>
      'This follows an announcement that this account never posted (a change, a further report or its end). Approve it if it should go out all the same.',
  },
  'replacement-character': {
    ja: (p) =>
      `読み取れなかった文字（�）が含まれています：「${given(p, 'found')}」。この文面は投稿できません。`,
    en: (p) =>
      `The text holds a character that was lost in decoding (�): "${given(p, 'found')}". It cannot be posted.`,
  },
  'unsafe-character': {
    ja: (p) =>
      p['kind'] === 'look-alike'
        ? `ラテン文字とよく似た別の文字（${given(p, 'character')}）が含まれています${placeJa(p)}。入力し直してください。`
        : `目に見えない文字、又は表示が乱れるおそれのある文字（${given(p, 'character')}）が含まれています${placeJa(p)}。この文面は投稿できません。`,
    en: (p) =>
      p['kind'] === 'look-alike'
        ? `The text holds a letter that only looks like a Latin one (${given(p, 'character')})${placeEn(p)}. Type it anew.`
        : `The text holds a character that is invisible or upsets how it reads (${given(p, 'character')})${placeEn(p)}. It cannot be posted.`,
  },
  'unfilled-placeholder': {
    ja: (p) =>
      `記入されていない箇所があるようです：「${given(p, 'found')}」${placeJa(p)}。${p['from'] === 'person' ? '該当箇所を埋めてください。' : '元のページと照らし合わせ、このままでよい場合は承認してください。'}`,
    en: (p) =>
      `Something seems not to be filled in: "${given(p, 'found')}"${placeEn(p)}. ${p['from'] === 'person' ? 'Fill it in.' : 'Compare it with the page; approve it if it is meant so.'}`,
  },
  'drill-word': {
    ja: (p) =>
      p['drill'] === 1
        ? '訓練の投稿は、文頭に【訓練】（英語の場合は[DRILL]）を付けてください。'
        : `訓練又は試験を示す語「${given(p, 'word')}」が含まれています：「${given(p, 'found')}」${placeJa(p)}。実際のお知らせから削るか、訓練の場合は kosatsu drill を使用してください。`,
    en: (p) =>
      p['drill'] === 1
        ? 'The text of a drill must begin with [DRILL] (in Japanese, 【訓練】).'
        : `The text speaks of practice ("${given(p, 'word')}"): "${given(p, 'found')}"${placeEn(p)}. Take it out of a real notice; for practice use kosatsu drill.`,
  },
  'date-weekday': {
    ja: (p) =>
      `日付「${given(p, 'date')}」${placeJa(p)}${p['actual'] === 0 ? 'は暦にありません' : `の曜日が一致しません（正しくは${weekdayName(p['actual'], 'ja')}曜日）`}。${p['from'] === 'person' ? '日付又は曜日を確かめ、改めてください。' : '元のページと照らし合わせ、このままでよい場合は承認してください。'}`,
    en: (p) =>
      `${p['actual'] === 0 ? `The calendar has no day "${given(p, 'date')}"${placeEn(p)}` : `The date "${given(p, 'date')}"${placeEn(p)} falls on a ${weekdayName(p['actual'], 'en')}`}. ${p['from'] === 'person' ? 'Check the date and the weekday, and mend the wrong one.' : 'Compare it with the page; approve it if it may go out all the same.'}`,
  },
  'date-past': {
    ja: (p) =>
      `日付「${given(p, 'date')}」${placeJa(p)}は既に過ぎています：「${given(p, 'found')}」。以前の文面の日付が残っていないか確かめ、改めてください。過去の出来事の日付であれば、「${given(p, 'date')}に発生した」のように、その旨を記載してください。`,
    en: (p) =>
      `The date "${given(p, 'date')}"${placeEn(p)} is past: "${given(p, 'found')}". Check that it was not left from an older notice, and mend it. If it is the day of an event, say so ("that occurred on", "since").`,
  },
  'half-width-kana': {
    ja: (p) =>
      `半角カナが含まれています：「${given(p, 'found')}」${placeJa(p)}。全角（「${given(p, 'better')}」）に改めてください。`,
    en: (p) =>
      `The text holds half-width kana: "${given(p, 'found')}"${placeEn(p)}. Write them full-width ("${given(p, 'better')}").`,
  },
  mention: {
    ja: (p) =>
      `他のアカウントへの言及（${given(p, 'found')}）が含まれています。このアカウントは他の利用者に宛てた投稿を行いません。`,
    en: (p) => `The text mentions another account (${given(p, 'found')}). This account addresses nobody.`,
  },
  cashtag: {
    ja: (p) => `株価等へのリンクになる語（${given(p, 'found')}）が含まれています。書き改めてください。`,
    en: (p) => `X would turn ${given(p, 'found')} into a link to a share price. Write it in another way.`,
  },
  'link-missing': {
    ja: () =>
      '詳細を確認できるページへのリンクがありません。リンクなしで投稿してよい場合は承認してください。',
    en: () => 'There is no link to a page with the details. Approve it if it may go out without one.',
  },
  'link-host': {
    ja: (p) =>
      p['plain'] === 1
        ? `リンク先「${given(p, 'link')}」${placeJa(p)}は暗号化されない http です。https で始まるアドレスに改めてください。`
        : `リンク先「${given(p, 'link')}」${placeJa(p)}は、リンクを認めているサイト（${listed(given(p, 'allowed').split(', '), 'ja')}）のものではありません。${p['from'] === 'person' ? 'リンク先を改めてください。' : 'このままでよい場合は承認してください。'}`,
    en: (p) =>
      p['plain'] === 1
        ? `The link "${given(p, 'link')}"${placeEn(p)} is plain http, which others can change on its way. Use the https address.`
        : `The link "${given(p, 'link')}"${placeEn(p)} does not lead to a site that posts may link to (${given(p, 'allowed')}). ${p['from'] === 'person' ? 'Use another link.' : 'Approve it if it may go out all the same.'}`,
  },
  'link-shortener': {
    ja: (p) => `短縮URL「${given(p, 'link')}」は使用できません。元のアドレスを記載してください。`,
    en: (p) => `The shortened address "${given(p, 'link')}" may not be used. Write the full address.`,
  },
  weight: {
    ja: (p) =>
      p['weight'] === 0
        ? '投稿の本文がありません。'
        : `本文が長すぎます（Xの数え方で${given(p, 'weight')}、上限は${given(p, 'weightMax')}）。${p['position'] === undefined ? '' : `「${given(p, 'found')}」${placeJa(p)}以降が収まりません。`}短くしてください。`,
    en: (p) =>
      p['weight'] === 0
        ? 'The post has no text.'
        : `The text is too long: ${given(p, 'weight')} by X's count, ${given(p, 'weightMax')} at most.${p['position'] === undefined ? '' : ` It does not fit from "${given(p, 'found')}"${placeEn(p)} on.`} Shorten it.`,
  },
  'duplicate-text': {
    ja: (p) =>
      p['page'] === 1
        ? `同じページを案内するお知らせを、職員が既に投稿しています（${given(p, 'entry')}）。重ねて投稿する場合は承認してください。`
        : `同じ文面の投稿が既にあります（${given(p, 'entry')}）。繰り返してよい場合は承認してください。`,
    en: (p) =>
      p['page'] === 1
        ? `A notice that leads to the same page was posted by hand (${given(p, 'entry')}). Approve it if it should be told again.`
        : `There is already a post with the same words (${given(p, 'entry')}). Approve it if it should be repeated.`,
  },
  stale: {
    ja: (p) =>
      `${givenTime(p, 'publishedAt', 'ja')}付けの情報で、掲載から${lengthOfTime(Number(p['ageMs'] ?? 0), 'ja')}が経過しています。今投稿してよいか確認してください。`,
    en: (p) =>
      `The item is dated ${givenTime(p, 'publishedAt', 'en')}, ${lengthOfTime(Number(p['ageMs'] ?? 0), 'en')} ago. Check whether it should still be posted.`,
  },
  'future-dated': {
    ja: (p) =>
      `日付が未来（${givenTime(p, 'publishedAt', 'ja')}）になっています。公開前の情報でないか確認してください。`,
    en: (p) =>
      `The item is dated in the future (${givenTime(p, 'publishedAt', 'en')}). Check that it is meant to be public.`,
  },
  approval: {
    ja: (p) =>
      p['needed'] === undefined
        ? '承認が必要です。'
        : `承認が必要です（必要${given(p, 'needed')}名、承認済み${given(p, 'given')}名${expired(p, (count) => `、有効期間を過ぎた承認${count}名`)}）。`,
    en: (p) =>
      p['needed'] === undefined
        ? 'It needs approval.'
        : `It needs approval (${given(p, 'given')} of ${given(p, 'needed')} given${expired(p, (count) => `, ${count} expired`)}).`,
  },
  'quiet-hours': {
    ja: (p) => `投稿を控える時間帯のため、${givenTime(p, 'until', 'ja')}以降に投稿します。`,
    en: (p) => `These are quiet hours; it goes out after ${givenTime(p, 'until', 'en')}.`,
  },
  'monthly-cost': {
    ja: (p) =>
      `今月の投稿費用（多くとも${given(p, 'spent')} ${given(p, 'currency')}）にこの投稿（${given(p, 'cost')}）と緊急のお知らせのための確保額（${given(p, 'reserve')}）を加えると、上限（${given(p, 'monthly')}）を超えます。投稿する場合は承認してください。`,
    en: (p) =>
      `This month's posts cost at most ${given(p, 'spent')} ${given(p, 'currency')}; with this one (${given(p, 'cost')}) and the reserve for urgent notices (${given(p, 'reserve')}) the ceiling of ${given(p, 'monthly')} would be passed. Approve it if it should go out all the same.`,
  },
  'daily-budget': {
    ja: (p) =>
      `本日の投稿数（${given(p, 'sent')}件）が通常の更新情報の上限に達しました（1日${given(p, 'posts')}件、うち緊急のお知らせ用${given(p, 'reserved')}件）。${givenTime(p, 'until', 'ja')}以降に投稿します。`,
    en: (p) =>
      `Today's posts (${given(p, 'sent')}) have reached the limit for main updates (${given(p, 'posts')} a day, ${given(p, 'reserved')} of them kept for urgent notices). It goes out after ${givenTime(p, 'until', 'en')}.`,
  },
};

const FLOODS: Readonly<Record<FloodKind, Readonly<Record<Lang, string>>>> = {
  many: { ja: '一度に多数の新着があった', en: 'Too many new items came at once' },
  replaced: { ja: '情報源の内容がほぼすべて入れ替わった', en: 'Nearly everything in the feed is new' },
  'met-before': {
    ja: '既知のページ又は題名が新着として多数現れた',
    en: 'Many new items stand on known pages or bear known titles',
  },
};

/** What is said of approvals that have expired, where there are any. */
function expired({ expired: count }: SentenceParams, sentence: (count: string) => string): string {
  return count === undefined ? '' : sentence(String(count));
}

/** Why the news of a poll are taken for a flood, as the beginning of a sentence. Parameter: flood. */
export function floodName(params: SentenceParams, lang: Lang): string {
  const kind = FLOOD_KINDS.find((one) => one === params['flood']) ?? 'many';
  return FLOODS[kind][lang];
}

/** A reason in words, in the reader's language. What it quotes from the post is shown without what nobody could see. */
export function describeReason(reason: Reason, lang: Lang): string {
  return say(policyMessages[reason.rule], lang, reason.params).replace(UNSEEN, '');
}

/** Control, direction and zero-width characters, and halves of characters; what joins an emoji is among them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** All reasons in words, in the order of the policy. */
export function sentencesOf(reasons: readonly Reason[], lang: Lang): readonly string[] {
  return reasons.map((reason) => describeReason(reason, lang));
}
