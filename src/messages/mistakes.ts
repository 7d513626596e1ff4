import type { Mistake, MistakeCode } from './mistake.ts';
import type { Lang } from '../feed/item.ts';
import { schemaDetailJa } from './schema-details.ts';
import { given, say, type Sentence, type SentenceParams } from './sentence.ts';
import { lengthOfTime } from './tokyo-time.ts';

const near = {
  ja: (p: SentenceParams) => (p['near'] ? `「${given(p, 'near')}」の誤りではありませんか。` : ''),
  en: (p: SentenceParams) => (p['near'] ? ` Did you mean "${given(p, 'near')}"?` : ''),
};

const time = (params: SentenceParams, name: string, lang: Lang): string => {
  const value = params[name];
  return typeof value === 'number' ? lengthOfTime(value, lang) : '—';
};

/** Kinds of YAML values, as they are called to people who never read a schema. */
const kinds: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  string: { ja: '文字列', en: 'a text' },
  number: { ja: '数値', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true又はfalse', en: 'true or false' },
  array: { ja: '一覧（- で始まる行）', en: 'a list (lines that begin with -)' },
  object: { ja: '項目と値の組', en: 'a table of keys and values' },
  record: { ja: '項目と値の組', en: 'a table of keys and values' },
  null: { ja: '空欄', en: 'empty' },
};

const kindName = (params: SentenceParams, name: string, lang: Lang): string => {
  const kind = given(params, name);
  return Object.hasOwn(kinds, kind) ? (kinds[kind]?.[lang] ?? kind) : kind;
};

const fileMistakes = {
  'folder-missing': {
    ja: () => '設定フォルダーがありません。--config で場所を指定するか、configフォルダーを用意してください。',
    en: () => 'There is no such folder. Name it with --config, or provide a folder "config".',
  },
  'file-missing': {
    ja: () =>
      '必要な設定ファイルがありません。プログラムに付属のconfigフォルダーにあるものを写し、内容を改めてください。',
    en: () => "This file is needed. Copy the one from the program's own config folder and adapt it.",
  },
  'file-unknown': {
    ja: (p) => `この名前のファイルは読み取られません。${near.ja(p)}使用できる名前：${given(p, 'known')}`,
    en: (p) => `A file of this name is never read.${near.en(p)} Known names: ${given(p, 'known')}.`,
  },
  'file-unreadable': {
    ja: (p) => `ファイルを読み取れません（${given(p, 'detail')}）。ファイルの権限を確認してください。`,
    en: (p) => `The file cannot be read (${given(p, 'detail')}). Check its permissions.`,
  },
  'file-too-large': {
    ja: (p) => `ファイルが大きすぎます（上限${given(p, 'maxBytes')}バイト）。`,
    en: (p) => `The file is too large (${given(p, 'maxBytes')} bytes at most).`,
  },
  'not-utf8': {
    ja: () => '文字コードがUTF-8ではありません。UTF-8で保存し直してください。',
    en: () => 'The file is not in UTF-8. Save it as UTF-8.',
  },
  'yaml-syntax': {
    ja: (p) =>
      `YAMLの書き方に誤りがあります（${given(p, 'detail')}）。字下げ、コロン、引用符を確認してください。`,
    en: (p) => `This is not valid YAML (${given(p, 'detail')}). Check indentation, colons and quotes.`,
  },
} as const satisfies Partial<Record<MistakeCode, Sentence>>;

