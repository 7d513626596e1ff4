import { composeLimits } from '../limits/words.ts';

const PAIRS: Readonly<Record<string, string>> = {
  '(': ')',
  '（': '）',
  '「': '」',
  '『': '』',
  '【': '】',
  '[': ']',
  '［': '］',
  '〔': '〕',
  '〈': '〉',
  '《': '》',
  '“': '”',
  '｢': '｣',
  '{': '}',
};
const CLOSERS = new Set(Object.values(PAIRS));

/** A mark at the end of a title that tells one notice from the next; it survives shortening. */
const TAIL_MARK =
  /\s?[(（](?:第?[0-9０-９一二三四五六七八九十]{1,3}報|[^()（）]{0,6}(?:更新|訂正|追記|続報|最終報)|[0-9]{1,2}(?:st|nd|rd|th) (?:report|notice|update)|update[^()]{0,12}|revised|corrected)[)）]$/iu;

/** How good a place is for ending: at a phrase, at a word, or only between characters. */
type Border = { at: number; grade: 'phrase' | 'word' | 'character' };

/**
 * The longest beginning of a title that fits, ending at a phrase border with `…`, never inside an open bracket pair and
 * never inside a character. `fits` is asked about whole candidates, so that it may weigh the complete post. A report
 * number at the end, such as (第4報), is kept. An empty title text is returned where not even `…` fits.
 */
export function shorten(
  title: string,
  fits: (text: string) => boolean,
): { text: string; shortened: boolean } {
  if (title.length <= composeLimits.titleMax && fits(title)) return { text: title, shortened: false };
  const tail = TAIL_MARK.exec(title)?.[0] ?? '';
  const body = title.slice(0, title.length - tail.length);
  const best = longestThatFits(body, tail, fits);
  return { text: best, shortened: true };
}

function longestThatFits(body: string, tail: string, fits: (text: string) => boolean): string {
  // The bound may fall inside a character, so the last place before it doesn't count.
  const borders = findBorders(body.slice(0, composeLimits.titleMax)).filter(
    ({ at }) => at < composeLimits.titleMax,
  );
  const render = (at: number): string => `${closeBrackets(trimEnd(body.slice(0, at)))}${tail}`;
  const room = lastThatFits(borders, ({ at }) => fits(render(at)))?.at ?? 0;
  if (room === 0) return [`…${tail}`, '…'].find(fits) ?? '';
  const enough = room * (1 - composeLimits.phraseLossMax);
  const inRoom = borders.filter(({ at }) => at <= room && at >= enough);
  const outside = inRoom.filter(({ at }) => openBrackets(trimEnd(body.slice(0, at))).length === 0);
  for (const candidates of [
    outside.filter(({ grade }) => grade === 'phrase'),
    outside.filter(({ grade }) => grade !== 'character'),
    inRoom.filter(({ grade }) => grade === 'phrase'),
    inRoom.filter(({ grade }) => grade !== 'character'),
  ]) {
    const best = candidates.findLast(({ at }) => fits(render(at)));
    if (best !== undefined) return render(best.at);
  }
  return render(room);
}

/** Halving finds the place; a step or two back allow for a closing bracket that weighs more than what it replaces. */
function lastThatFits(borders: readonly Border[], fits: (border: Border) => boolean): Border | undefined {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const border = borders[middle];
    if (border !== undefined && fits(border)) low = middle + 1;
    else high = middle;
  }
  return borders.slice(0, low).findLast(fits);
}

/** Every place where a title may end, ascending, with its grade. */
function findBorders(text: string): Border[] {
  const words = new Intl.Segmenter('ja', { granularity: 'word' });
  const grades = new Map<number, Border['grade']>();
  for (const { index, segment } of new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)) {
    if (!cutsNumber(text, index + segment.length)) grades.set(index + segment.length, 'character');
  }
  for (const { index } of words.segment(text)) {
    if (grades.has(index)) grades.set(index, gradeOf(text, index));
  }
  return [...grades].map(([at, grade]) => ({ at, grade })).toSorted((a, b) => a.at - b.at);
}

/** A number cut short is another number: 12月31日 must not become 12月3…, nor 第12報 become 第12…, nor 1,000 become 1. */
function cutsNumber(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at, at + 2);
  return /\p{N}$/u.test(before)
    ? /^\S/u.test(after)
    : /\p{N}[.,．，:]$/u.test(before) && /^\p{N}/u.test(after);
}

/** Japanese phrases end in hiragana (particles, endings) or punctuation, and begin with anything else; English ones at spaces. */
function gradeOf(text: string, at: number): Border['grade'] {
  const before = /.$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? '';
  const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/[\p{Script=Hiragana}ー々っッ、。・,.:;!?)）」』】\]〕〉》”]/u.test(after)) return 'character';
  if (before in PAIRS || /[第約各同当新旧]/u.test(before)) return 'character';
  if (/\p{N}/u.test(after) && !/[\s\p{Script=Hiragana}、]/u.test(before)) return 'character';
  if (/\s/.test(before) || /\s/.test(after)) return endsInLittleWord(text.slice(0, at)) ? 'word' : 'phrase';
  if (/[\p{Script=Hiragana}、。・:;!?,]/u.test(before) || CLOSERS.has(before) || after in PAIRS)
    return 'phrase';
  return /[A-Za-z]/.test(before) && /[A-Za-z]/.test(after) ? 'character' : 'word';
}

/** "Handling of the …" promises a word that does not come. */
function endsInLittleWord(text: string): boolean {
  return /(?:^|\s)(?:a|an|the|of|to|by|for|and|or|in|on|at|from|with|as|due|under|its|their|no\.?)\s*$/iu.test(
    text,
  );
}

function trimEnd(text: string): string {
  return text.replace(/[\s、。・,.:;\-–—/／~〜「『【（([［〔〈《“｢{]+$/u, '');
}

function openBrackets(text: string): string[] {
  const open: string[] = [];
  for (const char of text) {
    const closer = PAIRS[char];
    if (closer !== undefined) open.push(closer);
    else if (CLOSERS.has(char) && open.at(-1) === char) open.pop();
  }
  return open;
}

/** A cut inside a pair closes it after the ellipsis: 「特許法の…」. */
function closeBrackets(text: string): string {
  return `${text}…${openBrackets(text).toReversed().join('')}`;
}
