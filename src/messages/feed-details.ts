import type { Lang } from '../feed/item.ts';

type Found = readonly string[];
type Phrase = readonly [english: RegExp, japanese: (found: Found) => string];

const NETWORKS: Readonly<Record<string, string>> = {
  loopback: 'このコンピューター自身',
  private: '組織内のネットワーク',
  'carrier-grade NAT': '通信事業者内部のネットワーク',
  'link-local': '機器間の内部通信用',
  unspecified: '宛先のないアドレス',
  multicast: '同報用',
  documentation: '文書の例示用',
  benchmarking: '試験用',
  reserved: '予約済み',
  tunnel: '別のアドレスを包むもの',
  'not an address': 'アドレスではないもの',
};

/** The commonest answers of web servers, in the words of an office. */
const STATUSES: Readonly<Record<string, string>> = {
  '400': '要求を受け付けられない',
  '401': '認証が必要',
  '403': 'アクセスが許可されていない',
  '404': 'ページが見つからない',
  '410': 'ページが廃止された',
  '429': 'アクセスが多すぎる',
  '500': '情報源の内部エラー',
  '502': '情報源の中継エラー',
  '503': '情報源が一時的に利用できない',
  '504': '情報源の応答待ち時間超過',
};

/**
 * The evidence that the readers of feeds give, in the order in which it is looked for, and the same in Japanese. What is
 * found between the words (hosts, numbers, codes) stays as it is.
 */
const PHRASES: readonly Phrase[] = [
  // Redirects first: they carry another phrase inside.
  [/^(.+); (\S+) redirects there$/s, ([inner, w]) => `${japanese(inner ?? '')}（${w}からの転送先）`],
  [/^HTTP (\d+) from (.+), which leads nowhere$/s, ([s, w]) => `${w}：HTTP ${s}、転送先の指定なし`],
  [/^(.+) redirects without saying where to$/s, ([w]) => `${w}：転送先の指定なし`],
  [/^more than (\d+) redirects, the last from (.+)$/s, ([n, w]) => `転送が${n}回を超過、最後は${w}`],
  [/^(.+) redirects in a circle, back to (.+)$/s, ([w, u]) => `${w}：転送が${u}に戻り循環`],
  [/^(.+) redirects from https to unprotected http$/s, ([w]) => `${w}：暗号化されないhttpへの転送`],
  [/^(.+) redirects to port (\d+) of (.+)$/s, ([w, p, h]) => `${w}：${h}のポート${p}への転送`],
  [/^(.+) redirects: (.+)$/s, ([w, inner]) => `${w}の転送先：${japanese(inner ?? '')}`],
  // Addresses.
  [/^an address of (\d+) characters, (\d+) allowed$/, ([n, m]) => `アドレスが${n}文字、上限は${m}文字`],
  [/^("[\s\S]*") is not an address$/, ([text]) => `${text}はアドレスではない`],
  [/^the scheme (\S+) is not http or https$/, ([s]) => `${s}はhttp・httpsではない`],
  [
    /^the address at (.+) carries a user name or password$/s,
    ([h]) => `${h}のアドレスに利用者名又はパスワードを含む`,
  ],
  [/^(\S+): (\S+) is (.+), not public$/, ([h, a, n]) => `${h}のアドレス${a}は${network(n)}`],
  [/^(\S*) is (.+), not public$/, ([a, n]) => `${a}は${network(n)}`],
  // Connections.
  [
    /^(\S+) could not prove who it is: (.+), (\S+)$/s,
    ([h, , code]) => `${h}の証明書を確認できない、${certificate(code)}`,
  ],
  [/^(\S+) sends more headers than are read$/, ([h]) => `${h}の応答ヘッダーが大きすぎる`],
  [/^the name (\S+) is not known, (\S+)$/, ([h, code]) => `ホスト名${h}が見つからない、${code}`],
  [
    /^the name (\S+) could not be looked up just now, (\S+)$/,
    ([h, code]) => `ホスト名${h}を現在照会できない、${code}`,
  ],
  [/^(\S+) accepts no connection, (\S+)$/, ([h, code]) => `${h}が接続を受け付けない、${code}`],
  [
    /^(\S+) closed the connection before it answered(?:, (\S+))?$/,
    ([h, code]) => `${h}が応答前に接続を切断${code === undefined ? '' : `、${code}`}`,
  ],
  [/^(\S+) does not answer to connections, (\S+)$/, ([h, code]) => `${h}が接続に応答しない、${code}`],
  [
    /^there is no way through the network to (\S+), (\S+)$/,
    ([h, code]) => `${h}までの通信経路がない、${code}`,
  ],
  [
    /^(\S+) states a wrong length of its answer, (\S+)$/,
    ([h, code]) => `${h}の応答の長さが実際と異なる、${code}`,
  ],
  [
    /^(\S+) answers with something that is not HTTP, (\S+)$/,
    ([h, code]) => `${h}の応答がHTTPではない、${code}`,
  ],
  [
    /^(\S+) could not be asked: (.+), (.+)$/s,
    ([h, words, code]) => `${h}に要求を送れない、${words}、${code}`,
  ],
  [/^(\S+) sent nothing for ([\d.]+) s$/, ([h, s]) => `${h}から${s}秒間データなし`],
  [/^not complete after ([\d.]+) s$/, ([s]) => `${s}秒以内に完了せず`],
  [/^the program is stopping$/, () => 'プログラムの終了処理中'],
  [/^the fetch itself failed: (.+)$/s, ([words]) => `読取り処理の内部エラー、${words}`],
  // Answers.
  [/^HTTP (\d+) without content from (.+)$/s, ([s, w]) => `${w}：HTTP ${s}、内容なし`],
  [/^HTTP 206, only a part, from (.+)$/s, ([w]) => `${w}：HTTP 206、一部分のみ`],
  [
    /^HTTP 304 from (.+) though nothing was compared$/s,
    ([w]) => `${w}：比較対象がないのにHTTP 304（変更なし）`,
  ],
  [/^HTTP (\d+) from (.+)$/s, ([s, w]) => `${w}：HTTP ${s}${meaning(s)}`],
  [
    /^(\S+) asked for fewer visits, (\d+) s to go$/,
    ([h, n]) => `${h}から間隔を空けるよう要求あり、残り${n}秒`,
  ],
  // Bodies.
  [/^(\d+) bytes announced, (\d+) allowed$/, ([n, m]) => `申告された大きさ${n}バイト、上限は${m}バイト`],
  [/^more than (\d+) bytes$/, ([m]) => `${m}バイトを超過`],
  [/^(.+) has (\d+) bytes, (\d+) allowed$/s, ([path, n, m]) => `${path}は${n}バイト、上限は${m}バイト`],
  [
    /^the connection ended in the middle of the body, after (\d+) bytes$/,
    ([n]) => `${n}バイトを受信した時点で接続が終了`,
  ],
  [/^compressed (\d+) times over$/, ([n]) => `${n}重に圧縮`],
  [/^encoded as (".*"), which was not asked for$/s, ([name]) => `要求していない形式${name}で符号化`],
  [
    /^the (\S+) body unpacks to more than (\d+) bytes$/,
    ([name, m]) => `${name}の展開後の大きさが${m}バイトを超過`,
  ],
  [/^the (\S+) body was cut off$/, ([name]) => `${name}のデータが途中で終了`],
  [/^the (\S+) body is damaged, (\S+)$/, ([name, code]) => `${name}のデータが破損、${code}`],
  // Files.
  [/^there is no file (.+)$/s, ([path]) => `ファイル${path}がない`],
  [/^(.+) is not a file$/s, ([path]) => `${path}はファイルではない`],
  [/^(.+) may not be read by this user$/s, ([path]) => `${path}の読取り権限がない`],
  [/^(.+) could not be read, (\S+)$/s, ([path, code]) => `${path}を読み取れない、${code}`],
  // Documents.
  [/^end tag of the root element missing$/, () => '末尾の終了タグなし'],
  [/^items with faults: (\d+)$/, ([n]) => `不備のある項目${n}件`],
  [/^batch (\S+) of (\d+)$/, ([id, n]) => `整理番号${id}、${n}件`],
  [/^items with damaged parts: (\d+)$/, ([n]) => `一部が壊れている項目${n}件`],
  [/^items without end tag: (\d+)$/, ([n]) => `終了タグのない項目${n}件`],
  [/^(\d+) bytes$/, ([n]) => `${n}バイト`],
  [/^(\d+) characters$/, ([n]) => `${n}文字`],
  [/^items > (\d+)$/, ([n]) => `項目が${n}件を超過`],
  [/^elements > (\d+)$/, ([n]) => `要素が${n}個を超過`],
  [/^attributes > (\d+)$/, ([n]) => `一つの要素の属性が${n}個を超過`],
  [/^depth > (\d+)$/, ([n]) => `階層が${n}段を超過`],
  [/^(\d+) items before, none now$/, ([n]) => `これまで${n}件、現在は0件`],
  [/^until (\d{4}-\d\d-\d\d)$/, ([day]) => `有効期限は${day}`],
  [/^lastBuildDate (\d{4}-\d\d-\d\d)$/, ([day]) => `lastBuildDateは${day}`],
  [/^(\d{4}-\d\d-\d\d), (\d+) d$/, ([day, n]) => `${day}以降、${n}日間新着なし`],
  [/^(\d+) documents waiting$/, ([n]) => `解析待ち${n}件`],
  [/^thread ended with (\d+)$/, ([n]) => `解析処理が異常終了、コード${n}`],
  [/^([\d.]+) s$/, ([s]) => `${s}秒`],
  [/^closed$/, () => '終了処理中'],
];

