import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { consoleLimits } from '../limits/edges.ts';

/** What answers requests; a Hono app does. */
export type Pages = { fetch: Parameters<typeof getRequestListener>[0] };

export type Served =
  { kind: 'serving'; url: string; close(): Promise<void> } | { kind: 'port-taken'; port: number };

/** Serves the pages on loopback. A default port that is taken gives way to the next free one; one that was asked for does not. */
export async function serveConsole(
  pages: Pages,
  wanted: { port: number; wasAsked: boolean },
): Promise<Served> {
  const last = wanted.wasAsked ? wanted.port : wanted.port + consoleLimits.portsTried - 1;
  for (let port = wanted.port; port <= last; port += 1) {
    const listener = getRequestListener(pages.fetch);
    const timing = {
      requestTimeout: consoleLimits.requestTimeoutMs,
      connectionsCheckingInterval: consoleLimits.requestTimeoutMs / 2,
    };
    const server = createServer(timing, (request, response) => void listener(request, response));
    server.maxConnections = consoleLimits.connectionsMax;
    if (await listens(server, port))
      return { kind: 'serving', url: urlOf(server), close: () => closed(server) };
  }
  return { kind: 'port-taken', port: wanted.port };
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the console listens on no port');
  return `http://127.0.0.1:${String(address.port)}/`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
