import type { Lang } from '../feed/item.ts';
import { given, type Sentence, type SentenceParams } from './sentence.ts';

const LOCALES = { ja: 'ja-JP', en: 'en-GB' } as const satisfies Record<Lang, string>;

function number(params: SentenceParams, name: string, lang: Lang): string {
  const value = params[name];
  return typeof value === 'number' ? value.toLocaleString(LOCALES[lang]) : given(params, name);
}

/** How far long work is. Parameters: subject, done, total; without a total nobody knows yet how much there is. */
function howFar(
  what: Sentence,
  counted: { ja: string; en: string },
  before: { ja: string; en: string },
): Sentence {
  const isKnown = (p: SentenceParams): boolean => p['total'] !== undefined;
  return {
    ja: (p) =>
      isKnown(p)
        ? `${what.ja(p)}：${number(p, 'total', 'ja')}件中${number(p, 'done', 'ja')}件を${counted.ja}`
        : `${what.ja(p)}：${before.ja}`,
    en: (p) =>
      isKnown(p)
        ? `${what.en(p)}: ${number(p, 'done', 'en')} of ${number(p, 'total', 'en')} ${counted.en}`
        : `${what.en(p)}: ${before.en}`,
  };
}

const preparing = { ja: '準備しています', en: 'getting ready' };

/** One line for each kind of long work, on the board and on the terminal. Parameters: subject, done, total. */
export const taskSentences = {
  'first-reading': howFar(
    {
      ja: (p) => `情報源「${given(p, 'subject')}」の初回確認`,
      en: (p) => `First reading of feed "${given(p, 'subject')}"`,
    },
    { ja: '確認済み', en: 'items looked at' },
    { ja: '読み取っています', en: 'being fetched' },
  ),
  backlog: howFar(
    { ja: () => '滞留していた更新情報の投稿', en: () => 'Main updates that had piled up' },
    { ja: '処理済み', en: 'done' },
    preparing,
  ),
  'export-posts': howFar(
    { ja: () => '投稿の記録の書き出し', en: () => 'Export of the posts' },
    { ja: '確認済み', en: 'looked at' },
    preparing,
  ),
  'export-audit': howFar(
    { ja: () => '監査記録の書き出し', en: () => 'Export of the audit log' },
    { ja: '確認済み', en: 'looked at' },
    preparing,
  ),
} as const satisfies Record<string, Sentence>;

/** Several works on one line of the terminal. Parameters: far, the first one's line; count, how many more. */
export const moreTasks: Sentence = {
  ja: (p) => `${given(p, 'far')}（ほか${given(p, 'count')}件の処理を実行中）`,
  en: (p) => `${given(p, 'far')} (and ${given(p, 'count')} more)`,
};

/** What stopping the work will do, beside the button that does it. */
export const stopEffects = {
  'first-reading': {
    ja: () =>
      '中止しても、何も投稿されません。この情報源は未確認のままとなり、次回の確認時に最初から確認し直します。',
    en: () =>
      'Nothing is posted. The feed is left as not read yet, and its next poll begins from the start again.',
  },
  backlog: {
    ja: () =>
      '更新情報の投稿を一時停止します。残りは投稿待ちのままとなり、再開すると続きから投稿されます。緊急のお知らせは、引き続き投稿されます。',
    en: () =>
      'This pauses main updates. What is left stays queued and goes out when you resume. Urgent notices still go out.',
  },
  'export-posts': {
    ja: () => '中止すると、書き出しを打ち切ります。途中までのファイルは不完全なため、使用しないでください。',
    en: () => 'The export breaks off. Its file is incomplete and must not be used.',
  },
  'export-audit': {
    ja: () => '中止すると、書き出しを打ち切ります。途中までのファイルは不完全なため、使用しないでください。',
    en: () => 'The export breaks off. Its file is incomplete and must not be used.',
  },
} as const satisfies Record<string, Sentence>;

/** What a person is told who stopped something. */
export const stopResults = {
  'first-reading': {
    ja: (p) =>
      `情報源「${given(p, 'subject')}」の初回確認を中止しました。何も投稿されていません。次回の確認時に最初から確認し直します。`,
    en: (p) =>
      `The first reading of feed "${given(p, 'subject')}" was stopped. Nothing was posted; the next poll begins it again.`,
  },
  backlog: {
    ja: () =>
      '更新情報の投稿を一時停止しました。残りは投稿待ちのままです。送信中の投稿がある場合は、その投稿を終えてから停止します。',
    en: () =>
      'Main updates are paused; what was left stays queued. A post that is under way right now is still finished and recorded.',
  },
  'export-posts': {
    ja: () => '投稿の記録の書き出しを中止しました。途中までのファイルは使用しないでください。',
    en: () => 'The export of the posts was stopped. Do not use the file that was begun.',
  },
  'export-audit': {
    ja: () => '監査記録の書き出しを中止しました。途中までのファイルは使用しないでください。',
    en: () => 'The export of the audit log was stopped. Do not use the file that was begun.',
  },
  /** It had ended before. */
  gone: {
    ja: () => 'この処理は既に終了していたため、中止しませんでした。',
    en: () => 'It had ended already, so nothing was stopped.',
  },
  'reason-needed': {
    ja: () => '理由を入力してください。何も中止していません。',
    en: () => 'Please give a reason. Nothing was stopped.',
  },
} as const satisfies Record<string, Sentence>;

/** The rest of the section on the board. */
export const progressMessages = {
  heading: { ja: () => '実行中の処理', en: () => 'Work under way' },
  stop: { ja: () => '中止する', en: () => 'Stop' },
  'stop-backlog': { ja: () => '更新情報の投稿を一時停止する', en: () => 'Pause main updates' },
} as const satisfies Record<string, Sentence>;
