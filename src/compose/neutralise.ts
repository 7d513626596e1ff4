import tt from 'twitter-text';
import { composeLimits } from '../limits.ts';

/**
 * What no reader sees: control and format characters (bidi, zero-width, tags, soft hyphen, BOM) and blank fillers.
 * Emoji are built with some of them, so a whole emoji is matched first and kept.
 */
const EMOJI_OR_UNSEEN = /\p{RGI_Emoji}|[\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u3164\uFFA0]|\u034F/gv;
const IS_UNSEEN = /^(?:[\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u3164\uFFA0]|\u034F)$/u;
/** Half characters and noncharacters: damage that policy must see, so they become the mark of damage. */
const BROKEN = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** A sign that X may make a mention, hashtag or cashtag of, before what could be a name. */
const SIGN = /[@＠#＃$＄](?=[\p{L}\p{M}\p{N}_])/gu;

/** Top-level domains that X links and twitter-text's table of 2020 does not know. */
const NEWER_DOMAIN = /(?<=[A-Za-z0-9])\.(?=(?:kids|music|spa|amazon|inc|web|merck)(?![A-Za-z0-9-]))/giu;

/**
 * Feed text in which X finds nothing to link, and a reader finds nothing hidden: mentions, hashtags and cashtags get a
 * plain space after the sign (`@ name`: visible, and read the same; a zero-width character would hide what was done),
 * addresses in running text lose their scheme and have full-width full stops (example．com). One line, NFC. Only for
 * text from a feed: what a person typed is shown back to them, never changed.
 */
export function neutralise(text: string): string {
  const seen = text
    .slice(0, composeLimits.rawTitleMax)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029\s]+/gu, ' ')
    .replace(EMOJI_OR_UNSEEN, (found) => (IS_UNSEEN.test(found) ? '' : found))
    .replace(BROKEN, '\uFFFD')
    .normalize('NFC');
  return unlink(seen).replace(SIGN, setApart).replace(/ {2,}/g, ' ').trim();
}

/** `a@b.jp`, `C#2` and `US$5` are words, and `$5` a price: X links none of them, so they stay as they are. */
function setApart(sign: string, at: number, text: string): string {
  const insideWord = /[@#$]/.test(sign) && /[A-Za-z0-9_]/.test(text[at - 1] ?? '');
  const price = /[$＄]/.test(sign) && /[0-9０-９]/.test(text[at + 1] ?? '');
  return insideWord || price ? sign : `${sign} `;
}

/** Takes the links out of running text. A mended text may hold a shorter link, so it is looked at again, a few times. */
function unlink(text: string): string {
  let current = text.replace(/https?:\/\//giu, '').replace(NEWER_DOMAIN, '．');
  for (let round = 0; round < composeLimits.unlinkRoundsMax; round += 1) {
    const links = tt.extractUrlsWithIndices(current, { extractUrlsWithoutProtocol: true });
    if (links.length === 0) return current;
    for (const { indices } of links.toReversed()) {
      const [from, to] = indices;
      current = current.slice(0, from) + current.slice(from, to).replaceAll('.', '．') + current.slice(to);
    }
  }
  return current.replaceAll('.', '．');
}
