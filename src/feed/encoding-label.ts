/** Labels that servers use for Japanese sets and that the WHATWG list behind TextDecoder does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  'windows-932': 'shift_jis',
  windows932: 'shift_jis',
  ms932: 'shift_jis',
  sjis: 'shift_jis',
  'x-ms-cp932': 'shift_jis',
  cp51932: 'euc-jp',
  eucjp: 'euc-jp',
  'euc-jp-ms': 'euc-jp',
  eucjpms: 'euc-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  jis: 'iso-2022-jp',
};

/** The WHATWG name of an encoding label (`Shift_JIS` → `shift_jis`), or null for a label that names none. */
function encodingOf(label: string): string | null {
  const key = label.trim().toLowerCase();
  try {
    return new TextDecoder(ALIASES[key] ?? key).encoding;
  } catch {
    // TextDecoder has no other way to say that it does not know a label.
    return null;
  }
}

/** The charset of a Content-Type header, quoted or not; null where it names none that is known. */
export function headerCharset(contentType: string | null): string | null {
  const found = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '');
  return found?.[1] === undefined ? null : encodingOf(found[1]);
}

/**
 * What the document says of itself within its first bytes: the XML declaration, else HTML's `<meta>`.
 * `head` is those bytes read one character a byte, which is safe because every candidate set keeps ASCII.
 */
export function documentCharset(head: string): string | null {
  const xml = /^[\s\u00ef\u00bb\u00bf]{0,64}<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([^"'\s>]{1,40})/i.exec(
    head,
  );
  const meta = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([^"'\s/>;]{1,40})/i.exec(head);
  const label = xml?.[1] ?? meta?.[1];
  return label === undefined ? null : encodingOf(label);
}
