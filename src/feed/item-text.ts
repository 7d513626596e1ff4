import { decodeHTMLStrict } from 'entities';
import { parseLimits } from '../limits/intake.ts';
import type { ItemProblem } from './item.ts';
import { looksLikeMojibake } from './mojibake.ts';
import { undoDoubleEncoding } from './undo-double-encoding.ts';

/** A title as it may be shown, and what was wrong with it. */
export type CleanTitle = { title: string; problems: readonly ItemProblem[] };

/** HTML's elements. Only these are taken for markup, because titles also say `<重要>` and `<Update>`. */
const HTML =
  'a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|bgsound|big|blink|blockquote|body|br|' +
  'button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|' +
  'fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|' +
  'legend|li|link|main|map|mark|marquee|menu|meta|meter|nav|nobr|noframes|noscript|object|ol|optgroup|option|output|p|param|' +
  'picture|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|' +
  'table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr';
const COMMENT = /<!--.{0,2000}?-->|<![a-z][^<>]{0,1000}>/gis;
const SILENT = /<(script|style)\b[^<>]{0,1000}>[^<]{0,1000}<\/\1\s*>/gi;
const SEPARATING_TAG = /<\/?(?:br|p|div|li|ul|ol|td|tr|h[1-6])\b[^<>]{0,1000}>/gi;
const TAG = new RegExp(`</?(?:${HTML})(?:[\\s/][^<>]{0,1000})?>`, 'gi');

/** Bidi marks and overrides, zero-width, blank and invisible characters, tags, variation selectors: they change what a reader sees. */
const INVISIBLE =
  // oxlint-disable-next-line no-misleading-character-class -- each stands for itself, so that it can be removed
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
// oxlint-disable-next-line no-control-regex -- removing them is the purpose
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
const PRIVATE = /[\p{Co}\p{Cn}]/gu;
/** A run of white space; the ideographic space survives alone, because it is typography in Japanese titles. */
const SPACE = /[\s\u0085]+/g;

/**
 * Cleans a title for people: markup off, entities decoded (also those that were escaped twice), white space folded,
 * invisible and private characters off, NFC. What can't be shown as the office wrote it becomes a blocking problem.
 */
export function cleanTitle(raw: string): CleanTitle {
  const problems: ItemProblem[] = [];
  const blocked = (code: ItemProblem['code'], detail: string): void => {
    problems.push({ code, detail: detail.slice(0, 200), blocking: true });
  };
  if (raw.length > parseLimits.titleCharsMax) blocked('title-cut', raw);
  const plain = withoutMarkup(raw.slice(0, parseLimits.titleCharsMax).toWellFormed());
  const undone = undoDoubleEncoding(plain);
  const lost = plain.match(PRIVATE);
  const title = (undone ?? plain)
    .replace(CONTROL, '')
    .replace(INVISIBLE, '')
    .replace(PRIVATE, '')
    .replace(SPACE, (run) => (run === '\u3000' ? run : ' '))
    .trim()
    .normalize('NFC');
  if (title === '') blocked('title-missing', raw);
  if (title.includes('\ufffd')) blocked('title-lossy', title);
  else if (lost !== null) blocked('title-lossy', `${title} (${lost.length})`);
  else if (UNRESOLVED.test(title)) blocked('title-lossy', title);
  // Even a mended title waits for a person: the publisher's system is out of order.
  if (undone !== null || looksLikeMojibake(plain)) blocked('title-mojibake', plain);
  return { title, problems };
}

/** An entity that the document defined for itself, or misspelt: what it stands for is not known. */
const UNRESOLVED = /&(?:#\d+|#x[\da-f]+|[a-z]\w{1,31});/i;

/** Twice, because `&amp;lt;b&amp;gt;` is common; no more, because then a title could no longer speak of `&amp;`. */
function withoutMarkup(raw: string): string {
  let text = raw;
  for (let pass = 0; pass < 2; pass++) {
    const decoded = decodeHTMLStrict(withoutTags(text));
    if (decoded === text) break;
    text = decoded;
  }
  return withoutTags(text);
}

function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  return text.replace(COMMENT, '').replace(SILENT, '').replace(SEPARATING_TAG, ' ').replace(TAG, '');
}
