/** The runtime decodes Shift_JIS (windows-31j) but does not encode it; turning its decoder round gives the table. */
let table: Map<string, readonly number[]> | null = null;

function buildTable(): Map<string, readonly number[]> {
  const built = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const add = (bytes: readonly number[]): void => {
    try {
      const char = decoder.decode(Uint8Array.from(bytes));
      // The first spelling wins: it is the JIS X 0208 one, later ones are copies.
      if (Array.from(char).length === 1 && !built.has(char)) built.set(char, bytes);
    } catch {
      // Not every pair of bytes is a character.
    }
  };
  for (let byte = 0; byte <= 0xff; byte += 1) add([byte]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // NEC's copies of IBM's characters are read by all and written by none (WHATWG Encoding, index Shift_JIS).
    if (lead === 0xed || lead === 0xee) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) add([lead, trail]);
  }
  return built;
}

/** XML text as Shift_JIS bytes; what the encoding lacks becomes a numeric character reference. */
export function encodeShiftJis(xml: string): Uint8Array<ArrayBuffer> {
  table ??= buildTable();
  const bytes: number[] = [];
  for (const char of xml) {
    const known = table.get(char);
    if (known !== undefined) bytes.push(...known);
    else bytes.push(...Buffer.from(`&#${char.codePointAt(0)};`, 'latin1'));
  }
  return Uint8Array.from(bytes);
}
