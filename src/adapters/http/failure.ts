import type { FetchProblem } from '../../feed/fetched.ts';
import { AddressRefused } from './pinned-lookup.ts';

/** Says in a phrase what an error of Node's HTTP client means for the feed. `host` is the server that was asked. */
export function problemOf(error: unknown, host: string): FetchProblem {
  if (error instanceof AddressRefused) return { code: 'address-refused', detail: error.message };
  const code = codeOf(error);
  if (isTls(code))
    return { code: 'tls', detail: `${host} could not prove who it is: ${wordsOf(error)}, ${code}` };
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'too-large', detail: `${host} sends more headers than are read` };
    case 'ENOTFOUND':
      return { code: 'unreachable', detail: `the name ${host} is not known, ${code}` };
    case 'EAI_AGAIN':
      return { code: 'unreachable', detail: `the name ${host} could not be looked up just now, ${code}` };
    case 'ECONNREFUSED':
      return { code: 'unreachable', detail: `${host} accepts no connection, ${code}` };
    case 'ECONNRESET':
    case 'EPIPE':
      return { code: 'unreachable', detail: `${host} closed the connection before it answered, ${code}` };
    case 'ETIMEDOUT':
      return { code: 'timeout', detail: `${host} does not answer to connections, ${code}` };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
      return { code: 'unreachable', detail: `there is no way through the network to ${host}, ${code}` };
    default:
      break;
  }
  if (
    code === 'HPE_CLOSED_CONNECTION' ||
    code === 'HPE_UNEXPECTED_CONTENT_LENGTH' ||
    code === 'HPE_INVALID_CONTENT_LENGTH'
  ) {
    return { code: 'truncated', detail: `${host} states a wrong length of its answer, ${code}` };
  }
  if (isHttpViolation(error))
    return { code: 'unreachable', detail: `${host} answers with something that is not HTTP, ${code}` };
  return { code: 'unreachable', detail: `${host} could not be asked: ${wordsOf(error)}, ${code}` };
}

/** Whether the server broke the rules of HTTP, as Node's parser says with codes that begin with HPE. */
export function isHttpViolation(error: unknown): boolean {
  return codeOf(error).startsWith('HPE_');
}

function isTls(code: string): boolean {
  return /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
    code,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no code';
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // Drivers write several lines; the first tells enough.
  const [first = ''] = text.split('\n');
  return first.slice(0, 200).replace(/\.$/, '');
}
