import { consoleLimits } from '../limits/edges.ts';

/** Where a person wanted to go before signing in; only a path on these pages, whatever was put into the address. */
export function safeReturn(wanted: string | undefined): string {
  const base = 'http://console.invalid';
  if (wanted === undefined || wanted.length > consoleLimits.returnMax || !URL.canParse(wanted, base))
    return '/';
  const url = new URL(wanted, base);
  const path = url.pathname + url.search;
  return url.origin === base && wanted.startsWith('/') && !path.startsWith('//') ? path : '/';
}

/** The page whose form was sent to the path: an address that takes forms alone shows nothing to whoever goes there. */
export function pageOf(path: string): string {
  if (['/urgent', '/dry-run', '/sign-in'].includes(path) || /^\/posts\/[^/]+\/edit$/u.test(path)) return path;
  return /^\/(?:posts|batches)\/[^/]+/u.exec(path)?.[0] ?? '/';
}