const valueMistakes = {
  required: {
    ja: () => 'この項目は省略できません。値を記入してください。',
    en: () => 'This key is needed. Give it a value.',
  },
  'required-in-live': {
    ja: () => '本番で投稿するには、この項目に公式アカウントのユーザー名を記入する必要があります。',
    en: () => "To post to the real account, this key must name the account's handle.",
  },
  'unknown-key': {
    ja: (p) => `この項目名は使用できません。${near.ja(p)}`,
    en: (p) => `There is no such key.${near.en(p)}`,
  },
  'wrong-type': {
    ja: (p) =>
      `値の種類が違います（必要：${kindName(p, 'expected', 'ja')}、記入：${kindName(p, 'found', 'ja')}）。${p['expected'] === 'string' ? '文字列は引用符で囲むと確実です。' : ''}`,
    en: (p) =>
      `The value is ${kindName(p, 'found', 'en')}, but must be ${kindName(p, 'expected', 'en')}.${p['expected'] === 'string' ? ' Put it in quotes.' : ''}`,
  },
  'not-one-of': {
    ja: (p) => `「${given(p, 'found')}」は指定できません。指定できる値：${given(p, 'allowed')}`,
    en: (p) => `"${given(p, 'found')}" is not possible here. Possible values: ${given(p, 'allowed')}.`,
  },
  'out-of-range': {
    ja: (p) => `値が範囲外です（${given(p, 'found')}、許容される範囲：${boundJa(p)}）。`,
    en: (p) => `${given(p, 'found')} is out of range (${given(p, 'limit')}).`,
  },
  'too-few': {
    ja: (p) => `個数又は文字数が足りません（${boundJa(p)}が必要です）。`,
    en: (p) => `This is too short or has too few parts (needed: ${given(p, 'limit')}).`,
  },
  'too-many': {
    ja: (p) => `個数又は文字数が多すぎます（${boundJa(p)}としてください）。`,
    en: (p) => `This is too long or has too many parts (limit: ${given(p, 'limit')}).`,
  },
  'wrong-form': {
    ja: (p) => `「${given(p, 'found')}」は正しい形式ではありません（${given(p, 'detail')}）。`,
    en: (p) => `"${given(p, 'found')}" does not have the right form (${given(p, 'detail')}).`,
  },
  'name-form': {
    ja: (p) =>
      `「${given(p, 'found')}」は名前として使用できません。半角の英小文字、数字、ハイフンで40字以内としてください。`,
    en: (p) =>
      `"${given(p, 'found')}" is no possible name. Use lower-case letters, digits and hyphens, 40 at most.`,
  },
  'handle-form': {
    ja: (p) =>
      `「${given(p, 'found')}」はXのユーザー名として正しくありません。@を除き、半角の英数字と下線で15字以内です。`,
    en: (p) =>
      `"${given(p, 'found')}" is no handle of X. It has letters, digits and underscores, 15 at most, and is written without @.`,
  },
  'origin-form': {
    ja: (p) =>
      `「${given(p, 'found')}」は使用できません。https://kosatsu.example.go.jp のように、https:// とホスト名（必要な場合はポート番号）のみを記入してください。`,
    en: (p) =>
      `"${given(p, 'found')}" cannot be used. Write https://, the host and, where needed, a port, and nothing else: https://kosatsu.example.go.jp.`,
  },
  'contact-form': {
    ja: (p) =>
      `「${given(p, 'found')}」は連絡先として使用できません。アドレス又はメールアドレスを半角英数字で記入してください。`,
    en: (p) =>
      `"${given(p, 'found')}" cannot be sent as a contact. Give an address or e-mail address in ASCII.`,
  },
  duration: {
    ja: (p) =>
      `「${given(p, 'found')}」は時間の長さとして読み取れません。30s（秒）、10m（分）、2h（時間）、7d（日）のように記入してください。`,
    en: (p) => `"${given(p, 'found')}" is no length of time. Write it like 30s, 10m, 2h or 7d.`,
  },
  'duration-range': {
    ja: (p) =>
      `「${given(p, 'found')}」は範囲外です（${time(p, 'minMs', 'ja')}から${time(p, 'maxMs', 'ja')}まで）。`,
    en: (p) =>
      `"${given(p, 'found')}" is out of range (${time(p, 'minMs', 'en')} to ${time(p, 'maxMs', 'en')}).`,
  },
  'time-of-day': {
    ja: (p) => `「${given(p, 'found')}」は時刻として読み取れません。22:00 のように記入してください。`,
    en: (p) => `"${given(p, 'found')}" is no time of day. Write it like 22:00.`,
  },
  'host-form': {
    ja: (p) =>
      `「${given(p, 'found')}」はホスト名として使用できません。jpo.go.jp のように、https:// や/を付けずに記入してください。`,
    en: (p) => `"${given(p, 'found')}" is no host name. Write it like jpo.go.jp, without https:// or a path.`,
  },
  'url-form': {
    ja: (p) => `「${given(p, 'found')}」はアドレスとして読み取れません。`,
    en: (p) => `"${given(p, 'found')}" is no address.`,
  },
  'url-scheme': {
    ja: (p) =>
      `「${given(p, 'found')}」は使用できません。http:// 又は https:// で始まるアドレスを記入してください。`,
    en: (p) => `"${given(p, 'found')}" cannot be used. The address must begin with http:// or https://.`,
  },
  'hook-scheme': {
    ja: (p) =>
      `「${given(p, 'found')}」には送信できません。https:// で始まるアドレスを記入してください（このコンピューター自身に限り、http:// も使用できます）。`,
    en: (p) =>
      `Nothing is sent to "${given(p, 'found')}": the address must begin with https:// (http:// only on this computer).`,
  },
  'url-credentials': {
    ja: (p) => `アドレスにユーザー名やパスワードを含めることはできません（${given(p, 'found')}）。`,
    en: (p) => `An address may not carry a user name or password (${given(p, 'found')}).`,
  },
  other: {
    ja: (p) => `値が正しくありません（${schemaDetailJa(given(p, 'detail'))}）。`,
    en: (p) => `The value is not right (${given(p, 'detail')}).`,
  },
} as const satisfies Partial<Record<MistakeCode, Sentence>>;

