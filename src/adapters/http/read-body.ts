import type { IncomingMessage } from 'node:http';
import type { FetchProblem } from '../../feed/fetched.ts';

/** Bytes as they came over the wire, or why they were not wanted. */
export type WireBody = { kind: 'body'; bytes: Uint8Array } | { kind: 'failed'; problem: FetchProblem };

/**
 * Reads a body of at most `maxBytes`, whole or not at all. Each piece is copied into one growing buffer: kept as they come,
 * pieces of one byte would cost a hundred times their size. The caller destroys the request when this answers `failed`,
 * and calls the function returned when the connection ends before the body does.
 */
export function readBody(
  response: IncomingMessage,
  maxBytes: number,
  done: (body: WireBody) => void,
): () => void {
  const announced = Math.trunc(Number(response.headers['content-length'] ?? 0)) || 0;
  if (announced > maxBytes) {
    done(failed('too-large', `${announced} bytes announced, ${maxBytes} allowed`));
    return () => undefined;
  }
  let buffer = Buffer.alloc(Math.max(16_384, announced));
  let length = 0;
  response.on('data', (piece: Buffer) => {
    if (length + piece.length > maxBytes) {
      length = maxBytes;
      done(failed('too-large', `more than ${maxBytes} bytes`));
      return;
    }
    if (length + piece.length > buffer.length) {
      const larger = Buffer.alloc(Math.min(maxBytes, Math.max(buffer.length * 2, length + piece.length)));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    length += piece.copy(buffer, length);
  });
  const cut = (): void => {
    const detail = `the connection ended in the middle of the body, after ${length} bytes`;
    done(failed('truncated', detail));
  };
  response.on('end', () => {
    if (response.complete) done({ kind: 'body', bytes: buffer.subarray(0, length) });
    else cut();
  });
  response.on('error', cut);
  return cut;
}

function failed(code: FetchProblem['code'], detail: string): WireBody {
  return { kind: 'failed', problem: { code, detail } };
}
