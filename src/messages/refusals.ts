import type { Lang } from '../feed/item.ts';
import { say, type Sentence } from './sentence.ts';

/**
 * Why an act was refused, in a few words, by the code that stands in the log. The person at the screen was told in a whole sentence; this
 * is for those who read the log later.
 */
const refusals = {
  'program-name': { ja: () => 'プログラム自身の名称', en: () => "the program's own name" },
  'operator-unknown': { ja: () => '登録のない職員', en: () => 'not registered' },
  'token-missing': { ja: () => 'トークンの提示なし', en: () => 'no token shown' },
  'token-wrong': { ja: () => 'トークンの不一致', en: () => 'wrong token' },
  'role-too-low': { ja: () => '権限なし', en: () => 'no right to it' },
  'not-held': { ja: () => '確認待ちではない', en: () => 'not waiting for approval' },
  'approved-already': { ja: () => '同じ職員が承認済み', en: () => 'approved by the same person already' },
  'denied-by-policy': { ja: () => '運用方針により不可', en: () => 'not allowed by the policy' },
  'not-in-this-state': { ja: () => '現在の状態では不可', en: () => 'not possible in its state' },
  'other-mode': { ja: () => '別の運用モードの投稿', en: () => 'made in another mode' },
  'other-account': { ja: () => '別のアカウントの投稿', en: () => 'of another account' },
  'not-open': { ja: () => '修正できる状態ではない', en: () => 'no longer to be edited' },
  unchanged: { ja: () => '修正前と同じ文面', en: () => 'the same words as before' },
  'too-many': { ja: () => '修正回数の上限', en: () => 'edited too often' },
  denied: { ja: () => '運用方針により不可の文面', en: () => 'words that the policy does not allow' },
  'not-published': { ja: () => '投稿済みではない', en: () => 'not published' },
  'said-already': { ja: () => '同じ訂正を投稿済み', en: () => 'the same correction was posted' },
  'correction-refused': { ja: () => '訂正文の不備', en: () => 'mistake in the correction' },
  'not-uncertain': { ja: () => '投稿結果は確定済み', en: () => 'not uncertain' },
  taken: { ja: () => '別の投稿の番号', en: () => 'the id of another post' },
  'no-post-id': { ja: () => '投稿の番号ではない', en: () => 'no id of a post' },
  'not-ours': { ja: () => '当アカウントの投稿ではない', en: () => 'no post of this account' },
  'not-in-batch': { ja: () => '対象外の投稿の指定', en: () => 'a post that is not in the batch' },
  'nothing-chosen': { ja: () => '投稿の選択なし', en: () => 'no post was chosen' },
  'own-review': { ja: () => '本人による事後確認', en: () => 'reviewing an own post' },
  'request-replayed': { ja: () => '処理済みの依頼', en: () => 'a request that was carried out already' },
  'not-as-confirmed': { ja: () => '確認後に変わった文面', en: () => 'changed since it was confirmed' },
  'break-glass-not-needed': { ja: () => '単独での緊急投稿は不要', en: () => 'no need to force it alone' },
  'reason-missing': { ja: () => '理由の記載なし', en: () => 'no reason given' },
  'nobody-registered': { ja: () => '職員の登録なし', en: () => 'nobody is registered' },
  'sign-in-failed': { ja: () => 'サインインの失敗', en: () => 'sign-in failed' },
  'sign-in-missing': { ja: () => '再度のサインインなし', en: () => 'no fresh sign-in' },
  'operator-exists': { ja: () => '登録済みの職員', en: () => 'registered already' },
  'operator-disabled': { ja: () => '無効にされた職員', en: () => 'disabled already' },
  'operator-active': { ja: () => '無効にされていない職員', en: () => 'not disabled yet' },
  'own-erasure': { ja: () => '本人による氏名の消去', en: () => 'erasing an own name' },
  'name-form': { ja: () => '氏名として使用できない文字', en: () => 'no name of a person' },
  'roles-none': { ja: () => '役割の指定なし', en: () => 'no role given' },
  'last-administrator': { ja: () => '最後の管理者', en: () => 'the last administrator' },
  'too-many-operators': { ja: () => '職員の数の上限', en: () => 'too many operators' },
  'too-many-tokens': { ja: () => 'トークンの数の上限', en: () => 'too many tokens' },
  'token-unknown': { ja: () => '該当するトークンなし', en: () => 'no such token' },
} as const satisfies Record<string, Sentence>;

/** A code under which a refusal goes on the record. */
export type RefusalCode = keyof typeof refusals;

const byCode: Readonly<Record<string, Sentence>> = refusals;

/** The reason of a refusal as people read it; words that were recorded in full, and codes of another version, stay as they are. */
export function refusalReason(code: string, lang: Lang): string {
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  return known === undefined ? code : say(known, lang);
}