const ruleMistakes = {
  'quiet-hours-empty': {
    ja: () => '投稿を控える時間帯の始まりと終わりが同じです。使用しない場合は off と記入してください。',
    en: () => 'Quiet hours begin and end at the same time. Write off if there are none.',
  },
  'reserve-too-large': {
    ja: () =>
      '緊急のお知らせ用に確保する件数は、1日の投稿数より少なくしてください。このままでは、通常の更新情報を投稿できません。',
    en: () => "The reserve must be smaller than the day's posts, or no main update could ever go out.",
  },
  'monthly-reserve-too-large': {
    ja: () =>
      '緊急用に確保する金額は、1か月の上限額より小さくしてください。通常の更新情報を投稿できなくなります。',
    en: () => "The reserve must be smaller than the month's ceiling, or no main update could ever go out.",
  },
  /** reserve, posts */
  'ceiling-below-reserve': {
    ja: (p) =>
      `上限額は、緊急用に確保する投稿（dailyBudget.reservedForUrgent、${p['posts']}件）の費用${p['reserve']}より大きくするか、budget.reservedForUrgent に小さな額を設定してください。通常の更新情報を投稿できなくなります。`,
    en: (p) =>
      `The ceiling must be above what the posts kept for urgent notices cost (dailyBudget.reservedForUrgent, ${p['posts']}: ${p['reserve']}), or a smaller budget.reservedForUrgent be given; no main update could ever go out.`,
  },
  'poll-too-often': {
    ja: (p) => `他の機関のサーバーへの負担を避けるため、${time(p, 'minMs', 'ja')}以上の間隔にしてください。`,
    en: (p) => `Spare the other institution's server: ${time(p, 'minMs', 'en')} or more.`,
  },
  'name-taken': {
    ja: (p) => `「${given(p, 'found')}」という名前の情報源が既にあります。別の名前にしてください。`,
    en: (p) => `There is a feed named "${given(p, 'found')}" already. Choose another name.`,
  },
  'name-reserved': {
    ja: (p) => `「${given(p, 'found')}」はプログラムが使用する名前です。別の名前にしてください。`,
    en: (p) => `"${given(p, 'found')}" is a name that the program uses itself. Choose another.`,
  },
  'selectors-needed': {
    ja: () => 'kind が html-list の場合は、selectors（item、title、link）を記入してください。',
    en: () => 'An html-list needs selectors (item, title, link).',
  },
  'selectors-unused': {
    ja: () => 'selectors は、kind が html-list の場合にのみ使用します。',
    en: () => 'Selectors are only for kind: html-list.',
  },
  'selector-form': {
    ja: (p) => `「${given(p, 'found')}」はCSSセレクターとして読み取れません（${given(p, 'detail')}）。`,
    en: (p) => `"${given(p, 'found')}" is no CSS selector (${given(p, 'detail')}).`,
  },
  'rule-test': {
    ja: (p) =>
      `分類の規則が、規則自身の試験に合格しません。「${given(p, 'title')}」は${given(p, 'expected')}となるべきところ、規則「${given(p, 'rule')}」により${given(p, 'got')}と判断されます。`,
    en: (p) =>
      `The rules fail their own test: "${given(p, 'title')}" should be ${given(p, 'expected')}, but rule "${given(p, 'rule')}" makes it ${given(p, 'got')}.`,
  },
} as const satisfies Partial<Record<MistakeCode, Sentence>>;

