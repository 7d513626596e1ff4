import type { Lang } from '../feed/item.ts';
import { given, type SentenceParams } from './sentence.ts';

type Found = readonly (string | undefined)[];
type Phrase = readonly [english: RegExp, japanese: (found: Found) => string];

/**
 * What the program itself says of an answer of X, of a look at the own timeline, or of why nothing was sent, in the order in which it
 * is looked for, and the same in Japanese. Words of X, ids and codes stay as they are.
 */
const PHRASES: readonly Phrase[] = [
  // Those that carry another one inside come first.
  [
    /^own posts can't be read: (.+)$/su,
    ([inner]) => `アカウントの投稿一覧を読み取れない：${japanese(inner ?? '')}`,
  ],
  [/^(.+), cut off$/su, ([inner]) => `${japanese(inner ?? '')}（途中で切断）`],

  [/^the program ended before the answer was recorded$/u, () => '応答を記録する前にプログラムが終了'],
  [/^too early to say that it is not there$/u, () => '投稿されていないと判断するにはまだ早い'],
  [/^not on the timeline$/u, () => 'アカウントの投稿一覧に見当たらない'],
  [/^the timeline could not be read to its end$/u, () => 'アカウントの投稿一覧を最後まで読み取れない'],
  [/^no attempt is on record$/u, () => '送信の記録がない'],
  [/^still unknown after (\d+) looks$/u, ([n]) => `${n}回確認したが、なお不明`],
  [
    /^X says that the text exists, but the timeline does not show it$/u,
    () => '同じ文面の投稿が既にあるとXは応答したが、アカウントの投稿一覧に見当たらない',
  ],
  [
    /^post (\d+) of (\S+) says the same, but is older than the first attempt$/u,
    ([id, at]) => `同じ内容の投稿${id}（${at}）があるが、最初の送信より前のもの`,
  ],
  [
    /^post (\d+) of (\S+) has the same link under other words$/u,
    ([id, at]) => `同じリンクで文面の異なる投稿${id}（${at}）がある`,
  ],
  [
    /^post (\d+) is on record for (\S+)$/u,
    ([id, other]) => `同じ文面の投稿${id}があるが、別の投稿${other}のものとして記録済み`,
  ],
  [
    /^X gave the id (\d+), which is not that of a new post$/u,
    ([id]) => `Xの応答にある投稿番号 ${id} は、新しい投稿のものではない`,
  ],
  [
    /^the store was restored; X may not show the newest posts yet$/u,
    () => '記録を復元した直後であり、最新の投稿がまだ一覧に表示されない可能性がある',
  ],
  [/^X no longer has the post$/u, () => 'Xに投稿が存在しない'],
  [/^the own timeline shows it already$/u, () => 'アカウントの投稿一覧に既にある'],
  [/^kept beside the full store$/u, () => '記録の保存先が満杯のため、別に保管していた結果'],
  [
    /^who approved it may not approve any more$/u,
    () => '承認した職員が承認の権限を失ったため、改めて承認が必要',
  ],
  [/^its approvals have expired$/u, () => '承認の有効期間を過ぎたため、改めて承認が必要'],
  [/^the whole document brings it unchanged$/u, () => '文書全体を読み直し、同じ内容を確認'],

  [/^(\d{3}) with an empty body$/u, ([status]) => `HTTP ${status}、本文なし`],
  [/^(\d{3}) with an HTML page$/u, ([status]) => `HTTP ${status}、HTMLのページ`],
  [
    /^(\d{3}) with JSON of an unknown shape: (.*)$/su,
    ([status, it]) => `HTTP ${status}、形式の不明なJSON：${it}`,
  ],
  [
    /^(\d{3}) with text that is no JSON: (.*)$/su,
    ([status, it]) => `HTTP ${status}、JSONでない文字列：${it}`,
  ],

  [
    /^DEADLINE no whole answer within (\d+) ms$/u,
    ([ms]) => `${seconds(ms)}秒以内に応答が完了しない（DEADLINE）`,
  ],
  [/^TIMEOUT no connection within (\d+) ms$/u, ([ms]) => `${seconds(ms)}秒以内に接続できない（TIMEOUT）`],
  [
    /^ANSWER_TOO_LARGE the answer is larger than (\d+) bytes$/u,
    ([n]) => `応答が${n}バイトを超過（ANSWER_TOO_LARGE）`,
  ],
  [/^(?:ECONNRESET|EPIPE)\b.*$/su, ([all]) => `通信が切断された（${code(all)}）`],
  [/^CLOSED\b.*$/su, () => '通信が終了した（CLOSED）'],
  [/^SPOKE_FIRST\b.*$/su, () => '送信前に応答があった（SPOKE_FIRST）'],
  [/^ABORTED\b.*$/su, () => '処理を中止した（ABORTED）'],
  [/^ECONNREFUSED\b.*$/su, () => '接続を拒否された（ECONNREFUSED）'],
  [/^(?:ENOTFOUND|EAI_AGAIN)\b.*$/su, ([all]) => `ホスト名を解決できない（${code(all)}）`],
  [
    /^(?:EHOSTUNREACH|ENETUNREACH|ENETDOWN|ETIMEDOUT)\b.*$/su,
    ([all]) => `ネットワークが通じない（${code(all)}）`,
  ],
  [
    /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)\w*\b.*$/su,
    ([all]) => `接続先の証明書を確認できない（${code(all)}）`,
  ],

  [/^claim is (\d+) ms old$/u, ([ms]) => `送信の準備から${seconds(ms)}秒が経過したため、送信していない`],
  [/^lease is no longer sure$/u, () => '投稿する権限を保持しているか確かでないため、送信していない'],
  [/^the deadline of the attempt has passed$/u, () => '送信の期限を過ぎたため、送信していない'],
  [/^too little time is left for an answer$/u, () => '応答を待つ時間が足りないため、送信していない'],
  [/^the attempt is not on record$/u, () => '送信の記録がないため、送信していない'],
  [/^the text is not the one that was judged$/u, () => '審査した文面と異なるため、送信していない'],
  [/^credentials of @(\w+)$/u, ([handle]) => `認証情報は @${handle} のもの`],
  [/^the credentials are @(\w+)'s$/u, ([handle]) => `認証情報は @${handle} のもの`],
];

/** What is known of an answer, a look or an attempt, in the reader's language; what is not the program's own stays as it is. */
export function describeXDetail(detail: string, lang: Lang): string {
  return lang === 'en' ? detail : japanese(detail);
}

/** The parameter `detail`, or another, of a sentence in that way; a dash where there is none. */
export function xDetail(params: SentenceParams, lang: Lang, name = 'detail'): string {
  return describeXDetail(given(params, name), lang);
}

function japanese(detail: string): string {
  for (const [phrase, words] of PHRASES) {
    const found = phrase.exec(detail);
    // Phrases without a group of their own are given the whole.
    if (found !== null) return words(found.length > 1 ? found.slice(1) : [detail]);
  }
  return detail;
}

function code(detail = ''): string {
  return /^\w+/u.exec(detail)?.[0] ?? detail;
}

/** Whole seconds where they are, else tenths. */
function seconds(ms = ''): string {
  return String(Math.round(Number(ms) / 100) / 10);
}
