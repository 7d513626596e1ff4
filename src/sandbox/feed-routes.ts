import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { atomDocument, rdfDocument, rssDocument, type FeedDocument } from './feed-document.ts';
import type { FeedSource } from './feed-source.ts';
import type { SandboxEnv } from './x-routes.ts';

/** A document that stands in for all three feeds; null: the feeds are as they are. */
export type FeedOverride = { document: FeedDocument | null; changedAt: number };

/** The feeds in three formats, with validators, as a well-behaved site serves them. */
export function feedRoutes(source: FeedSource, override: FeedOverride, now: () => number): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const formats = { '/feed.xml': rssDocument, '/feed.atom': atomDocument, '/news.rdf': rdfDocument };
  for (const [path, format] of Object.entries(formats)) {
    app.get(path, (c) => {
      const items = source.items(now());
      const changedAt = override.document === null ? (items[0]?.publishedAt ?? 0) : override.changedAt;
      return serve(c, override.document ?? format(items), changedAt);
    });
  }
  return app;
}

function serve(c: Context<SandboxEnv>, document: FeedDocument, changedAt: number): Response {
  const etag = `"${createHash('sha256').update(document.contentType).update(document.bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    etag,
    'last-modified': new Date(changedAt).toUTCString(),
    'cache-control': 'no-cache',
    'content-type': document.contentType,
  };
  // If-None-Match decides alone where it is sent (RFC 9110 section 13.1.3).
  const match = c.req.header('if-none-match');
  const since = c.req.header('if-modified-since');
  const fresh =
    match === undefined
      ? since !== undefined && Date.parse(since) >= Math.floor(changedAt / 1_000) * 1_000
      : match.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
  if (fresh)
    return new Response(null, { status: 304, headers: { etag, 'last-modified': headers['last-modified'] } });
  return new Response(document.bytes, { status: 200, headers });
}