/** The evidence of a feed's problem in the reader's language; foreign words (titles, names) stay as they are. */
export function describeFeedDetail(detail: string, lang: Lang): string {
  return lang === 'en' ? english(detail) : japanese(detail);
}

function japanese(detail: string): string {
  for (const [phrase, words] of PHRASES) {
    const found = phrase.exec(detail);
    if (found !== null) return words(found.slice(1));
  }
  return detail;
}

/** The evidence is English already, but for the shortest notes. */
function english(detail: string): string {
  return detail
    .replace(/^(\d{4}-\d\d-\d\d), (\d+) d$/, 'nothing since $1, for $2 days')
    .replace(/^lastBuildDate (\d{4}-\d\d-\d\d)$/, 'its lastBuildDate is $1')
    .replace(/^(items|elements|attributes|depth) > (\d+)$/, '$1: more than $2');
}

function network(name = ''): string {
  return `${NETWORKS[name] ?? name}であり、公開のアドレスではない`;
}

function meaning(status = ''): string {
  const words = STATUSES[status];
  return words === undefined ? '' : `（${words}）`;
}

function certificate(code = ''): string {
  if (code === 'CERT_HAS_EXPIRED') return `有効期限切れ（${code}）`;
  if (code === 'CERT_NOT_YET_VALID') return `有効期間の開始前（${code}）`;
  if (code.includes('ALTNAME')) return `別のホスト名の証明書（${code}）`;
  if (code.includes('SELF_SIGNED') || code.startsWith('UNABLE_TO_')) return `発行者を確認できない（${code}）`;
  return code;
}
