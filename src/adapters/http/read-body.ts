import type { IncomingMessage } from 'node:http';
import type { FetchProblem } from '../../feed/fetched.ts';

/** Bytes as they came over the wire, or why they were not wanted. */
export type WireBody = { kind: 'body'; bytes: Uint8Array } | { kind: 'failed'; problem: FetchProblem };

/**
 * Reads a body of at most `maxBytes`, whole or not at all. Each piece is copied into one growing buffer: kept as they come,
 * pieces of one byte would cost a hundred times their size. The caller destroys the request when this answers `failed`,
 * and answers for errors of the request itself.
 */
export function readBody(response: IncomingMessage, maxBytes: number, done: (body: WireBody) => void): void {
  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > maxBytes) {
    done(failed('too-large', `${announced} bytes announced, ${maxBytes} allowed`));
    return;
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
  response.on('end', () => {
    if (!response.complete) done(cut(length));
    else done({ kind: 'body', bytes: buffer.subarray(0, length) });
  });
  response.on('error', () => done(cut(length)));
}

function cut(length: number): WireBody {
  return failed('truncated', `the connection ended in the middle of the body, after ${length} bytes`);
}

function failed(code: FetchProblem['code'], detail: string): WireBody {
  return { kind: 'failed', problem: { code, detail } };
}
