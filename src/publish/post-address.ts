import type { Entry } from '../outbox/entry.ts';

/** Where a published entry can be looked at: X itself in live mode, the page of the server that plays X elsewhere. */
export function postAddress(entry: Pick<Entry, 'mode' | 'account' | 'remoteId'>, apiUrl: URL | null): string {
  const path = `${entry.account}/status/${entry.remoteId ?? ''}`;
  if (entry.mode === 'live') return `https://x.com/${path}`;
  return apiUrl === null ? `@${path}` : new URL(`/${path}`, apiUrl).href;
}

/** The id in what a person typed: alone, or in the address of the post or of its picture; null where there is none. Widths don't matter. */
export function remoteIdIn(typed: string): string | null {
  const plain = typed.normalize('NFKC').trim();
  return /^(?:\S*\/status\/)?(\d{1,20})(?:[/?#]\S*)?$/u.exec(plain)?.[1] ?? null;
}
