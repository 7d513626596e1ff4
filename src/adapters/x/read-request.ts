import type { EgressRequest } from './egress-rules.ts';

export type RequestReading =
  | { kind: 'more' }
  | { kind: 'request'; request: EgressRequest }
  /** Not exactly one plain request; the guard lets nothing of it pass. */
  | { kind: 'unreadable'; why: string };

/**
 * Reads the bytes of one HTTP/1.1 request as a receiver would (RFC 9112), strictly: a length that is given once, no chunks,
 * nothing after the body, nothing that two readers could read in two ways.
 */
export function readRequest(bytes: Buffer, maxBytes: number): RequestReading {
  if (bytes.length > maxBytes) return unreadable('the request is too long');
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return { kind: 'more' };
  const lines = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const start = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(lines[0] ?? '');
  if (start?.[1] === undefined || start[2] === undefined) return unreadable('the request line is odd');
  const headers = lines.slice(1).map((line) => /^([\w-]+):[ \t]*(.*)$/.exec(line));
  if (headers.includes(null) || lines.some((line) => /[\r\n\0]/.test(line)))
    return unreadable('a header is odd');
  const valuesOf = (name: string): readonly string[] =>
    headers.flatMap((header) => (header?.[1]?.toLowerCase() === name ? [header[2] ?? ''] : []));
  if (valuesOf('transfer-encoding').length > 0) return unreadable('the body comes in chunks');
  if (valuesOf('upgrade').length > 0 || valuesOf('expect').length > 0)
    return unreadable('the request asks for more than an answer');
  const lengths = valuesOf('content-length');
  if (lengths.length > 1 || (lengths[0] !== undefined && !/^\d{1,9}$/.test(lengths[0])))
    return unreadable('the length is odd');
  const length = Number(lengths[0] ?? 0);
  const body = bytes.subarray(headEnd + 4);
  if (body.length < length) return { kind: 'more' };
  if (body.length > length) return unreadable('something follows the request');
  return { kind: 'request', request: { method: start[1], target: start[2], body: body.toString('utf8') } };
}

function unreadable(why: string): RequestReading {
  return { kind: 'unreadable', why };
}
