import tt from 'twitter-text';
import { composeLimits } from '../limits/words.ts';

/**
 * What no reader sees: control and format characters (bidi, zero-width, tags, soft hyphen, BOM) and blank fillers.
 * Emoji are built with some of them, so a whole emoji is matched first and kept.
 */
const EMOJI_OR_UNSEEN = /\p{RGI_Emoji}|[\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u3164\uFFA0]|\u034F/gv;
const IS_UNSEEN = /^(?:[\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u3164\uFFA0]|\u034F)$/u;
/** Half characters and noncharacters: damage that policy must see, so they become the mark of damage. */
const BROKEN = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** A sign that X may make a mention, hashtag or cashtag of, before what could be a name; tags may begin with 々 or ゛. */
const SIGN = /[@＠$＄](?=[\p{L}\p{M}\p{N}_])|[#＃](?=\S)/gu;

/**
 * A full stop that could join an address: X's list of endings grows, and twitter-text overlooks some addresses behind
 * rare characters, so every one before two letters counts. A mail address is matched first and kept: X links none.
 */
const MAIL_OR_JOINING_STOP = /[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+|(?<=[\p{L}\p{M}\p{N}])\.(?=\p{L}{2})/gu;

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
  return unlink(withoutSchemes(seen).replace(SIGN, setApart)).replace(/ {2,}/g, ' ').trim();
}

/** `a@b.jp`, `C#2` and `US$5` are words, and `$5` a price: X links none of them, so they stay as they are. */
function setApart(sign: string, at: number, text: string): string {
  const insideWord = /[@#$]/.test(sign) && /[A-Za-z0-9_]/.test(text[at - 1] ?? '');
  const price = /[$＄]/.test(sign) && /[0-9０-９]/.test(text[at + 1] ?? '');
  return insideWord || price ? sign : `${sign} `;
}

/** `https://` goes; where its removal makes another, that goes too, and what is still there is broken up. */
function withoutSchemes(text: string): string {
  let current = text;
  for (let round = 0; round < composeLimits.unlinkRoundsMax; round += 1) {
    const next = current.replace(/https?:\/\//giu, '');
    if (next === current) return current;
    current = next;
  }
  return current.replaceAll('://', ': ');
}

/** Gives addresses full-width full stops, and looks again for what X would still link. */
function unlink(text: string): string {
  let current = text.replace(MAIL_OR_JOINING_STOP, (found) => (found === '.' ? '．' : found));
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
