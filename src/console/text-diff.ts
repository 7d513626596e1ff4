import type { Lang } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';

/** A piece of two texts that were compared: in both, only in the old one, or only in the new one. */
export type DiffPart = { kind: 'same' | 'removed' | 'added'; text: string };

/**
 * What changed from one text to the other, word by word, in reading order; what was removed stands before what took its place. Words
 * are those of the language (Japanese has no spaces). Texts too long to compare word by word are shown as replaced whole.
 */
export function diffText(before: string, after: string, lang: Lang): readonly DiffPart[] {
  const old = wordsOf(before, lang);
  const now = wordsOf(after, lang);
  if (old.length * now.length > consoleLimits.diffCellsMax)
    return joined([...all(old, 'removed'), ...all(now, 'added')]);
  const common = commonLengths(old, now);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [gone, come] = [old[i], now[j]];
    if (gone !== undefined && gone === come) {
      parts.push({ kind: 'same', text: gone });
      i += 1;
      j += 1;
    } else if (gone !== undefined && (come === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      parts.push({ kind: 'removed', text: gone });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: come ?? '' });
      j += 1;
    }
  }
  return joined(parts);
}

/** A link is one word: half a changed address tells nobody anything. */
function wordsOf(text: string, lang: Lang): readonly string[] {
  const segmenter = new Intl.Segmenter(lang, { granularity: 'word' });
  return text
    .split(/(https?:\/\/[!-~]+)/u)
    .flatMap((part, index) =>
      index % 2 === 1 ? [part] : [...segmenter.segment(part)].map(({ segment }) => segment),
    );
}

/** How many words, at most, the rests of both texts have in common, from each pair of places on. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (const [i, row] of [...table.entries()].toReversed()) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const isSame = old[i] === now[j];
      row[j] = isSame ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: readonly Uint32Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function all(words: readonly string[], kind: DiffPart['kind']): readonly DiffPart[] {
  return words.map((text) => ({ kind, text }));
}

/** Neighbours of one kind become one piece; between two pieces in common, removals come first. */
function joined(parts: readonly DiffPart[]): readonly DiffPart[] {
  const result: DiffPart[] = [];
  const waiting = { removed: '', added: '' };
  const flush = (): void => {
    for (const kind of ['removed', 'added'] as const)
      if (waiting[kind] !== '') result.push({ kind, text: waiting[kind] });
    waiting.removed = '';
    waiting.added = '';
  };
  for (const { kind, text } of parts) {
    if (kind !== 'same') {
      waiting[kind] += text;
      continue;
    }
    flush();
    const last = result.at(-1);
    if (last?.kind === 'same') last.text += text;
    else result.push({ kind, text });
  }
  flush();
  return result;
}
