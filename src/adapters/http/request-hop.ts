import {
  request as requestPlain,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { FetchProblem } from '../../feed/fetched.ts';
import type { EpochMs } from '../../feed/item.ts';
import { isHttpViolation, problemOf } from './failure.ts';
import { readBody } from './read-body.ts';

/** One GET to one address. The signal carries the deadline of the whole fetch; its reason is the problem to report. */
export type Hop = {
  url: URL;
  headers: OutgoingHttpHeaders;
  lookup: LookupFunction;
  /** Extra certificate authority (PEM); null: the system's. */
  ca: string | null;
  idleMs: number;
  wireMaxBytes: number;
  headersMaxBytes: number;
  signal: AbortSignal;
};

/** What one GET gave; `body` is read only where the status is that of a document. */
export type HopAnswer =
  | {
      kind: 'answer';
      status: number;
      headers: IncomingMessage['headers'];
      body: Uint8Array | null;
      peerAddress: string | null;
      certificateExpiresAt: EpochMs | null;
    }
  | { kind: 'failed'; problem: FetchProblem };

/** Sends one GET on a connection of its own and closes it, whatever happens. Never rejects. */
export function requestHop(hop: Hop): Promise<HopAnswer> {
  const { promise, resolve } = Promise.withResolvers<HopAnswer>();
  let request: ClientRequest | null = null;
  let settled = false;
  const settle = (answer: HopAnswer): void => {
    if (settled) return;
    settled = true;
    hop.signal.removeEventListener('abort', onAbort);
    // The error listener stays: destroying a request may still make it report.
    request?.destroy();
    resolve(answer);
  };
  const fail = (problem: FetchProblem): void => settle({ kind: 'failed', problem });
  const onAbort = (): void => fail(abortProblem(hop.signal));
  if (hop.signal.aborted) {
    onAbort();
    return promise;
  }
  hop.signal.addEventListener('abort', onAbort);
  try {
    request = open(hop);
  } catch (error) {
    // Node refuses senseless headers and paths by throwing.
    fail(problemOf(error, hop.url.host));
    return promise;
  }
  // Once a body has begun, the end of the connection is told as a cut; a violation of HTTP is told as what it is.
  let cutBody: (() => void) | null = null;
  request.on('error', (error) => {
    if (cutBody === null || isHttpViolation(error)) fail(problemOf(error, hop.url.host));
    else cutBody();
  });
  request.on('timeout', () =>
    fail({ code: 'timeout', detail: `${hop.url.host} sent nothing for ${hop.idleMs / 1_000} s` }),
  );
  const peer = watchPeer(request);
  request.on('response', (response) => {
    cutBody = onResponse(hop, response, peer, settle);
  });
  // Whatever else ends the exchange (an upgrade nobody asked for) must not leave the caller waiting for the deadline.
  request.on('close', () => {
    cutBody?.();
    fail({ code: 'unreachable', detail: `${hop.url.host} closed the connection before it answered` });
  });
  request.end();
  return promise;
}

function open(hop: Hop): ClientRequest {
  const options = {
    method: 'GET',
    headers: hop.headers,
    lookup: hop.lookup,
    // No pool: between polls a server closes idle connections anyway, and a pooled one may have been checked for another feed.
    agent: false as const,
    timeout: hop.idleMs,
    maxHeaderSize: hop.headersMaxBytes,
    insecureHTTPParser: false,
  };
  if (hop.url.protocol === 'http:') return requestPlain(hop.url, options);
  return requestSecure(hop.url, hop.ca === null ? options : { ...options, ca: hop.ca });
}

type Peer = { address: string | null; certificateExpiresAt: EpochMs | null };

/** Notes who is at the other end while the connection is surely open; a closed socket no longer tells. */
function watchPeer(request: ClientRequest): Peer {
  const peer: Peer = { address: null, certificateExpiresAt: null };
  request.on('socket', (socket) => {
    socket.once('connect', () => {
      peer.address = socket.remoteAddress ?? null;
    });
    socket.once('secureConnect', () => {
      if (socket instanceof TLSSocket) peer.certificateExpiresAt = certificateEnd(socket);
    });
  });
  return peer;
}

/** Returns what tells of a body that was cut; null where none is read. */
function onResponse(
  hop: Hop,
  response: IncomingMessage,
  peer: Peer,
  settle: (answer: HopAnswer) => void,
): (() => void) | null {
  const status = response.statusCode ?? 0;
  const { headers } = response;
  const { address: peerAddress, certificateExpiresAt } = peer;
  const answer = { kind: 'answer' as const, status, headers, peerAddress, certificateExpiresAt };
  if (!hasDocument(status)) {
    settle({ ...answer, body: null });
    return null;
  }
  return readBody(response, hop.wireMaxBytes, (body) => {
    if (body.kind === 'failed') settle(body);
    else settle({ ...answer, body: body.bytes });
  });
}

/** 204 and 205 have no body, 206 only a part of one. */
function hasDocument(status: number): boolean {
  return status >= 200 && status < 300 && status !== 204 && status !== 205 && status !== 206;
}

function certificateEnd(socket: TLSSocket): EpochMs | null {
  const at = Date.parse(socket.getPeerCertificate()?.valid_to ?? '');
  return Number.isNaN(at) ? null : at;
}

function abortProblem(signal: AbortSignal): FetchProblem {
  const reason: unknown = signal.reason;
  return isProblem(reason) ? reason : { code: 'unreachable', detail: 'the program is stopping' };
}

function isProblem(value: unknown): value is FetchProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'detail' in value &&
    !(value instanceof Error)
  );
}
