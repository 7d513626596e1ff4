import type { Sentence } from './sentence.ts';

/** What `urgent` says before and after it posts. */
export const urgentSentences = {
  textOrTemplate: {
    ja: () => '--text（本文）又は --template（文例）のいずれか一方を指定してください。何も投稿していません。',
    en: () => 'Give either --text or --template. Nothing was posted.',
  },
  setWrong: {
    ja: (p) => `--set は「項目=値」の形で指定してください（「${p['value']}」）。何も投稿していません。`,
    en: (p) => `--set is written NAME=VALUE, not "${p['value']}". Nothing was posted.`,
  },
  setWithoutTemplate: {
    ja: () => '--set は --template とともに指定してください。何も投稿していません。',
    en: () => '--set only makes sense with --template. Nothing was posted.',
  },
  setTwice: {
    ja: (p) => `--set で項目「${p['name']}」が二度指定されています。何も投稿していません。`,
    en: (p) => `--set gives ${p['name']} twice. Nothing was posted.`,
  },
  langWrong: {
    ja: (p) => `--lang には ja 又は en を指定してください（「${p['value']}」）。何も投稿していません。`,
    en: (p) => `--lang is ja or en, not "${p['value']}". Nothing was posted.`,
  },
  settingsNeeded: {
    ja: () =>
      '何も投稿していません。緊急のお知らせには、投稿先（channels.yaml と .env）、必要な承認とリンクを認めるサイト（policy.yaml）、選んだ文例（templates.yaml）が正しく読めることが必要です。これら以外に誤りがあっても投稿できます。文例に誤りがあるときは、--text で本文を指定すれば投稿できます。',
    en: () =>
      'Nothing was posted. An urgent notice needs the account (channels.yaml and .env), who must agree and where links may lead (policy.yaml), and the chosen template (templates.yaml); mistakes anywhere else do not stand in its way. Where a template is wrong, the notice can be typed with --text.',
  },
  account: {
    ja: (p) => `投稿先：@${p['account']}（${p['mode']}）`,
    en: (p) => `Account: @${p['account']} (${p['mode']})`,
  },
  weight: {
    ja: (p) =>
      `文字数（Xの数え方）：${p['weight']}／${p['weightMax']}、${Number(p['left']) < 0 ? `${-Number(p['left'])} 超過` : `残り ${p['left']}`}`,
    en: (p) =>
      `Length as X counts: ${p['weight']} of ${p['weightMax']}, ${Number(p['left']) < 0 ? `${-Number(p['left'])} too many` : `${p['left']} left`}`,
  },
  wouldBeHeld: {
    ja: () => 'このまま進めると、投稿されずに確認待ちとなります：',
    en: () => 'If you go on, it will be held for a person, not posted:',
  },
  denied: {
    ja: () => '運用方針により投稿できません。何も投稿していません：',
    en: () => 'The policy does not allow this post. Nothing was posted:',
  },
  question: {
    ja: (p) => `@${p['account']}（${p['mode']}）に今すぐ投稿しますか。[y/N] `,
    en: (p) => `Post this to @${p['account']} (${p['mode']}) now? [y/N] `,
  },
  notConfirmed: { ja: () => '投稿を取りやめました。', en: () => 'Nothing was posted.' },
  noAnswer: {
    ja: () => '確認の回答が得られないため、投稿していません。端末から実行するか、--yes を付けてください。',
    en: () => 'There was nobody to confirm, so nothing was posted. Run it in a terminal, or add --yes.',
  },
  published: {
    ja: (p) => `投稿しました（${p['id']}）：${p['url']}`,
    en: (p) => `Posted (${p['id']}): ${p['url']}`,
  },
  held: {
    ja: (p) =>
      `投稿せず、確認待ちとしました（${p['id']}）。画面又は kosatsu approve ${p['id']} で承認されると、投稿されます：`,
    en: (p) =>
      `Not posted; it is held for a person (${p['id']}), and goes out once approved on the page or with kosatsu approve ${p['id']}:`,
  },
  refused: {
    ja: () => '運用方針により投稿していません：',
    en: () => 'The policy refused it; nothing was posted:',
  },
  refusedByX: {
    ja: (p) => `Xに拒否され、投稿されていません（${p['id']}）：${p['message']}`,
    en: (p) => `X refused it; it is not posted (${p['id']}): ${p['message']}`,
  },
  unknown: {
    ja: (p) =>
      `投稿されたかどうか、まだ分かりません（${p['id']}）：${p['message']}\n` +
      '同じ内容を再度投稿しないでください。自動で確認を続けます。結果は kosatsu posts で確認できます。',
    en: (p) =>
      `It is not known yet whether it was posted (${p['id']}): ${p['message']}\n` +
      'Do not post it again. The program keeps looking; kosatsu posts shows the result.',
  },
  unknownAnswer: {
    ja: (p) =>
      `常駐プロセスからの応答がありません（${p['message']}）。投稿されたかどうか分かりません。\n` +
      '同じ内容を再度投稿せず、kosatsu posts で結果を確認してください。',
    en: (p) =>
      `The worker gave no answer (${p['message']}), so it is not known whether the notice was posted.\n` +
      'Do not post it again; kosatsu posts shows the result.',
  },
  waiting: {
    ja: (p) => `まだ投稿していません。投稿待ちです（${p['id']}）：${p['message']}`,
    en: (p) => `Not posted yet; it waits in the queue (${p['id']}): ${p['message']}`,
  },
} as const satisfies Record<string, Sentence>;
