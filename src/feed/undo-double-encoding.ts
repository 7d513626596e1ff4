/** windows-1252's characters outside Latin-1, with their bytes. */
const HIGH = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i))).map(
    (char, i) => [char, 0x80 + i],
  ),
);

/**
 * Undoes the commonest accident of publishing systems: UTF-8 bytes taken for windows-1252 characters and written as UTF-8
 * again (`Ã©` for `é`, `æ—¥` for `日`). Null where the text is not such: chance all but never makes valid UTF-8.
 */
export function undoDoubleEncoding(text: string): string | null {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const byte = code <= 0xff ? code : HIGH.get(char);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  try {
    const undone = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return undone === text ? null : undone;
  } catch {
    // Strict decoding has no other way to say no.
    return null;
  }
}
