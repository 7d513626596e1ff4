import type { Entry } from '../outbox/entry.ts';

/** Where a published entry can be looked at: X itself in live mode, the page of the server that plays X elsewhere. */
export function postAddress(entry: Pick<Entry, 'mode' | 'account' | 'remoteId'>, apiUrl: URL | null): string {
  const path = `${entry.account}/status/${entry.remoteId ?? ''}`;
  if (entry.mode === 'live') return `https://x.com/${path}`;
  return apiUrl === null ? `@${path}` : new URL(`/${path}`, apiUrl).href;
}
