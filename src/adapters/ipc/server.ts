import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { LinkHandler, LinkReply } from '../../app/worker-link.ts';
import { edgeLimits } from '../../limits/edges.ts';
import { connect } from './connect.ts';
import { readLines, writeLine } from './lines.ts';
import { readRequest } from './messages.ts';
import { dropSocketPath, findSocketPath, makeSocketPath } from './socket-path.ts';

/** `busy`: another worker listens for this data folder. `failed`: the operating system's words. */
export type Serving =
  | { kind: 'serving'; path: string; close(): Promise<void> }
  | { kind: 'busy' }
  | { kind: 'failed'; message: string };

/** Listens for the command line in a data folder. A socket that a dead worker left is replaced, a live one respected. */
export async function serveWorker(dataDir: string, handle: LinkHandler): Promise<Serving> {
  try {
    const earlier = findSocketPath(dataDir);
    if (earlier !== null && (await isAlive(earlier))) return { kind: 'busy' };
    const path = makeSocketPath(dataDir);
    // Only a socket is removed: a file of that name was put there by somebody, for some reason.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) rmSync(path);
    return await listen(dataDir, path, handle);
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

async function isAlive(path: string): Promise<boolean> {
  const socket = await connect(path);
  socket?.destroy();
  return socket !== null;
}

async function listen(dataDir: string, path: string, handle: LinkHandler): Promise<Serving> {
  const sockets = new Set<Socket>();
  const pending = new Set<Promise<void>>();
  const answer = onceEach(handle);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(edgeLimits.linkIdleMs, () => socket.destroy());
    readLines(socket, edgeLimits.linkLineMaxBytes, (value) => {
      const served = serve(socket, value, answer).finally(() => pending.delete(served));
      pending.add(served);
    });
  });
  server.maxConnections = edgeLimits.linkConnectionsMax;
  await opened(server, path);
  chmodSync(path, 0o600);
  return {
    kind: 'serving',
    path,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Whoever still waits is given the answer before the line is cut.
      await Promise.race([
        Promise.all(pending),
        new Promise((resolve) => setTimeout(resolve, edgeLimits.linkDrainMs).unref()),
      ]);
      for (const socket of sockets) socket.destroySoon();
      await closed;
      dropSocketPath(dataDir, path);
    },
  };
}

function opened(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      // Accepting may fail later (too many open files): the next connection may succeed.
      server.on('error', () => {});
      resolve();
    });
  });
}

async function serve(socket: Socket, value: unknown, handle: LinkHandler): Promise<void> {
  const request = readRequest(value);
  if (request === null) {
    socket.destroy();
    return;
  }
  let reply: LinkReply;
  try {
    reply = await handle(request.body);
  } catch (error) {
    reply = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  writeLine(socket, { id: request.id, body: reply });
}

/**
 * A repeated `publish-urgent` is given the first one's answer, also while that is still being made. Anything else under its id waits for
 * that answer and is then judged for itself, because it is not what was answered.
 */
function onceEach(handle: LinkHandler): LinkHandler {
  const answers = new Map<string, { digest: string; answer: Promise<LinkReply> }>();
  return (request) => {
    if (request.kind !== 'publish-urgent') return handle(request);
    const id = request.request.requestId;
    const known = answers.get(id);
    const digest = createHash('sha256').update(JSON.stringify(request.request), 'utf8').digest('hex');
    if (known?.digest === digest) return known.answer;
    if (known !== undefined) return known.answer.catch(() => null).then(() => handle(request));
    const made = handle(request);
    answers.set(id, { digest, answer: made });
    made.catch(() => answers.delete(id));
    const oldest = answers.keys().next();
    if (answers.size > edgeLimits.linkAnswersKept && oldest.done !== true) answers.delete(oldest.value);
    return made;
  };
}
