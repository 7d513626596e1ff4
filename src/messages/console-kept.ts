import { given, type Sentence } from './sentence.ts';

/** A form that was sent from a page which stood open too long. */
export const keptMessages = {
  over: {
    ja: () =>
      'サインインの有効期限が切れたため、送信された内容は処理していません。投稿も変更も行っていません。入力内容は下に残っています。サインインすると、続きから操作できます。',
    en: () =>
      'Your sign-in had ended, so nothing was done with what you sent: nothing was posted or changed. What you typed is kept below; sign in to go on from there.',
  },
  'signed-in': {
    ja: () =>
      'サインインしました。先ほどの内容はまだ処理していません。確認のうえ、もう一度操作してください。',
    en: () => 'You are signed in. Nothing was done with what you had sent: look at it and send it again.',
  },
  title: { ja: () => '入力内容の確認', en: () => 'What you had typed' },
  typed: { ja: () => '入力されていた内容', en: () => 'What you had typed' },
  'go-on': {
    ja: () => '入力内容の確認に進む（まだ投稿されません）',
    en: () => 'Go on with it (nothing is posted yet)',
  },
  'open-page': { ja: () => '元の画面を開き直す', en: () => 'Open the page again' },
  text: { ja: () => '本文', en: () => 'Text' },
  url: { ja: () => '文書のURL', en: () => 'Address' },
  /** name */
  field: { ja: (p) => `項目「${given(p, 'name')}」`, en: (p) => `Field "${given(p, 'name')}"` },
  'live-over': {
    ja: () =>
      'サインインの有効期限が切れました。この画面の表示は更新されません。入力中の内容は、送信してサインインし直せば引き継がれます。',
    en: () =>
      'Your sign-in has ended, and this page is no longer renewed. What you have typed is kept if you send it and sign in again.',
  },
} as const satisfies Record<string, Sentence>;
