import { PASS, type Check } from './check.ts';
import { placeIn } from './excerpt.ts';

/** Line feeds are wanted; every other control character is not. */
const CONTROL = /(?!\n)\p{Cc}|[\u2028\u2029]/u;
/** They turn the reading direction of what follows, and can make a link read as another. */
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Invisible, so two texts that look the same are not. Joiners are legal only inside emoji, see below. */
const INVISIBLE =
  /\u034F|\u180E|[\u2800\u00AD\u115F\u1160\u17B4\u17B5\u200B-\u200D\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
/** Shown as a box, or as different signs on different machines (外字). */
const NOT_EXCHANGEABLE = /[\uE000-\uF8FF\uFDD0-\uFDEF\uFFFE\uFFFF\u{F0000}-\u{10FFFF}]/u;
/** Marks piled on one letter grow over the lines around it; the languages of posts set two at most. */
const STACKED = /\p{M}{3,}/u;
const UNPAIRED_SURROGATE = /[\uD800-\uDFFF]/u;
/** Cyrillic е is not Latin e, and 𝐞 neither: words and addresses of them are not found again, and not what they seem. */
const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\u{1D400}-\u{1D7FF}]/u;
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['surrogate', UNPAIRED_SURROGATE],
  ['control', CONTROL],
  ['bidi', BIDI],
  ['invisible', INVISIBLE],
  ['not-exchangeable', NOT_EXCHANGEABLE],
  ['stacked', STACKED],
];

/** Characters that hide, reorder or break what people read. Emoji sequences keep their joiners. Of a feed, letters are what they are. */
export const checkUnsafeCharacter: Check = (draft, { forced }) => {
  const text = draft.text.replaceAll(/\p{RGI_Emoji}/gv, (emoji) => ' '.repeat(emoji.length));
  const kinds = forced ? [...KINDS, ['look-alike', LOOK_ALIKE] as const] : KINDS;
  for (const [kind, pattern] of kinds) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const { position } = placeIn(draft.text, match.index, match[0].length);
    return { kind: 'deny', params: { character: codePointName(match[0]), kind, position } };
  }
  return PASS;
};

/** Said by number, because the character itself could not be seen. */
function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
