import { createServer, connect, type Server, type Socket } from 'node:net';

/** What a connection carries, told by its request line. */
type Errand = 'feed' | 'identity' | 'timeline' | 'post' | 'other';

/**
 * Moments on the wire between the program and X, each told before the tap goes on: a process that is killed by the listener
 * of `asked` has sent its request, one killed by `answering` has not seen the answer, one killed by `answered` has it in its socket.
 */
export type WireEvent = { at: 'connected' | 'asked' | 'answering' | 'answered'; errand: Errand };

/** A request that has left the program, and how far its answer has come. */
export type Exchange = { errand: Errand; stage: 'asked' | 'answering' | 'answered' };

/**
 * A wire with an ear: forwards every byte both ways. What the program has sent reaches the server even if the program dies in
 * the next instant, as on a real network.
 */
export class Tap {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #exchanges: Exchange[] = [];
  /** Connections that have not carried a byte yet: the program connects before it claims. */
  silent = 0;
  listener: ((event: WireEvent) => void) | null = null;

  private constructor(upstreamPort: number) {
    this.#server = createServer((client) => this.#carry(client, upstreamPort));
  }

  static async open(upstreamPort: number): Promise<Tap> {
    const tap = new Tap(upstreamPort);
    await new Promise<void>((listening) => {
      tap.#server.listen(0, '127.0.0.1', () => listening());
    });
    return tap;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the tap does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The exchanges since the last `forget`, oldest first. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** A new process begins. */
  forget(): void {
    this.#exchanges = [];
    this.silent = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((closed) => {
      this.#server.close(() => closed());
    });
  }

  #carry(client: Socket, upstreamPort: number): void {
    const server = connect({ port: upstreamPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    }
    let exchange: Exchange | null = null;
    this.silent += 1;
    this.listener?.({ at: 'connected', errand: 'other' });
    client.on('data', (bytes: Buffer) => {
      const line = /^(GET|POST|DELETE) (\S+)/u.exec(bytes.subarray(0, 300).toString('latin1'));
      if (line !== null) {
        if (exchange === null) this.silent -= 1;
        exchange = { errand: errandOf(line[1] ?? '', line[2] ?? ''), stage: 'asked' };
        this.#exchanges.push(exchange);
      }
      server.write(bytes);
      if (line !== null && exchange !== null) this.listener?.({ at: 'asked', errand: exchange.errand });
    });
    server.on('data', (bytes: Buffer) => {
      if (exchange !== null) {
        if (exchange.stage === 'asked') exchange.stage = 'answering';
        this.listener?.({ at: 'answering', errand: exchange.errand });
      }
      client.write(bytes, () => {
        if (exchange === null) return;
        exchange.stage = 'answered';
        this.listener?.({ at: 'answered', errand: exchange.errand });
      });
    });
    client.on('close', () => {
      if (exchange === null) this.silent -= 1;
      // Nobody is left to hear the answer, but what was asked is done.
      server.end();
    });
    server.on('close', () => client.destroy());
  }
}

function errandOf(method: string, path: string): Errand {
  if (method === 'POST' && path === '/2/tweets') return 'post';
  if (path.startsWith('/2/users/me')) return 'identity';
  if (path.startsWith('/2/users/')) return 'timeline';
  return /^\/(feed|news)/u.test(path) ? 'feed' : 'other';
}
