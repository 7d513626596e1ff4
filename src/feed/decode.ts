import { documentCharset, headerCharset } from './encoding-label.ts';
import { guessJapanese, readStrictly, share } from './guess-encoding.ts';

/** `lossy`: some characters could not be read, so no title of the document may be believed blindly. */
export type Decoded = { text: string; encoding: string; lossy: boolean };

/** Sets that accept nearly any bytes: "it decodes" proves nothing, so they are believed only after all others failed. */
const ACCEPTS_ANYTHING = new Set(['windows-1252', 'iso-8859-15', 'macintosh', 'x-user-defined']);

/**
 * Where at most this share of the characters beyond ASCII is broken, it is damaged UTF-8, not another set: bytes of another
 * set hardly ever form a whole character of UTF-8.
 */
const DAMAGED_UTF8_SHARE = 0.2;

/**
 * Bytes to text. Never fails: what can't be read becomes U+FFFD, with `lossy` set. What decodes without loss
 * outweighs what a header or a declaration claims, because both are often wrong and the bytes can't be.
 */
export function decode(bytes: Uint8Array, contentType: string | null): Decoded {
  const marked = byMarkOrPattern(bytes);
  if (marked !== null) return marked;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  const declared = [headerCharset(contentType), documentCharset(head)].filter((name) => name !== null);
  if (hasJisEscapes(bytes)) return decodeAs(bytes, 'iso-2022-jp');
  const utf8 = readStrictly(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8', lossy: false };
  const repaired = new TextDecoder('utf-8').decode(bytes);
  if (share(repaired, /\ufffd/gu) <= DAMAGED_UTF8_SHARE)
    return { text: repaired, encoding: 'utf-8', lossy: true };
  const guessed = guessJapanese(bytes, declared.filter(isTelling));
  if (guessed !== null) return { ...guessed, lossy: false };
  return (
    firstStrict(bytes, declared) ??
    decodeAs(bytes, declared.find((name) => name !== 'utf-8') ?? declared[0] ?? 'windows-1252', true)
  );
}

/** Byte order marks, then the zero bytes that a `<` leaves in the wide encodings. */
function byMarkOrPattern(bytes: Uint8Array): Decoded | null {
  const [a, b, c, d] = [bytes[0], bytes[1], bytes[2], bytes[3]];
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c)))
    return decodeUtf32(bytes, false);
  if (((a === 0xff && b === 0xfe) || a === 0x3c) && c === 0 && d === 0 && (b === 0xfe || b === 0)) {
    return decodeUtf32(bytes, true);
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeAs(bytes, 'utf-8');
  if (a === 0xfe && b === 0xff) return decodeAs(bytes, 'utf-16be');
  if (a === 0xff && b === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (a === 0 && b === 0x3c) return decodeAs(bytes, 'utf-16be');
  if (a === 0x3c && b === 0) return decodeAs(bytes, 'utf-16le');
  return null;
}

function decodeAs(bytes: Uint8Array, encoding: string, lossy = false): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return {
    text,
    encoding,
    lossy: lossy || (text.includes('\ufffd') && readStrictly(bytes, encoding) === null),
  };
}

function firstStrict(bytes: Uint8Array, encodings: readonly string[]): Decoded | null {
  for (const encoding of encodings) {
    const text = readStrictly(bytes, encoding);
    if (text !== null) return { text, encoding, lossy: false };
  }
  return null;
}

function isTelling(encoding: string): boolean {
  return encoding !== 'utf-8' && !ACCEPTS_ANYTHING.has(encoding);
}

/** ISO-2022-JP is seven-bit, so it is valid UTF-8 too; only its escapes to a Japanese set give it away. */
function hasJisEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    const [kind, set] = [bytes[at + 1], bytes[at + 2]];
    if (kind === 0x24 && (set === 0x42 || set === 0x40)) return true;
  }
  return false;
}

/** TextDecoder leaves UTF-32 out; feeds in it are rare, and the set is simple. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let lossy = bytes.byteLength % 4 !== 0;
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian);
    const valid = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    lossy ||= !valid;
    if (!(at === 0 && code === 0xfeff)) parts.push(valid ? String.fromCodePoint(code) : '\ufffd');
  }
  return { text: parts.join(''), encoding: littleEndian ? 'utf-32le' : 'utf-32be', lossy };
}
