import type { FetchRequest } from '../../feed/fetched.ts';

/** ETag and Last-Modified of a document, as remembered and compared (RFC 9110, 8.8). */
export type Validators = { etag: string | null; lastModified: string | null };

/**
 * The headers that ask "only if changed". They go to the host that gave the validators and to no other: an ETag may name the
 * visitor, so it is that host's business alone.
 */
export function conditionalHeaders(request: FetchRequest, sameHost: boolean): Record<string, string> {
  if (!sameHost) return {};
  return {
    ...(request.etag === null ? {} : { 'if-none-match': request.etag }),
    ...(request.lastModified === null ? {} : { 'if-modified-since': request.lastModified }),
  };
}

/** What to remember of an answer: nothing from another host than the one that will be asked, and nothing overlong. */
export function keptValidators(
  headers: { etag?: string | undefined; 'last-modified'?: string | undefined },
  sameHost: boolean,
  maxChars: number,
): Validators {
  const kept = (value: string | undefined): string | null =>
    sameHost && value !== undefined && value.length <= maxChars ? value : null;
  return { etag: kept(headers.etag), lastModified: kept(headers['last-modified']) };
}
