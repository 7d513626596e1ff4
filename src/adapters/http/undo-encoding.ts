import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { FetchProblem } from '../../feed/fetched.ts';

/** The document as it was before compression, or what was wrong with the compression. */
export type Decoded = { kind: 'decoded'; bytes: Uint8Array } | { kind: 'failed'; problem: FetchProblem };

type Undo = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const undoGzip: Undo = promisify(gunzip);
const undoBrotli: Undo = promisify(brotliDecompress);
const undoZlib: Undo = promisify(inflate);
const undoRaw: Undo = promisify(inflateRaw);

/**
 * Undoes the content encodings named in the header, last first, each into at most `maxBytes`; runs off the main thread.
 * A body that begins as gzip is unpacked even where no header says so: files stored as `.xml.gz` are served that way.
 */
export async function undoEncoding(
  body: Uint8Array,
  header: string | undefined,
  bounds: { maxBytes: number; encodingsMax: number },
): Promise<Decoded> {
  const named = namesIn(header);
  if (named.length > bounds.encodingsMax) {
    return failed('too-deep', `compressed ${named.length} times over`);
  }
  let bytes = body;
  for (const name of named) {
    const decoded = await undoOne(bytes, name, bounds.maxBytes);
    if (decoded.kind === 'failed') return decoded;
    bytes = decoded.bytes;
  }
  if (named.length < bounds.encodingsMax && beginsAsGzip(bytes))
    return undoOne(bytes, 'gzip', bounds.maxBytes);
  if (bytes.length > bounds.maxBytes) return failed('too-large', `more than ${bounds.maxBytes} bytes`);
  return { kind: 'decoded', bytes };
}

async function undoOne(bytes: Uint8Array, name: string, maxBytes: number): Promise<Decoded> {
  // A server that announces gzip and sends plain text is wrong about the header, not about the text.
  if (name === 'gzip' && !beginsAsGzip(bytes)) return { kind: 'decoded', bytes };
  const undo = undoFor(name, bytes);
  if (undo === null)
    return failed('parse-failed', `encoded as ${JSON.stringify(name.slice(0, 40))}, which was not asked for`);
  try {
    return { kind: 'decoded', bytes: await undo(bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      return failed('too-large', `the ${name} body unpacks to more than ${maxBytes} bytes`);
    }
    // zlib's and brotli's words for "the data ended too early".
    if (code === 'Z_BUF_ERROR') return failed('truncated', `the ${name} body was cut off`);
    return failed('parse-failed', `the ${name} body is damaged, ${code}`);
  }
}

function undoFor(name: string, bytes: Uint8Array): Undo | null {
  switch (name) {
    case 'gzip':
      return undoGzip;
    case 'br':
      return undoBrotli;
    case 'deflate':
      // RFC 9110 means the zlib format; some servers send the bare stream.
      return beginsAsZlib(bytes) ? undoZlib : undoRaw;
    default:
      return null;
  }
}

function namesIn(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((name) =>
      name
        .trim()
        .toLowerCase()
        .replace(/^x-gzip$/, 'gzip'),
    )
    .filter((name) => name !== '' && name !== 'identity')
    .toReversed();
}

function beginsAsGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
}

function beginsAsZlib(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function failed(code: FetchProblem['code'], detail: string): Decoded {
  return { kind: 'failed', problem: { code, detail } };
}
