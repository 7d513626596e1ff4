const JAPANESE = ['euc-jp', 'shift_jis'] as const;

/** An undeclared reading must hold at least this share of kana: French in Latin-1 decodes as Shift_JIS, into kanji alone. */
const KANA_MIN = 0.15;
/** How much better an undeclared reading must be than a declared one that decodes as well. */
const DECLARED_BONUS = 0.1;

/**
 * Chooses between the declared sets and the two Japanese ones among those that decode without a single error.
 * Strictness alone can't: EUC-JP bytes are also valid Shift_JIS, but then read as half-width katakana.
 */
export function guessJapanese(
  bytes: Uint8Array,
  declared: readonly string[],
): { text: string; encoding: string } | null {
  let best: { text: string; encoding: string; score: number } | null = null;
  for (const encoding of new Set([...declared, ...JAPANESE])) {
    const text = readStrictly(bytes, encoding);
    if (text === null) continue;
    const isDeclared = declared.includes(encoding);
    if (!isDeclared && share(text, /[\u3041-\u3096\u30a1-\u30fc]/gu) < KANA_MIN) continue;
    const score = plausibility(text) + (isDeclared ? DECLARED_BONUS : 0);
    if (best === null || score > best.score) best = { text, encoding, score };
  }
  return best === null ? null : { text: best.text, encoding: best.encoding };
}

/** The share of the text's non-ASCII characters that match; 0 where there are none. */
export function share(text: string, pattern: RegExp): number {
  const foreign = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return foreign === 0 ? 0 : (text.match(pattern)?.length ?? 0) / foreign;
}

/** Kana and Japanese punctuation speak for a reading, half-width katakana, controls and private characters against it. */
function plausibility(text: string): number {
  const foreign = share(text, /[\u3001-\u3015\u3041-\u3096\u30a1-\u30fc\uff08\uff09\uff10-\uff19]/gu);
  const letters = share(text, /[\p{L}--[\p{ASCII}\u3041-\u30fc\uff66-\uff9f]]/gv);
  const odd = share(text, /[\u0080-\u009f\uff61-\uff9f\p{Co}]/gu);
  return foreign + letters / 2 - odd;
}

/** The text, or null where a byte sequence is not of this encoding. A character cut off at the very end is left out. */
export function readStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
