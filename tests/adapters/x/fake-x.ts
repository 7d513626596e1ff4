import net from 'node:net';
import { once } from 'node:events';

/** One request as it arrived, byte for byte. */
export type Arrived = {
  method: string;
  target: string;
  headers: ReadonlyMap<string, string>;
  body: string;
  raw: string;
};

/** Writes an answer on the raw socket, so that it can be broken in every way. */
export type Reply = (socket: net.Socket, request: Arrived, count: number) => void;

/** A server that plays X on a raw socket. Everything that arrived is kept; it is asked to leak nothing. */
export class FakeX implements AsyncDisposable {
  readonly requests: Arrived[] = [];
  /** Connections that were opened, and those still open. */
  opened = 0;
  readonly open = new Set<net.Socket>();
  reply: Reply;
  readonly #server: net.Server;

  private constructor(server: net.Server, reply: Reply) {
    this.#server = server;
    this.reply = reply;
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(reply: Reply): Promise<FakeX> {
    const server = net.createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeX(server, reply);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${String(this.port)}`);
  }

  get posts(): readonly Arrived[] {
    return this.requests.filter((request) => request.method === 'POST');
  }

  /** Waits until the client has closed everything; false after two seconds. */
  async allClosed(): Promise<boolean> {
    for (let tries = 0; tries < 200 && this.open.size > 0; tries += 1)
      await new Promise((done) => setTimeout(done, 10));
    return this.open.size === 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.open) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: net.Socket): void {
    this.opened += 1;
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => undefined);
    let raw = '';
    socket.on('data', (chunk) => {
      raw += chunk.toString('utf8');
      const request = readArrived(raw);
      if (request === null) return;
      raw = '';
      this.requests.push(request);
      this.reply(socket, request, this.requests.length);
    });
  }
}

function readArrived(raw: string): Arrived | null {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [start = '', ...lines] = raw.slice(0, end).split('\r\n');
  const [method = '', target = ''] = start.split(' ');
  const headers = new Map(
    lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = raw.slice(end + 4);
  if (Buffer.byteLength(body) < Number(headers.get('content-length') ?? 0)) return null;
  return { method, target, headers, body, raw };
}

/** A whole answer as bytes; `extra` headers may be anything. */
export function http(status: number, body: unknown, extra: Readonly<Record<string, string>> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    date: new Date().toUTCString(),
    'content-type': typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
    ...extra,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${String(status)} Something\r\n${lines.join('\r\n')}\r\n\r\n${text}`;
}

/** Answers with these bytes and closes. */
export function answer(bytes: string): Reply {
  return (socket) => socket.end(bytes);
}
