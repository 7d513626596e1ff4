import type { Sentence } from './sentence.ts';

/** Labels of a preview, on the terminal and in the page of cards. */
export const previewSentences = {
  title: { ja: () => '投稿の見本', en: () => 'Preview of posts' },
  made: {
    ja: (p) =>
      `${p['at']} 作成。投稿先は @${p['account']}（${p['mode']}）です。この見本の作成によって投稿されたものはありません。`,
    en: (p) => `Made ${p['at']} for @${p['account']} (${p['mode']}). Nothing was posted by making it.`,
  },
  summary: {
    ja: (p) =>
      `項目${p['items']}件：投稿${p['publish']}件、確認待ち${p['held']}件、投稿しないもの${p['rest']}件`,
    en: (p) =>
      `Items: ${p['items']}. Posted: ${p['publish']}; held for a person: ${p['held']}; not posted: ${p['rest']}`,
  },
  wouldPublish: { ja: () => '投稿します', en: () => 'would be posted' },
  wouldHold: { ja: () => '確認待ちにします', en: () => 'would be held for a person' },
  wouldRefuse: { ja: () => '運用方針により投稿しません', en: () => 'would be refused by the policy' },
  wouldWait: { ja: () => '時間をおいて投稿します', en: () => 'would be posted later' },
  wouldIgnore: { ja: () => '投稿の対象外です', en: () => 'is no announcement' },
  known: { ja: () => '既に処理した項目です', en: () => 'is known already' },
  weight: {
    ja: (p) => `文字数（Xの数え方） ${p['weight']}／${p['weightMax']}（残り ${p['left']}）`,
    en: (p) => `length ${p['weight']} of ${p['weightMax']}, ${p['left']} left`,
  },
  rule: {
    ja: (p) => `分類：${p['class']}（規則 ${p['rule']}）`,
    en: (p) => `class: ${p['class']} (rule ${p['rule']})`,
  },
  because: { ja: (p) => `判断の根拠：${p['words']}`, en: (p) => `because of: ${p['words']}` },
  source: { ja: (p) => `情報源：${p['feed']}`, en: (p) => `feed: ${p['feed']}` },
  item: { ja: () => '元の項目', en: () => 'Item' },
  problems: { ja: () => '情報源の問題', en: () => 'Problems of feeds' },
  unread: {
    ja: () => '情報源を読み取れなかったため、表示できる項目がありません。',
    en: () => 'No feed could be read, so there is nothing to show.',
  },
  nothing: { ja: () => '情報源に項目がありません。', en: () => 'The feeds hold no items.' },
} as const satisfies Record<string, Sentence>;
