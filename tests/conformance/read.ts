import { cleanTitle } from '../../src/feed/item-text.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { Parsed } from '../../src/feed/parsed-feed.ts';
import { publishableLink } from '../../src/feed/publishable-link.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';

export type Headers = Readonly<Record<string, string>>;

const NOW = Date.UTC(2026, 10, 22);
const JST_MS = 9 * 3_600_000;
export const ADDRESS = 'https://feed.example/news/feed.xml';

/** Reads a document as if its server had sent these headers. */
export function read(bytes: Uint8Array, headers: Headers): Promise<Parsed> {
  return parseDocument({
    bytes,
    contentType: headers['content-type'] ?? null,
    finalUrl: finalUrlOf(headers),
    feed: feedConfig(),
    now: NOW,
  });
}

export function finalUrlOf(headers: Headers): string {
  const location = headers['content-location'];
  return location !== undefined && URL.canParse(location) ? location : ADDRESS;
}

/** A title as any careful reader shows it: other readers fold every white space into a plain one. */
export function plain(title: string | null | undefined): string {
  return cleanTitle(title ?? '')
    .title.replace(/\s+/g, ' ')
    .trim();
}

/** A link as it may be published; null where it may not. */
export function published(link: string | null | undefined, base: string): string | null {
  const made = publishableLink(link ?? '', base);
  return made.kind === 'link' ? made.url : null;
}

/** To the second. The references read a date without a zone as Greenwich's, we as Japan's. */
export function isSameDate(at: number | null, dates: readonly number[]): boolean {
  return (
    at !== null && dates.some((date) => Math.abs(date - at) <= 1_000 || Math.abs(date - JST_MS - at) <= 1_000)
  );
}
