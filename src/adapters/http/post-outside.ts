import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Delivery, Outside, OutsidePurpose } from '../../app/ports.ts';
import { outsideLimits } from '../../limits/running.ts';
import { checkUrl } from './check-url.ts';
import { problemOf } from './failure.ts';
import { pinnedLookup, resolveBySystem } from './pinned-lookup.ts';

type Options = {
  /** The institution's own addresses; null: nothing is sent for this purpose. */
  addresses: { 'audit-head': URL | null; alarm: URL | null };
  /** Extra certificate authority (PEM); null: the system's. */
  ca?: string | null;
  deadlineMs?: number;
};

/**
 * Posts JSON to the configured addresses and to no other: whoever calls names a purpose, never an address. No redirect is followed, no
 * request repeated, and of the answer only its status is looked at.
 */
export function createOutside({
  addresses,
  ca = null,
  deadlineMs = outsideLimits.deadlineMs,
}: Options): Outside {
  const withServer = async (
    purpose: OutsidePurpose,
    signal: AbortSignal,
    ask: (url: URL, until: AbortSignal) => Promise<Delivery>,
  ): Promise<Delivery> => {
    const url = addresses[purpose];
    if (url === null) return { kind: 'none' };
    // An address inside is the institution's own choice; those of machines that only pretend to be hosts never are.
    const checked = checkUrl(url.href, null, true);
    if (checked.kind === 'refused') return failed(checked.detail);
    return ask(checked.url, AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]));
  };
  return {
    post: (purpose, body, signal) =>
      withServer(purpose, signal, (url, until) => postOnce(url, JSON.stringify(body), ca, until)),
    reach: (purpose, signal) => withServer(purpose, signal, (url, until) => connectOnce(url, ca, until)),
  };
}

function postOnce(url: URL, body: string, ca: string | null, signal: AbortSignal): Promise<Delivery> {
  const { promise, resolve } = Promise.withResolvers<Delivery>();
  const options = {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'kosatsu',
    },
    lookup: pinnedLookup(resolveBySystem, true),
    agent: false as const,
    signal,
    ...(ca === null ? {} : { ca }),
  };
  const request = url.protocol === 'http:' ? requestPlain(url, options) : requestSecure(url, options);
  request.on('response', (response) => {
    const status = response.statusCode ?? 0;
    resolve(
      status >= 200 && status < 300
        ? { kind: 'delivered' }
        : failed(`HTTP ${String(status)} from ${url.host}`),
    );
    request.destroy();
  });
  request.on('error', (error) => {
    const given = signal.aborted ? `${url.host} did not answer in time` : problemOf(error, url.host).detail;
    resolve(failed(given));
  });
  request.on('close', () => resolve(failed(`${url.host} closed the connection before it answered`)));
  request.end(body);
  return promise;
}

/** Connects, lets the server prove who it is where the address asks for that, and hangs up. */
function connectOnce(url: URL, ca: string | null, signal: AbortSignal): Promise<Delivery> {
  const { promise, resolve } = Promise.withResolvers<Delivery>();
  const isPlain = url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const port = url.port === '' ? (isPlain ? 80 : 443) : Number(url.port);
  const options = { host, port, lookup: pinnedLookup(resolveBySystem, true) };
  const socket = isPlain
    ? connectPlain(options)
    : connectSecure({
        ...options,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(ca === null ? {} : { ca }),
      });
  const end = (result: Delivery): void => {
    resolve(result);
    socket.destroy();
  };
  const late = (): void => end(failed(`${url.host} did not answer in time`));
  signal.addEventListener('abort', late, { once: true });
  socket.on(isPlain ? 'connect' : 'secureConnect', () => end({ kind: 'delivered' }));
  socket.on('error', (error) => end(failed(problemOf(error, url.host).detail)));
  socket.on('close', () => {
    signal.removeEventListener('abort', late);
    end(failed(`${url.host} closed the connection before it answered`));
  });
  if (signal.aborted) late();
  return promise;
}

function failed(detail: string): Delivery {
  return { kind: 'failed', detail };
}