const environmentMistakes = {
  'env-unknown': {
    ja: (p) => `「${given(p, 'found')}」という環境変数は使用しません。${near.ja(p)}`,
    en: (p) => `There is no setting "${given(p, 'found')}".${near.en(p)}`,
  },
  'env-line': {
    ja: () => 'この行を読み取れません。「名前=値」の形で記入してください。',
    en: () => 'This line cannot be read. Write it as NAME=VALUE.',
  },
  'env-credentials-partial': {
    ja: () =>
      'Xの認証情報が一部しかありません。X_API_KEY、X_API_SECRET、X_ACCESS_TOKEN、X_ACCESS_SECRET の四つをすべて記入するか、すべて除いてください。',
    en: () =>
      'Only some of the X credentials are given. Give all four of X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_SECRET, or none.',
  },
  'env-credential-form': {
    ja: () =>
      'Xの認証情報に使用できない文字（空白、全角文字等）が含まれています。写し間違いがないか確認してください。',
    en: () => 'This X credential holds a space or another character that cannot be in it. Copy it again.',
  },
  'env-not-loopback': {
    ja: () =>
      'X_API_URL には、このコンピューター自身のアドレス（例：http://127.0.0.1:8080）のみ指定できます。',
    en: () =>
      'X_API_URL may only name this computer itself, for example http://127.0.0.1:8080, without a path.',
  },
  'env-empty-api-url': {
    ja: () =>
      'X_API_URL が空です。このままではXの公式アカウントに投稿されるため、起動しません。本番で使用する場合は、この変数自体を除いてください。',
    en: () =>
      'X_API_URL is empty. Posts would go to the real account, so nothing is started. To post there, remove the variable.',
  },
  'env-database': {
    ja: () =>
      'DATABASE_URL は postgres:// で始まるアドレスで記入してください。SQLiteを使用する場合は不要です。',
    en: () => 'DATABASE_URL must be a postgres:// address. Leave it out to use SQLite.',
  },
} as const satisfies Partial<Record<MistakeCode, Sentence>>;

/** Mistakes in settings: what is wrong, and how it is written rightly. */
export const mistakeMessages: Readonly<Record<MistakeCode, Sentence>> = {
  ...fileMistakes,
  ...valueMistakes,
  ...ruleMistakes,
  ...environmentMistakes,
};

/** One mistake on one line: `config/policy.yaml:12: approval.forced: …`. */
export function describeMistake(mistake: Mistake, lang: Lang): string {
  const place = mistake.line === null ? mistake.file : `${mistake.file}:${mistake.line}`;
  const key = mistake.key === '' ? '' : `${mistake.key}: `;
  return `${place}: ${key}${say(mistakeMessages[mistake.code], lang, mistake.params)}`;
}

/** A bound as people write it: `≥ 1` is 1以上. */
function boundJa(params: SentenceParams): string {
  return given(params, 'limit')
    .replace(/^≥ (.+)$/u, '$1以上')
    .replace(/^≤ (.+)$/u, '$1以下');
}
