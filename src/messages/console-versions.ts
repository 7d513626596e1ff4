import { given, type Sentence } from './sentence.ts';

/** Versions of a post: the page on which it is edited, and what changed from one to the other. */
export const versionMessages = {
  title: { ja: () => '投稿の本文の修正', en: () => 'Edit a post' },
  lede: {
    ja: () =>
      '修正すると新しい版となり、確認待ちに戻ります。それまでの承認は無効となり、改めて承認されるまで投稿されません。',
    en: () =>
      'An edit makes a new version, which is held. Approvals given so far become void; nothing goes out until it is approved anew.',
  },
  text: { ja: () => '本文（リンクを含む）', en: () => 'Text, with its links' },
  look: { ja: () => '投稿される内容を確認する', en: () => 'See what would be posted' },
  save: {
    ja: () => '修正版を記録する（承認されるまで投稿されません）',
    en: () => 'Record the new version (not posted until it is approved)',
  },
  edit: { ja: () => '本文を修正する', en: () => 'Edit the text' },
  'heading-change': { ja: () => '変更箇所', en: () => 'What changes' },
  'heading-changed': { ja: () => '前の投稿からの変更箇所', en: () => 'What changed since the post before' },
  'heading-edited': { ja: () => '修正前の版からの変更箇所', en: () => 'What the edit changed' },
  legend: {
    ja: () => '取消線は削除した箇所、下線は追加した箇所です。',
    en: () => 'Struck out: removed. Underlined: added.',
  },
  removed: { ja: () => '［削除］', en: () => '[removed: ' },
  added: { ja: () => '［追加］', en: () => '[added: ' },
  end: { ja: () => '［ここまで］', en: () => ']' },
  'no-change': { ja: () => '本文に変更はありません。', en: () => 'The words are the same.' },
  'earlier-version': { ja: () => '修正前の版', en: () => 'The version before' },
  /** version */
  'was-edited': {
    ja: (p) => `この版は修正され、新しい版 ${given(p, 'version')} に置き換わりました。`,
    en: (p) => `This version was edited; ${given(p, 'version')} took its place.`,
  },
  'open-version': { ja: () => '新しい版を開く', en: () => 'Open the new version' },
} as const satisfies Record<string, Sentence>;
