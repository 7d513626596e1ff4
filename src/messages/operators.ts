import type { GovernedAct } from '../governance/permissions.ts';
import type { Role } from '../governance/operator.ts';
import { given, say, type Sentence, type SentenceParams } from './sentence.ts';
import { givenTime } from './tokyo-time.ts';
import type { Lang } from '../feed/item.ts';

/** The roles, as people say them. */
export const roleNames = {
  viewer: { ja: () => '閲覧者', en: () => 'viewer' },
  editor: { ja: () => '起案者', en: () => 'editor' },
  approver: { ja: () => '承認者', en: () => 'approver' },
  administrator: { ja: () => '管理者', en: () => 'administrator' },
} as const satisfies Record<Role, Sentence>;

/** Every act, as it stands in "… is not allowed". */
const governedActNames = {
  view: { ja: () => '閲覧', en: () => 'looking' },
  submit: { ja: () => '緊急のお知らせの起案', en: () => 'submitting an urgent notice' },
  edit: { ja: () => '本文の修正', en: () => 'editing a post' },
  hold: { ja: () => '投稿の見合わせ', en: () => 'holding a post' },
  cancel: { ja: () => '取消し', en: () => 'cancelling a post' },
  retry: { ja: () => '再投稿の準備', en: () => 'preparing a post again' },
  known: { ja: () => '「対応済み」への変更', en: () => 'marking a post as known' },
  approve: { ja: () => '承認', en: () => 'approving a post' },
  withdraw: { ja: () => '投稿の取下げ', en: () => 'withdrawing a post' },
  resolve: { ja: () => '投稿結果の確定', en: () => 'settling an uncertain post' },
  quarantine: { ja: () => 'まとめて見合わせた投稿の取扱い', en: () => 'deciding on a quarantined batch' },
  drill: { ja: () => '訓練', en: () => 'running a drill' },
  pause: { ja: () => '投稿の一時停止', en: () => 'pausing publishing' },
  resume: { ja: () => '投稿の再開', en: () => 'resuming publishing' },
  'break-glass': { ja: () => '単独での緊急投稿', en: () => 'forcing a notice alone' },
  review: { ja: () => '事後確認', en: () => 'reviewing a post that one person forced' },
  'export-audit': { ja: () => '監査記録の出力', en: () => 'exporting the audit log' },
  'manage-operators': { ja: () => '職員の登録及び変更', en: () => 'managing operators' },
  privacy: { ja: () => '個人情報の開示及び消去', en: () => 'disclosing or erasing personal data' },
  backup: { ja: () => '控え（バックアップ）の作成', en: () => 'backing up the records' },
  restore: { ja: () => '記録の復元', en: () => 'restoring the records' },
} as const satisfies Record<GovernedAct, Sentence>;

/** Why a person was not let act. Every refusal is recorded. */
export const authorizationMessages = {
  /** by, act */
  'program-name': {
    ja: (p) =>
      `「${given(p, 'by')}」は本プログラム自身の名称のため、${actName(p, 'ja')}は行っていません。--by に操作する方の氏名を指定してください。`,
    en: (p) =>
      `"${given(p, 'by')}" is the program's own name; ${actName(p, 'en')} was refused. Give your own name with --by.`,
  },
  /** by, act */
  'operator-unknown': {
    ja: (p) =>
      `「${given(p, 'by')}」は操作する職員として登録されていないか、無効にされています。${actName(p, 'ja')}は行っていません。--by に登録された氏名を指定してください。`,
    en: (p) =>
      `"${given(p, 'by')}" is no operator, or a disabled one; ${actName(p, 'en')} was refused. Give the name of a registered operator with --by.`,
  },
  /** by, act */
  'token-missing': {
    ja: (p) =>
      `本人であることを示すアクセストークンがないため、${given(p, 'by')}による${actName(p, 'ja')}は行っていません。環境変数 KOSATSU_TOKEN 又は --token-file で指定してください。`,
    en: (p) =>
      `There is no token to show that this is ${given(p, 'by')}; ${actName(p, 'en')} was refused. Give it in KOSATSU_TOKEN or with --token-file.`,
  },
  /** by, act */
  'token-wrong': {
    ja: (p) =>
      `アクセストークンが${given(p, 'by')}のものではないか、期限切れ又は取消し済みのため、${actName(p, 'ja')}は行っていません。kosatsu operator token で新しいトークンを作成してください。`,
    en: (p) =>
      `The token is not ${given(p, 'by')}'s, or no longer valid; ${actName(p, 'en')} was refused. kosatsu operator token makes a new one.`,
  },
  /** by, act */
  'role-too-low': {
    ja: (p) =>
      `${given(p, 'by')}には${actName(p, 'ja')}の権限がありません。何も変更していません。権限のある職員に依頼してください。`,
    en: (p) =>
      `${given(p, 'by')} has no role for ${actName(p, 'en')}. Nothing was changed. Ask somebody who has.`,
  },
} as const satisfies Record<string, Sentence>;

