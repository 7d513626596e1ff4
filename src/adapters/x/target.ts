import type { Scope } from '../../outbox/entry.ts';

/** Where the bytes go: X itself over TLS, or a server on this machine that plays X. */
export type Target =
  { kind: 'x'; host: string; port: number } | { kind: 'loopback'; host: string; port: number };

const X: Target = { kind: 'x', host: 'api.x.com', port: 443 };

/**
 * Decides where a publisher connects to. Throws where the mode and the address do not belong together: what is live goes to X and
 * nowhere else, what is not live never does, and signed requests never leave the machine for any other host.
 */
export function targetOf(apiUrl: URL | null, scope: Scope): Target {
  if (scope.mode === 'live') {
    if (apiUrl !== null) throw new TypeError('live posts go to X itself, not to another address');
    return X;
  }
  if (apiUrl === null) throw new TypeError(`mode ${scope.mode} needs the address of a server that plays X`);
  const host = apiUrl.hostname.replace(/^\[|\]$/g, '');
  if (apiUrl.protocol !== 'http:' || !isLoopback(host))
    throw new TypeError('the server that plays X must be http on this machine');
  if (apiUrl.pathname !== '/' || apiUrl.search !== '' || apiUrl.username !== '')
    throw new TypeError('the address may have no path');
  return { kind: 'loopback', host, port: apiUrl.port === '' ? 80 : Number(apiUrl.port) };
}

/** Is it this machine? `host` as a URL or a socket gives it; IPv4 inside IPv6 counts. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^::ffff:/i, '');
  return plain === 'localhost' || plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}
