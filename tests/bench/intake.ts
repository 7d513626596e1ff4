import { createServer, get, type Server } from 'node:http';
import RssParser from 'rss-parser';
import { createFetcher } from '../../src/adapters/http/fetch-document.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { rssOf } from './documents.ts';
import { compare, type Measured } from './measure.ts';

const ROUNDS = { warm: 20, counted: 150 };

/** One document over loopback: bounded, checked and followed by us, beside a bare GET. */
export async function measureFetch(): Promise<Measured> {
  const text = rssOf(100);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/rss+xml').end(text);
  });
  const url = `http://127.0.0.1:${await listen(server)}/feed.xml`;
  const fetcher = createFetcher();
  const signal = new AbortController().signal;
  const request = {
    url,
    etag: null,
    lastModified: null,
    allowPrivateAddress: true,
    userAgent: 'kosatsu bench',
  };
  try {
    return await compare(
      `fetch ${Math.round(Buffer.byteLength(text) / 1_000)} kB: bounded fetch / node:http`,
      { ours: () => fetcher.get(request, signal), bare: () => bareGet(url) },
      ROUNDS,
    );
  } finally {
    server.close();
  }
}

/** A hundred items: decoded, made canonical, read and cleaned by us, beside the reader alone. */
export async function measureParse(): Promise<Measured> {
  const text = rssOf(100);
  const bytes = new TextEncoder().encode(text);
  const input = {
    bytes,
    contentType: 'text/xml',
    finalUrl: 'https://www.jpo.go.jp/',
    feed: feedConfig(),
    now: 0,
  };
  const reader = new RssParser();
  return compare(
    'parse 100 items: whole pipeline / rss-parser alone',
    { ours: () => parseDocument(input), bare: () => reader.parseString(text) },
    ROUNDS,
  );
}

function bareGet(url: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  get(url, { agent: false }, (response) => {
    const pieces: Buffer[] = [];
    response
      .on('data', (piece: Buffer) => pieces.push(piece))
      .on('end', () => resolve(Buffer.concat(pieces)));
  }).on('error', reject);
  return promise;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
