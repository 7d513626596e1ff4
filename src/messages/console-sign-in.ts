import type { Sentence } from './sentence.ts';

/** The sign-in page, and the page on which a person sees where they are signed in. */
export const signInMessages = {
  title: { ja: () => 'サインイン', en: () => 'Sign in' },
  'lede-printed': {
    ja: () => '起動時に端末へ表示されたパスワードを入力してください。氏名は、承認や投稿の記録に残ります。',
    en: () =>
      'Type the password that the program printed when it started. Your name goes on the record of what you do.',
  },
  'lede-governed': {
    ja: () => '氏名とパスワードを入力してください。',
    en: () => 'Type your name and your password.',
  },
  name: { ja: () => '氏名', en: () => 'Your name' },
  password: { ja: () => 'パスワード', en: () => 'Password' },
  fresh: { ja: () => '新しいパスワード（15文字以上）', en: () => 'New password (15 characters or more)' },
  again: { ja: () => '新しいパスワード（確認）', en: () => 'New password again' },
  button: { ja: () => 'サインインする', en: () => 'Sign in' },
  wrong: { ja: () => '氏名又はパスワードが違います。', en: () => 'The name or the password is wrong.' },
  'name-form': {
    ja: () => '氏名を文字で入力してください（80文字以内。「kosatsu」は使用できません）。',
    en: () => 'Type your name in letters (80 at most; "kosatsu" is the program itself).',
  },
  /** until */
  wait: {
    ja: (p) => `サインインの失敗が続いたため、${p['until']} まで受け付けません。`,
    en: (p) => `Too many tries. Sign-in is closed until ${p['until']}.`,
  },
  'first-password': {
    ja: () => '初期パスワードのままです。続けて、新しいパスワードを設定してください。',
    en: () => 'This is still the first password. Set one of your own to go on.',
  },
  differ: {
    ja: () => '確認用のパスワードが一致しません。',
    en: () => 'The two new passwords are not the same.',
  },
  'account-title': { ja: () => 'サインイン情報', en: () => 'Your account' },
  /** name */
  'signed-in-as': {
    ja: (p) => `${p['name']} としてサインインしています。`,
    en: (p) => `You are signed in as ${p['name']}.`,
  },
  roles: { ja: () => '役割', en: () => 'Roles' },
  'roles-all': {
    ja: () => 'すべて（職員が未登録のため、端末のパスワードを知る人はすべての操作ができます）',
    en: () =>
      'All of them: no operators are registered yet, so whoever knows the printed password may do everything',
  },
  sessions: { ja: () => 'サインイン中の端末', en: () => 'Where you are signed in' },
  'column-started': { ja: () => 'サインイン', en: () => 'Signed in' },
  'column-used': { ja: () => '最終操作', en: () => 'Last used' },
  'this-one': { ja: () => 'この端末', en: () => 'this one' },
  'another-one': { ja: () => '別の端末', en: () => 'another one' },
  'sign-out': { ja: () => 'サインアウトする', en: () => 'Sign out' },
  'sign-out-one': { ja: () => 'サインアウトさせる', en: () => 'Sign it out' },
  'sign-out-everywhere': { ja: () => 'すべての端末でサインアウトする', en: () => 'Sign out everywhere' },
} as const satisfies Record<string, Sentence>;
