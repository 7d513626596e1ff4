import { createHmac } from 'node:crypto';
import { sandboxLimits } from '../limits/edges.ts';
import type { SandboxCredentials } from './account.ts';

/** `url` is the address as the server saw it; `header` the Authorization header, or null. `now` in epoch milliseconds. */
export type SignedRequest = { method: string; url: URL; header: string | null };

export type SignatureCheck = { kind: 'valid' } | { kind: 'refused'; why: string };

/** RFC 3986 escaping, which RFC 5849 section 3.6 asks for: encodeURIComponent leaves five characters out. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The `oauth_*` pairs of an Authorization header (RFC 5849 section 3.5.1), or null where it is no OAuth 1.0a header. */
function readHeader(header: string): Map<string, string> | null {
  const match = /^OAuth\s+(.+)$/is.exec(header);
  if (match?.[1] === undefined) return null;
  const pairs = new Map<string, string>();
  for (const part of match[1].split(',')) {
    const pair = /^\s*([a-z_]+)="([^"]*)"\s*$/i.exec(part);
    if (pair?.[1] === undefined || pair[2] === undefined) return null;
    if (pairs.has(pair[1])) return null;
    try {
      pairs.set(pair[1], decodeURIComponent(pair[2]));
    } catch {
      return null;
    }
  }
  return pairs;
}

/** The signature of RFC 5849 section 3.4 over one possible address. JSON bodies take no part in it. */
export function sign(
  method: string,
  address: string,
  parameters: readonly (readonly [string, string])[],
  credentials: SandboxCredentials,
): string {
  const sorted = parameters
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join('&');
  const base = `${method.toUpperCase()}&${escape(address)}&${escape(sorted)}`;
  const key = `${escape(credentials.apiSecret)}&${escape(credentials.accessSecret)}`;
  return createHmac('sha1', key).update(base).digest('base64');
}

/** Checks OAuth 1.0a user signatures and remembers nonces, as X does. */
export class SignatureChecker {
  readonly #credentials: SandboxCredentials;
  readonly #nonces = new Set<string>();

  constructor(credentials: SandboxCredentials) {
    this.#credentials = credentials;
  }

  /**
   * A client that is pointed at the sandbox after signing has signed for api.x.com; one that was told the
   * sandbox's address has signed for that. Both are honest, so both are accepted.
   */
  check(request: SignedRequest, now: number): SignatureCheck {
    if (request.header === null) return refused('no Authorization header');
    const pairs = readHeader(request.header);
    if (pairs === null) return refused('not an OAuth 1.0a header');
    const given = (name: string): string => pairs.get(name) ?? '';
    if (given('oauth_signature_method') !== 'HMAC-SHA1') return refused('signature method is not HMAC-SHA1');
    if (given('oauth_version') !== '' && given('oauth_version') !== '1.0')
      return refused('version is not 1.0');
    if (given('oauth_consumer_key') !== this.#credentials.apiKey) return refused('unknown API key');
    if (given('oauth_token') !== this.#credentials.accessToken) return refused('unknown access token');
    if (!/^\d{1,12}$/.test(given('oauth_timestamp'))) return refused('timestamp is not a number');
    if (Math.abs(Number(given('oauth_timestamp')) * 1_000 - now) > sandboxLimits.signatureAgeMs) {
      return refused('timestamp is more than five minutes off');
    }
    if (given('oauth_nonce') === '') return refused('no nonce');
    if (!this.#signatureFits(request, pairs)) return refused('signature does not fit the request');
    return this.#useNonce(`${given('oauth_timestamp')} ${given('oauth_nonce')}`);
  }

  #signatureFits(request: SignedRequest, pairs: ReadonlyMap<string, string>): boolean {
    const parameters: [string, string][] = [...pairs].filter(([name]) => name !== 'oauth_signature');
    parameters.push(...request.url.searchParams);
    const path = request.url.pathname;
    const origins = ['https://api.x.com', 'https://api.twitter.com', request.url.origin];
    const expected = origins.map((o) => sign(request.method, o + path, parameters, this.#credentials));
    return expected.includes(pairs.get('oauth_signature') ?? '');
  }

  /** A nonce counts only with a good signature, so that junk can't use up honest ones. */
  #useNonce(nonce: string): SignatureCheck {
    if (this.#nonces.has(nonce)) return refused('nonce was used before');
    this.#nonces.add(nonce);
    for (const oldest of this.#nonces) {
      if (this.#nonces.size <= sandboxLimits.noncesKept) break;
      this.#nonces.delete(oldest);
    }
    return { kind: 'valid' };
  }
}

const refused = (why: string): SignatureCheck => ({ kind: 'refused', why });
