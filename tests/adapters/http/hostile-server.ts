import { createServer, type Server, type Socket } from 'node:net';

/** What a hostile server does once it has read a request's head; it owns the bare socket. */
export type Attack = (socket: Socket, head: string) => void;

/** A server of bare sockets on loopback. It counts what it was asked and what is still open. */
export type HostileServer = {
  port: number;
  /** Request heads, in order of arrival. */
  heads: string[];
  openSockets(): number;
  /** Resolves once the client has closed every connection; false when one is still open after `withinMs`. */
  allClosed(withinMs: number): Promise<boolean>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startHostileServer(attack: Attack): Promise<HostileServer> {
  const open = new Set<Socket>();
  const heads: string[] = [];
  const server: Server = createServer((socket) => {
    open.add(socket);
    // An attack's own failed writes are the client's good right.
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    let head = '';
    let answered = false;
    socket.on('data', (bytes) => {
      if (answered) return;
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      answered = true;
      heads.push(head);
      attack(socket, head);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    heads,
    openSockets: () => open.size,
    async allClosed(withinMs) {
      const end = Date.now() + withinMs;
      while (open.size > 0 && Date.now() < end) await pause(5);
      return open.size === 0;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes an answer with these header lines and body, and ends the connection. */
export function answer(
  status: string,
  headers: readonly string[] = [],
  body: string | Uint8Array = '',
): Attack {
  return (socket) => {
    socket.write([`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n'));
    socket.end(body);
  };
}

/** The same, with a true Content-Length. */
export function document(body: string | Uint8Array, headers: readonly string[] = []): Attack {
  return answer('200 OK', [`Content-Length: ${Buffer.byteLength(body)}`, ...headers], body);
}

/** A redirect. */
export function redirect(location: string, status = '302 Found'): Attack {
  return answer(status, [`Location: ${location}`, 'Content-Length: 0']);
}

/** Writes the given beginning, then a piece again and again until the client hangs up. */
export function drip(start: string, piece: string, everyMs: number): Attack {
  return (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(piece), everyMs);
    socket.on('close', () => clearInterval(timer));
  };
}

/** Writes as fast as the client takes it, without end. */
export function flood(start: string, piece: Uint8Array): Attack {
  return (socket) => {
    socket.write(start);
    const pump = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', pump);
    pump();
  };
}

export function pathOf(head: string): string {
  return head.split(' ')[1] ?? '';
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