/** Why an operator, password or token was not changed. */
export const operatorRefusals = {
  /** name */
  exists: {
    ja: (p) => `「${given(p, 'name')}」は既に登録されています。何も変更していません。`,
    en: (p) => `${given(p, 'name')} is an operator already. Nothing was changed.`,
  },
  /** name */
  unknown: {
    ja: (p) =>
      `「${given(p, 'name')}」という職員は登録されていません。何も変更していません。kosatsu operator list で確認できます。`,
    en: (p) =>
      `There is no operator ${given(p, 'name')}. Nothing was changed. kosatsu operator list shows them.`,
  },
  /** name */
  disabled: {
    ja: (p) =>
      `「${given(p, 'name')}」は無効にされています。何も変更していません。再び登録するには kosatsu operator add を実行してください。`,
    en: (p) =>
      `${given(p, 'name')} is disabled. Nothing was changed. kosatsu operator add registers the person again.`,
  },
  /** name */
  'name-form': {
    ja: (p) =>
      `「${given(p, 'name')}」は氏名として使用できません。何も変更していません。80文字以内の文字、数字、空白で指定してください。`,
    en: (p) =>
      `"${given(p, 'name')}" can't be an operator's name: letters, digits and spaces, up to 80. Nothing was changed.`,
  },
  'roles-none': {
    ja: () => '役割を --role で一つ以上指定してください（viewer、editor、approver、administrator）。',
    en: () => 'Give at least one --role: viewer, editor, approver, administrator.',
  },
  /** name */
  'last-administrator': {
    ja: (p) =>
      `「${given(p, 'name')}」は最後の管理者です。先に別の管理者を登録してください。何も変更していません。`,
    en: (p) =>
      `${given(p, 'name')} is the last administrator. Register another one first. Nothing was changed.`,
  },
  'too-many': {
    ja: () => '登録できる職員の数の上限に達しています。',
    en: () => 'There are as many operators as the program keeps.',
  },
  'too-many-tokens': {
    ja: () => 'トークンの数の上限に達しています。使用していないものを取り消してください。',
    en: () => 'There are as many tokens as one operator may have. Revoke those that are not used.',
  },
  'token-unknown': {
    ja: () => 'その番号のトークンはありません。kosatsu operator list で確認できます。',
    en: () => 'There is no such token. kosatsu operator list shows them.',
  },
  'not-first': {
    ja: () => '職員が既に登録されています。何も変更していません。',
    en: () => 'There are operators already. Nothing was changed.',
  },
  'sign-in-failed': {
    ja: () => '氏名又はパスワードが正しくありません。',
    en: () => 'The name or the password is wrong.',
  },
  /** until */
  'sign-in-wait': {
    ja: (p) => `失敗が続いたため、${givenTime(p, 'until', 'ja')}までサインインできません。`,
    en: (p) => `Too many failures: no sign-in before ${givenTime(p, 'until', 'en')}.`,
  },
  /** name */
  'must-change-password': {
    ja: (p) =>
      `初期パスワードのままです。先に kosatsu operator password --operator ${given(p, 'name')} で新しいパスワードを設定してください。`,
    en: (p) =>
      `The password is still the first one. Set your own: kosatsu operator password --operator ${given(p, 'name')}.`,
  },
  'password-short': {
    ja: () => 'パスワードは15文字以上にしてください。変更していません。',
    en: () => 'A password needs 15 characters or more. It was not changed.',
  },
  'password-long': {
    ja: () => 'パスワードが長すぎます（256文字まで）。変更していません。',
    en: () => 'The password is too long (256 characters at most). It was not changed.',
  },
  'password-is-name': {
    ja: () => 'パスワードに氏名を含めることはできません。変更していません。',
    en: () => 'A password may not contain the name. It was not changed.',
  },
} as const satisfies Record<string, Sentence>;

