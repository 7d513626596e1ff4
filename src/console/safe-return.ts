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
