import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { sandboxLimits } from '../limits/edges.ts';
import { sandboxAccount, type SandboxCredentials } from './account.ts';
import { FeedSource, type FeedPlan } from './feed-source.ts';
import { FaultList } from './fault.ts';
import { PostBook, type PostEvent } from './post-book.ts';
import { RequestLog } from './request-log.ts';
import { sandboxApp } from './sandbox-app.ts';
import type { SandboxLog } from './sandbox-log.ts';
import { appendEvent, loadPosts, removePosts, rewritePosts } from './state-file.ts';
import { XServer } from './x-server.ts';

export type SandboxOptions = {
  /** 0 takes a free port. */
  port: number;
  /** A loopback address: whoever reaches the sandbox may control it. */
  host: string;
  handle: string;
  name: string;
  credentials: SandboxCredentials;
  /** Where posts survive a restart, as JSON lines in a folder that exists; null keeps them in memory. */
  stateFile: string | null;
  feed: FeedPlan;
  log: SandboxLog;
  /** Epoch milliseconds; the wall clock where left out. */
  now?: () => number;
};

/** A running sandbox. Addresses are absolute and without a trailing slash, except the timeline's. */
export type Sandbox = {
  url: string;
  port: number;
  feedUrl: string;
  timelineUrl: string;
  /** Ends open connections and waits; afterwards the port is free. May be called twice. */
  close(): Promise<void>;
};

/**
 * Starts the server that plays X and serves the feeds. Rejects with Node's error where the port is taken
 * (EADDRINUSE), and where the file of posts cannot be read.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const posts = openPosts(options.stateFile, options.log);
  const x = new XServer(sandboxAccount(options.handle, options.name), options.credentials, posts.book);
  const closing = new AbortController();
  const app = sandboxApp({
    x,
    faults: new FaultList(),
    requests: new RequestLog(),
    source: new FeedSource(options.feed, now()),
    override: { document: null, changedAt: 0 },
    now,
    sleep: (ms) => pause(ms, closing.signal),
    forgetPosts: posts.forget,
    log: options.log,
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 30_000 }, (incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  server.maxConnections = sandboxLimits.connectionsMax;
  const port = await listen(server, options.port, options.host);
  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  options.log.info({ url }, 'sandbox listens');
  return {
    url,
    port,
    feedUrl: `${url}/feed.xml`,
    timelineUrl: `${url}/`,
    close: () => stop(server, closing),
  };
}

function openPosts(path: string | null, log: SandboxLog): { book: PostBook; forget: () => void } {
  const kept = path === null ? { posts: [], skippedLines: 0, lines: 0 } : loadPosts(path);
  if (kept.skippedLines > 0)
    log.warn({ path, lines: kept.skippedLines }, 'sandbox posts: unreadable lines skipped');
  // A cut-off last line must not swallow the next one, so an imperfect or long file is written anew.
  if (path !== null && (kept.skippedLines > 0 || kept.lines > sandboxLimits.stateLinesMax))
    rewritePosts(path, kept.posts);
  const record = (event: PostEvent): void => {
    if (path !== null) appendEvent(path, event);
  };
  const book = new PostBook(kept.posts, record);
  const forget = (): void => {
    if (path !== null) removePosts(path);
    book.clear();
  };
  return { book, forget };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      assert(typeof address === 'object' && address !== null, 'a listening TCP server has an address');
      resolve(address.port);
    });
  });
}

function stop(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A wait that ends early when the sandbox closes, so that a played delay never holds up the end of the program. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
