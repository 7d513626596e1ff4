const CONTEXT = 8;
/** Characters that would act on the screen or log on which the excerpt is shown. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Where something stands in a text, for a person: an excerpt, and the number of its first character, from 1. */
export function placeIn(text: string, at: number, length: number): { found: string; position: number } {
  const before = [...graphemesOf(text.slice(0, at))].length;
  return { found: excerptAround(text, at, length), position: before + 1 };
}

/** A few characters of the text around a place, so that a person finds it; ellipses where the text goes on. */
export function excerptAround(text: string, at: number, length: number): string {
  const graphemes = [...graphemesOf(text)];
  const first = graphemes.findIndex((grapheme) => grapheme.index + grapheme.segment.length > at);
  const after = graphemes.findIndex((grapheme) => grapheme.index >= at + length);
  const end = after < 0 ? graphemes.length : after;
  const from = Math.max(0, first - CONTEXT);
  const to = Math.min(graphemes.length, end + CONTEXT);
  const shown = graphemes.slice(from, to).map((grapheme) => grapheme.segment);
  return `${from > 0 ? '…' : ''}${shown.join('').replaceAll(ACTING, ' ')}${to < graphemes.length ? '…' : ''}`;
}

/** The characters of a text as people count them. */
export function graphemesOf(text: string): Iterable<Intl.SegmentData> {
  return new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text);
}
