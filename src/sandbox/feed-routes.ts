import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { answerRequest, type SandboxEnv, type Time } from './answer-request.ts';
import type { FaultList } from './fault.ts';
import { atomDocument, rdfDocument, rssDocument, type FeedDocument } from './feed-document.ts';
import type { FeedSource } from './feed-source.ts';
import type { XAnswer } from './x-answer.ts';

/** A document that stands in for all three feeds; null: the feeds are as they are. `changedAt` in epoch milliseconds. */
export type FeedOverride = { document: FeedDocument | null; changedAt: number };

/** What the feed routes serve from. */
export type FeedShelf = { source: FeedSource; override: FeedOverride; faults: FaultList } & Time;

/** The feeds in three formats, with validators, as a well-behaved site serves them; faults may ask for worse. */
export function feedRoutes(shelf: FeedShelf): Hono<SandboxEnv> {
  const { source, override, faults, now } = shelf;
  const app = new Hono<SandboxEnv>();
  const formats = { '/feed.xml': rssDocument, '/feed.atom': atomDocument, '/news.rdf': rdfDocument };
  for (const [path, format] of Object.entries(formats)) {
    app.get(path, (c) => {
      const act = (): XAnswer => {
        const changedAt = Math.max(source.changedAt(now()), override.changedAt);
        const known = { match: c.req.header('if-none-match'), since: c.req.header('if-modified-since') };
        return feedAnswer(override.document ?? format(source.items(now())), changedAt, known);
      };
      return answerRequest(c, { target: 'feed', body: '', act, limitHeaders: () => ({}) }, faults, shelf);
    });
  }
  return app;
}

/** The validators that a reader sent back. */
type Known = { match: string | undefined; since: string | undefined };

function feedAnswer(
  { contentType, bytes }: FeedDocument,
  changedAt: number,
  { match, since }: Known,
): XAnswer {
  const etag = `"${createHash('sha256').update(contentType).update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    etag,
    'last-modified': new Date(changedAt).toUTCString(),
    'cache-control': 'no-cache',
  };
  // If-None-Match decides alone where it is sent (RFC 9110 section 13.1.3).
  const fresh =
    match === undefined
      ? since !== undefined && Date.parse(since) >= Math.floor(changedAt / 1_000) * 1_000
      : match.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
  return fresh
    ? { status: 304, headers, contentType, body: null }
    : { status: 200, headers, contentType, body: bytes };
}
