import { given, type Sentence } from './sentence.ts';

/** Words that drills post; nobody may take them for real. */
export const drillTexts = {
  field: { ja: () => '架空の災害', en: () => 'an imaginary disaster' },
  second: { ja: () => '訓練の承認者', en: () => 'the second person of the drill' },
  correction: {
    ja: () =>
      '【訓練】先の投稿は訓練です。実際の災害や手続の変更はありません。誤りとして取り消し、訂正します。',
    en: () =>
      '[DRILL] The earlier post was practice. There is no disaster and no change of procedures. It is withdrawn.',
  },
} as const satisfies Record<string, Sentence>;

/** What `kosatsu drill` says. */
export const drillSentences = {
  about: {
    ja: (p) =>
      `これから訓練を行います。投稿先は練習用サーバー（@${given(p, 'account')}）で、実際のアカウントには一切触れません。`,
    en: (p) =>
      `This is a drill. Everything goes to the sandbox (@${given(p, 'account')}); the real account is not touched.`,
  },
  mistakeNoticed: {
    ja: () => '投稿に誤りがあったものとして、取下げと訂正に移ります。',
    en: () => 'Now suppose that the post was wrong: it is withdrawn and corrected.',
  },
  /** text */
  second: {
    ja: (p) => `二人目の承認を行います。承認する文面：\n${given(p, 'text')}\n`,
    en: (p) => `Now the second person: this is to be approved.\n${given(p, 'text')}\n`,
  },
  secondName: {
    ja: () => '承認する職員の氏名（何も入力しなければ、訓練の承認者が代わりに承認します）：',
    en: () => 'Name of who approves (leave it empty, and the drill approves in their place): ',
  },
  standIn: {
    ja: () => '二人目の承認は、訓練の承認者が代わりに行いました。',
    en: () => 'The drill itself approved in place of the second person.',
  },
  /** at, by, seconds */
  before: {
    ja: (p) =>
      `  前回（${given(p, 'at')}、${given(p, 'by')}）は、誤った投稿が${given(p, 'seconds')}秒間表示されていました。`,
    en: (p) =>
      `  Last time (${given(p, 'at')}, ${given(p, 'by')}) the wrong post stood for ${given(p, 'seconds')} s.`,
  },
  stopped: {
    ja: (p) => `訓練は「${given(p, 'step')}」で終わりました。実際のアカウントには何も投稿していません。`,
    en: (p) => `The drill ended at "${given(p, 'step')}". Nothing reached the real account.`,
  },
  done: {
    ja: (p) =>
      `訓練を終えました。${given(p, 'at')} 実施、実施者 ${given(p, 'by')}、文例 ${given(p, 'template')}`,
    en: (p) => `Drill done: ${given(p, 'at')}, by ${given(p, 'by')}, template ${given(p, 'template')}`,
  },
  compose: { ja: () => '文面の作成と審査', en: () => 'compose and judge' },
  confirm: { ja: () => '投稿の確認', en: () => 'confirm the post' },
  approve: { ja: () => '二人目の承認', en: () => 'approval by the second person' },
  'approve-correction': {
    ja: () => '訂正に対する二人目の承認',
    en: () => 'approval of the correction by the second person',
  },
  post: { ja: () => '投稿（確認から完了まで）', en: () => 'post (confirmation to answer)' },
  decide: { ja: () => '取下げの確認', en: () => 'confirm the withdrawal' },
  withdraw: { ja: () => '取下げと訂正', en: () => 'withdraw and correct' },
  wrongFor: { ja: () => '誤った投稿が表示されていた時間', en: () => 'the wrong post stood for' },
} as const satisfies Record<string, Sentence>;
