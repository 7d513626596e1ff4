import { given, type Sentence } from './sentence.ts';

/** Why a title is classed as it is. */
export const explainSentences = {
  urgent: {
    ja: (p) => `「${given(p, 'title')}」は、災害等に伴う緊急のお知らせと判断します。`,
    en: (p) => `"${given(p, 'title')}" is an urgent disaster-relief notice.`,
  },
  main: {
    ja: (p) => `「${given(p, 'title')}」は、通常の更新情報と判断します。`,
    en: (p) => `"${given(p, 'title')}" is an ordinary update.`,
  },
  review: {
    ja: (p) =>
      `「${given(p, 'title')}」は、緊急のお知らせか通常の更新情報かを判断できないため、職員の確認を待ちます。`,
    en: (p) =>
      `Whether "${given(p, 'title')}" is an urgent notice or an ordinary update is not clear, so it waits for a person.`,
  },
  ignore: {
    ja: (p) => `「${given(p, 'title')}」は、投稿の対象外と判断します。`,
    en: (p) => `"${given(p, 'title')}" is no announcement and is not posted.`,
  },
  rule: {
    ja: (p) => `規則「${given(p, 'rule')}」によります：${given(p, 'meaning')}`,
    en: (p) => `The rule "${given(p, 'rule')}" decided: ${given(p, 'meaning')}`,
  },
  default: {
    ja: () => 'どの規則にも当てはまりません。',
    en: () => 'No rule applies to it.',
  },
  words: {
    ja: (p) => `根拠とした語は${given(p, 'words')}です。`,
    en: (p) => `It rests on ${given(p, 'words')}.`,
  },
  doubt: {
    ja: () => '最後の語があるため、緊急とは断定していません。',
    en: () => 'Because of the last of these it is not called urgent for sure.',
  },
  followUp: {
    ja: () => '先のお知らせに続くものとして投稿します。',
    en: () => 'It is posted as a follow-up of an earlier announcement.',
  },
} as const satisfies Record<string, Sentence>;
