import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Delivery, Outside } from '../../app/ports.ts';
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
  return {
    async post(purpose, body, signal) {
      const url = addresses[purpose];
      if (url === null) return { kind: 'none' };
      // An address inside is the institution's own choice; those of machines that only pretend to be hosts never are.
      const checked = checkUrl(url.href, null, true);
      if (checked.kind === 'refused') return failed(checked.detail);
      const deadline = AbortSignal.timeout(deadlineMs);
      return postOnce(checked.url, JSON.stringify(body), ca, AbortSignal.any([signal, deadline]));
    },
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

function failed(detail: string): Delivery {
  return { kind: 'failed', detail };
}
