import { given, type Sentence } from './sentence.ts';

/** The page of rules and templates: as configured, with their tests and what they decided last. */
export const rulesMessages = {
  try: { ja: () => '題名を試す', en: () => 'Try a title' },
  'try-label': { ja: () => '題名', en: () => 'Title' },
  'try-url': { ja: () => 'URL（省略できます）', en: () => 'Address (may be left out)' },
  'try-button': { ja: () => '分類する', en: () => 'Class it' },
  class: { ja: () => '分類', en: () => 'Class' },
  rules: { ja: () => '規則（上から順に適用）', en: () => 'Rules, in their order' },
  /** lists */
  needs: {
    ja: (p) => `条件：題名に次の語があること　${given(p, 'lists')}`,
    en: (p) => `Needs in the title: ${given(p, 'lists')}`,
  },
  /** lists */
  unless: {
    ja: (p) => `除外：次の語がある場合　${given(p, 'lists')}`,
    en: (p) => `Not where there is: ${given(p, 'lists')}`,
  },
  /** lists */
  despite: {
    ja: (p) => `次の語があっても確認待ちとしません　${given(p, 'lists')}`,
    en: (p) => `No doubt because of: ${given(p, 'lists')}`,
  },
  and: { ja: () => ' かつ ', en: () => ' and ' },
  or: { ja: () => ' 又は ', en: () => ' or ' },
  near: { ja: () => 'の近くに', en: () => ' near ' },
  default: {
    ja: () => 'どの規則にも当てはまらないものは、更新情報として扱います。',
    en: () => 'What no rule knows is a main update.',
  },
  decided: { ja: () => 'この規則による最近の判断', en: () => 'What it decided last' },
  'decided-none': { ja: () => '最近の判断はありません。', en: () => 'It decided nothing of late.' },
  item: { ja: () => '題名', en: () => 'Title' },
  at: { ja: () => '日時', en: () => 'When' },
  became: { ja: () => '取扱い', en: () => 'What became of it' },
  ignored: { ja: () => '投稿の対象外', en: () => 'not posted' },
  tests: { ja: () => '規則の試験', en: () => 'Tests of the rules' },
  /** count */
  'tests-pass': {
    ja: (p) => `規則の試験${given(p, 'count')}件すべてに合格しています。`,
    en: (p) => `All ${given(p, 'count')} tests of the rules pass.`,
  },
  /** count */
  'tests-fail': {
    ja: (p) =>
      `規則の試験のうち${given(p, 'count')}件に合格していません。規則を直すまで、プログラムは開始できません。`,
    en: (p) =>
      `${given(p, 'count')} tests of the rules fail. The program does not start before the rules are mended.`,
  },
  'tests-show': { ja: () => 'すべての試験を表示', en: () => 'Show every test' },
  expected: { ja: () => '期待する分類', en: () => 'Must be' },
  got: { ja: () => '現在の分類', en: () => 'Is now' },
  rule: { ja: () => '判断した規則', en: () => 'By rule' },
  lists: { ja: () => '語の一覧', en: () => 'Lists of words' },
  masks: {
    ja: () => '判断の前に題名から除く語句',
    en: () => 'Phrases that are struck from the title first',
  },
  doubts: { ja: () => '確認待ちとする語（緊急の場合）', en: () => 'Doubts that make a person decide' },
  path: { ja: () => 'リンク先のパス', en: () => 'path of the link' },
  templates: { ja: () => '文例', en: () => 'Templates' },
  'template-main': { ja: () => '更新情報', en: () => 'Main update' },
  'template-urgent': { ja: () => '緊急のお知らせ', en: () => 'Urgent notice' },
  'template-main-update': { ja: () => '更新情報（掲載内容の変更）', en: () => 'Main update: page changed' },
  'template-urgent-update': {
    ja: () => '緊急のお知らせ（掲載内容の変更）',
    en: () => 'Urgent notice: page changed',
  },
  'template-main-follow-up': { ja: () => '更新情報（続報等）', en: () => 'Main update: follow-up' },
  'template-urgent-follow-up': {
    ja: () => '緊急のお知らせ（続報等）',
    en: () => 'Urgent notice: follow-up',
  },
  correction: { ja: () => '訂正', en: () => 'Correction' },
  /** label */
  forced: {
    ja: (p) => `職員が作成する緊急のお知らせ：${given(p, 'label')}`,
    en: (p) => `Urgent notice by hand: ${given(p, 'label')}`,
  },
  fields: { ja: () => '記入する項目', en: () => 'Fields' },
  optional: { ja: () => '（省略できます）', en: () => ' (may be left out)' },
  posts: { ja: () => 'この文例による最近の投稿', en: () => 'Posts made from it last' },
  'posts-none': { ja: () => '最近の投稿はありません。', en: () => 'No post was made from it of late.' },
  'result-urgent': { ja: () => '緊急のお知らせ', en: () => 'urgent notice' },
  'result-main': { ja: () => '更新情報', en: () => 'main update' },
  'result-review': { ja: () => '要確認', en: () => 'a person decides' },
  'result-ignore': { ja: () => '対象外', en: () => 'ignored' },
} as const satisfies Record<string, Sentence>;
