import { withoutLinks } from './links.ts';
import { placeIn } from './excerpt.ts';
import { narrowed } from './narrowed.ts';
import { ownWords } from './own-words.ts';
import { PASS, sourceOf, type Check } from './check.ts';

/** What a figure would count: 月, but not 月曜; 日, but not 日本 or the 日時 that a list begins with. */
const UNIT =
  '(?=[\\s\\p{M}]*(?:年(?![間度末始金齢])|月(?![曜額例末初刊次])|日(?![本曜時程付常頃用没々])|時(?![代間期点])|分(?![野析類割])|秒|名(?![称前古簿義])|件(?![名数])))';

/**
 * What forms leave where a value belongs (a city's alert once said ○時○分). One sign may be a figure of speech, so an
 * item from a feed is only held; a person who typed it is asked to fill it in. 〇 between kanji numerals is a zero.
 * All are looked for in half-width letters.
 */
const PATTERNS: readonly RegExp[] = [
  /\$?\{[^{}]*\}|[{}]|<%[^%]*%>/u,
  /[○◯△]/u,
  /(?<![一二三四五六七八九十百千〇])〇+(?![一二三四五六七八九十百千〇])/u,
  /□{2,}|●{2,}|×{2,}|_{2,}/u,
  new RegExp(`[□●×]${UNIT}`, 'u'),
  /(?<![A-Za-z])[Xx](?:\s*[Xx])+(?![A-Za-z])/u,
  /(?<![A-Za-z])[Xx](?=[年月日時分])/u,
  /(?<![A-Za-z])T[\s./]?B[\s./]?[ACD]\.?(?![A-Za-z])/iu,
  /(?<![A-Za-z])to\s+be\s+(?:announced|advised|confirmed|decided|defined|determined|filled\s+in|fixed|inserted)(?![A-Za-z])/iu,
  /未\s*定(?!義)/u,
  /lorem ipsum/iu,
];

/** What an office's own pages may hold, but no notice that somebody types. */
const TYPED: readonly RegExp[] = [
  /[◎◌❍⭕⭘⚪▽☐⬜〓]|[▲▼■◇◆☆★*#?✕✖]{2,}/u,
  new RegExp(`(?<![\\dA-Za-z])(?:[▲▼■◇◆☆★✕✖⚫🔴OoОоΟοХхΧχNn]|[Ⅹⅹ]|…|・・|--)${UNIT}`, 'u'),
  /([*#?・-])\s*(?:年\s*\1\s*月|月\s*\1\s*日|時\s*\1\s*分)/u,
  /(?<!\p{Script=Cyrillic})[Хх]{2,}(?!\p{Script=Cyrillic})|Χ{2,}|χ{2,}/u,
  /(?:(?<![A-Za-z])[A-DX-Zx-z]|[●▲■□◆])(?:県|市(?!場)|町|村)/u,
  // Blanks of a form: 令和 年 月 日, 11月 日, ( )月.
  /(?:^|[\d\s年])月\s+日(?![本曜])|(?:令和|平成)\s+年|年\s+月(?![曜額例末初刊次])|\s時\s+分|時\s+分(?![野析])|\d月日|令和年(?![間号])/u,
  /[([「『]\s*[)\]」』]/u,
  /(?<![A-Za-z])(?:yyyy|mm[/-]dd|dd[/-]mm|hh:mm)(?![A-Za-z])/iu,
  /%[A-Z_]+%|%[sd](?![A-Za-z])|<<[^<>\n]*>>|(?<![A-Za-z])(?:TO-?DO|FIX-?ME)(?![A-Za-z])/u,
  /[([<〈《【「](?:[^)\]>〉》】」\n]{0,8}(?:要確認|確認中|調整中|記入|入力|挿入)[^)\]>〉》】」\n]{0,8}|仮|(?:災害|地震|台風|システム|都道府県|市町村|地域|県|対象者)?(?:名|氏名)|日付|日時|年月日|ここに[^)\]>〉》】」\n]*)[)\]>〉》】」]/u,
  /[[<](?:(?:your|insert|enter|fill)\b[^\]>\n]*|name|date|time|place|region|area|number|url|link|event|disaster)[\]>]/iu,
  /未\s*(?:確\s*定|決\s*定)|ダミー/u,
];

export const checkPlaceholder: Check = (draft, context) => {
  const text = narrowed(withoutLinks(ownWords(draft, context)));
  for (const pattern of context.forced ? [...PATTERNS, ...TYPED] : PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) {
      const params = { ...placeIn(draft.text, found.index, found[0].length), from: sourceOf(context) };
      return { kind: context.forced ? 'deny' : 'hold', params };
    }
  }
  return PASS;
};
