type Found = readonly string[];
type Phrase = readonly [english: RegExp, japanese: (found: Found) => string];

/** What the schemas of rules and templates say is wrong with a value, and the same in Japanese. Names and words stay as they are. */
const PHRASES: readonly Phrase[] = [
  [/^more than (\d+) words$/u, ([n]) => `語は${n}個までです`],
  [/^more than (\d+) tests$/u, ([n]) => `試験は${n}件までです`],
  [/^longer than (\d+) characters$/u, ([n]) => `${n}文字以内としてください`],
  [
    /^words are plain; no regular expression is run$/u,
    () => '語は書かれたとおりの文字列として照合します。正規表現は使えません',
  ],
  [
    /^a word of one letter matches too much$/u,
    () => '一文字の英字や記号だけの語は、ほとんどの題名に当てはまるため使えません',
  ],
  [/^a list without words$/u, () => '語が一つもありません'],
  [/^rules without tests$/u, () => '規則を確かめる試験が一つもありません'],
  [/^"(.+)" is taken$/u, ([name]) => `「${name}」は既に使われています`],
  [/^a list has this name already$/u, () => '同じ名前の語の一覧があります'],
  [
    /^there is no list or path named "(.+)"$/u,
    ([name]) => `「${name}」という名前の語の一覧又はパスはありません`,
  ],
  [/^(\{.+\}) is not among the fields$/u, ([field]) => `${field}は fields にない項目です`],
  [/^(\{.+\}) is missing$/u, ([field]) => `${field}がありません`],
  [
    /^(\{.+\}) is not known here; known are (.+)$/u,
    ([field, known = '']) => `${field}はここでは使えません。使えるもの：${known.replaceAll(', ', '、')}`,
  ],
  [/^(\{url\}) must stand on a line of its own$/u, ([field]) => `${field}は単独の行に書いてください`],
  [/^url is given by --url, not by a field$/u, () => 'url は --url で指定するため、項目にはできません'],
  [
    /^only (-?\d+) of (\d+) are left for the title$/u,
    ([left, all]) => `題名に使える文字数が、${all}のうち${left}しか残りません`,
  ],
  // One that carries another inside.
  [/^"(.*)": (.+)$/su, ([word = '', why = '']) => `「${word}」：${schemaDetailJa(why)}`],
];

/** What is wrong with a value, in Japanese; what is not the program's own stays as it is. */
export function schemaDetailJa(detail: string): string {
  for (const [phrase, words] of PHRASES) {
    const found = phrase.exec(detail);
    if (found !== null) return words(found.slice(1));
  }
  return detail;
}
