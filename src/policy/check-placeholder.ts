import { linksOf } from './links.ts';
import { placeIn } from './excerpt.ts';
import { PASS, sourceOf, type Check } from './check.ts';

/**
 * What forms leave where a value belongs (a city's alert once said ○時○分). One sign may be a figure of speech, so an
 * item from a feed is only held; a person who typed it is asked to fill it in. 〇 between kanji numerals is a zero.
 */
const PATTERNS: readonly RegExp[] = [
  /\$?\{[^{}\n]*\}|｛[^｛｝\n]*｝|<%[^\n]*?%>/u,
  /[○◯△]/u,
  /(?<![一二三四五六七八九十百千〇])〇+(?![一二三四五六七八九十百千〇])/u,
  /□{2,}|●{2,}|×{2,}|＿{2,}|_{3,}/u,
  /[□●×](?=\s*[年月日時分秒名件])/u,
  /(?<![A-Za-zＡ-Ｚａ-ｚ])(?:[Xx]{2,}|[Ｘｘ]{2,})(?![A-Za-zＡ-Ｚａ-ｚ])/u,
  /(?<![A-Za-zＡ-Ｚａ-ｚ])[XxＸｘ](?=[年月日時分])/u,
  /(?<![A-Za-z])T\.?B\.?[ACD]\.?(?![A-Za-z])/u,
  /(?<![A-Za-z])to be (?:announced|confirmed|decided|determined)(?![A-Za-z])/iu,
  /未定(?!義)/u,
  /lorem ipsum/iu,
];

export const checkPlaceholder: Check = (draft, context) => {
  const text = withoutLinks(draft.text);
  for (const pattern of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) {
      const params = { ...placeIn(text, found.index, found[0].length), from: sourceOf(context) };
      return { kind: context.forced ? 'deny' : 'hold', params };
    }
  }
  return PASS;
};

/** An address may hold any sign. Blanked sign for sign, so that words on both sides don't meet and places stay. */
function withoutLinks(text: string): string {
  return linksOf(text).reduce(
    (rest, link) => rest.replaceAll(link.written, ' '.repeat(link.written.length)),
    text,
  );
}
