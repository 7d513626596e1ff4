const JAPANESE = ['euc-jp', 'shift_jis'] as const;

/** An undeclared reading must hold at least this share of kana: French in Latin-1 decodes as Shift_JIS, into kanji alone. */
const KANA_MIN = 0.15;
/** How much more kana an undeclared reading must hold than a declared one that decodes as well. Less than KANA_MIN, so that Japanese read as something without kana loses. */
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
    const kana = share(text, /[\u3041-\u3096\u30a1-\u30fc]/gu);
    if (!isDeclared && kana < KANA_MIN) continue;
    const score = kana + (isDeclared ? DECLARED_BONUS : 0);
    if (best === null || score > best.score) best = { text, encoding, score };
  }
  return best === null ? null : { text: best.text, encoding: best.encoding };
}

/** The share of the text's non-ASCII characters that match; 0 where there are none. */
export function share(text: string, pattern: RegExp): number {
  const foreign = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return foreign === 0 ? 0 : (text.match(pattern)?.length ?? 0) / foreign;
}

/** The text, or null where a byte sequence is not of this encoding. A character cut off at the very end is left out. */
export function readStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