/** What `kosatsu operator` and the first run say. */
export const operatorSentences = {
  /** name, password */
  firstAdministrator: {
    ja: (p) =>
      `管理者「${given(p, 'name')}」を作成しました。初期パスワード：${given(p, 'password')}\n` +
      `  この表示は一度限りです。kosatsu operator password --operator ${given(p, 'name')} で変更してください。\n` +
      `  kosatsu operator add で職員を登録するまでは、このコンピューターの利用者による操作をそのまま受け付けます。`,
    en: (p) =>
      `Made the administrator "${given(p, 'name')}", one-time password: ${given(p, 'password')}\n` +
      `  It is shown only now. Change it: kosatsu operator password --operator ${given(p, 'name')}.\n` +
      `  Until kosatsu operator add registers somebody, whoever uses this machine is trusted.`,
  },
  /** name, roles, password */
  added: {
    ja: (p) =>
      `${given(p, 'name')}を登録しました（${given(p, 'roles')}）。初期パスワード：${given(p, 'password')}\n` +
      `  この表示は一度限りです。本人が kosatsu operator password --operator ${JSON.stringify(given(p, 'name'))} で変更し、` +
      `kosatsu operator token でトークンを作成してください。`,
    en: (p) =>
      `${given(p, 'name')} is registered (${given(p, 'roles')}), one-time password: ${given(p, 'password')}\n` +
      `  It is shown only now. They change it with kosatsu operator password --operator ${JSON.stringify(given(p, 'name'))}, ` +
      `then make a token with kosatsu operator token.`,
  },
  nowGoverned: {
    ja: () =>
      '以後、操作には登録された職員の氏名（--by）と本人のトークン（KOSATSU_TOKEN 又は --token-file）が必要です。',
    en: () =>
      'From now on every act needs a registered name (--by) and that person’s token (KOSATSU_TOKEN or --token-file).',
  },
  /** name */
  disabled: {
    ja: (p) => `${given(p, 'name')}を無効にし、パスワードとトークンを消去しました。`,
    en: (p) => `${given(p, 'name')} is disabled; password and tokens are gone.`,
  },
  /** name, roles */
  rolesSet: {
    ja: (p) => `${given(p, 'name')}の役割を変更しました：${given(p, 'roles')}`,
    en: (p) => `${given(p, 'name')} is now: ${given(p, 'roles')}`,
  },
  /** name */
  passwordSet: {
    ja: (p) => `${given(p, 'name')}のパスワードを変更しました。`,
    en: (p) => `The password of ${given(p, 'name')} is changed.`,
  },
  /** name, password */
  passwordReset: {
    ja: (p) =>
      `${given(p, 'name')}の初期パスワード：${given(p, 'password')}（この表示は一度限りです）。本人のトークンはすべて無効にしました。パスワードの変更後、kosatsu operator token で作成し直してください。`,
    en: (p) =>
      `One-time password of ${given(p, 'name')}: ${given(p, 'password')} (shown only now). All tokens of theirs are void; they make new ones with kosatsu operator token once the password is changed.`,
  },
  tokenMade: {
    ja: () => 'トークンを作成しました。表示は一度限りです。他の人が読めない場所に保存してください。',
    en: () => 'The token is made and shown only now. Keep it where nobody else can read it.',
  },
  /** id */
  tokenRevoked: {
    ja: (p) => `トークン ${given(p, 'id')} を取り消しました。`,
    en: (p) => `Token ${given(p, 'id')} is revoked.`,
  },
  none: { ja: () => '職員は登録されていません。', en: () => 'There are no operators.' },
  isDisabled: { ja: () => '無効', en: () => 'disabled' },
  passwordDiffers: {
    ja: () => '二度入力したパスワードが一致しません。変更していません。',
    en: () => 'The two passwords differ. It was not changed.',
  },
  needsOperator: {
    ja: () => '対象となる職員の氏名を --operator で指定してください。何も実行していません。',
    en: () => 'Whom? Give the name with --operator. Nothing was done.',
  },
  /** role */
  roleUnknown: {
    ja: (p) =>
      `「${given(p, 'role')}」という役割はありません。何も変更していません。指定できる役割：viewer、editor、approver、administrator。`,
    en: (p) =>
      `"${given(p, 'role')}" is no role. Nothing was changed. Roles: viewer, editor, approver, administrator.`,
  },
  askPassword: { ja: () => 'パスワード：', en: () => 'Password: ' },
  askNewPassword: { ja: () => '新しいパスワード：', en: () => 'New password: ' },
  askAgain: { ja: () => '新しいパスワード（再入力）：', en: () => 'New password, again: ' },
  noAnswer: {
    ja: () => '入力がないため、中止しました。',
    en: () => 'Nothing was typed, so nothing was done.',
  },
  /** path */
  tokenFile: {
    ja: (p) => `トークンのファイル ${given(p, 'path')} を読み取れません。何も実行していません。`,
    en: (p) => `The token file ${given(p, 'path')} can't be read. Nothing was done.`,
  },
  /** id, by */
  reviewed: {
    ja: (p) => `投稿 ${given(p, 'id')} の事後確認を${given(p, 'by')}の名前で記録しました。`,
    en: (p) => `The review of post ${given(p, 'id')} by ${given(p, 'by')} is on record.`,
  },
  /** id */
  reviewOwn: {
    ja: (p) => `投稿 ${given(p, 'id')} は本人の単独投稿です。事後確認は別の職員が行ってください。`,
    en: (p) => `You forced post ${given(p, 'id')} yourself. Another person must review it.`,
  },
  /** id */
  reviewNone: {
    ja: (p) => `投稿 ${given(p, 'id')} に未了の事後確認はありません。`,
    en: (p) => `No review of post ${given(p, 'id')} is open.`,
  },
  reasonMissing: {
    ja: () => '理由を --reason で指定してください。記録に残ります。何も変更していません。',
    en: () => 'Say why with --reason; it goes on the record. Nothing was changed.',
  },
  breakGlassNotNeeded: {
    ja: () => '運用方針が二人の承認を求めていないため、--break-glass は不要です。何も投稿していません。',
    en: () => 'The policy does not ask for two people, so --break-glass is not needed. Nothing was posted.',
  },
  breakGlassNeedsSignIn: {
    ja: () =>
      '単独での緊急投稿には、その場でのパスワード入力が必要です。--yes を付けずに端末から実行するか、状況の画面から投稿してください。何も投稿していません。',
    en: () =>
      'To force a notice alone, give your password there and then: run the command at a terminal, without --yes, or use the status page. Nothing was posted.',
  },
  breakGlassNeedsToken: {
    ja: () =>
      '単独での緊急投稿は、登録された職員に限ります。kosatsu operator add で職員を登録してください。何も投稿していません。',
    en: () =>
      'Only a registered operator may force a notice alone; kosatsu operator add registers people. Nothing was posted.',
  },
} as const satisfies Record<string, Sentence>;

function actName(params: SentenceParams, lang: Lang): string {
  return governedActName(given(params, 'act'), lang);
}

/** What somebody asked for is called; what is no act of a person is shown as it is. */
export function governedActName(wanted: string, lang: Lang): string {
  const name = Object.entries(governedActNames).find(([act]) => act === wanted)?.[1];
  return name === undefined ? wanted : say(name, lang);
}
