import { connect, createServer, type Server, type Socket } from 'node:net';

/** Who speaks: the program asks, the server at the other end answers. */
export type Side = 'question' | 'answer';

/**
 * Where the wire breaks, once: on the connection that first asks what matches `of`, after this share of the next piece that the side says.
 * `silence`: nothing passes any more, either way, and nobody is told. `reset`: both ends are.
 */
export type Break = { of: RegExp; side: Side; share: number; how: 'silence' | 'reset' };

/**
 * A wire between the program and a server that can be broken as networks break. What a dead direction is given is kept, as TCP
 * keeps and repeats it, and arrives when the wire is mended.
 */
export class Wire implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #dead = new Set<Side>();
  #kept: (() => void)[] = [];
  #clients = 0;
  /** The next break; taken by the connection that it fits. */
  break: Break | null = null;
  /** Told of every piece before it passes. */
  listener: ((side: Side, bytes: Buffer) => void) | null = null;

  private constructor(target: { host: string; port: number }) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#carry(client, target));
  }

  static async open(target: { host: string; port: number }): Promise<Wire> {
    const wire = new Wire(target);
    await new Promise<void>((listening) => {
      wire.#server.listen(0, '127.0.0.1', () => listening());
    });
    return wire;
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the wire does not listen');
    return address.port;
  }

  /** Connections of the program that are open. */
  get open(): number {
    return this.#clients;
  }

  /** From now on nothing that these say arrives, on any connection, nor that they have gone. */
  silence(...sides: readonly Side[]): void {
    for (const side of sides) this.#dead.add(side);
  }

  /** All passes again, first what was kept, in its order. */
  mend(): void {
    this.#dead.clear();
    for (const arrive of this.#kept.splice(0)) arrive();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((closed) => {
      this.#server.close(() => closed());
    });
  }

  #carry(client: Socket, target: { host: string; port: number }): void {
    this.#clients += 1;
    client.on('close', () => (this.#clients -= 1));
    const server = connect({ ...target, allowHalfOpen: true });
    const ends = { question: client, answer: server };
    let broken: Break | null = null;
    let isSilent = false;
    const otherEnd = (side: Side): Socket => ends[side === 'question' ? 'answer' : 'question'];
    const pass = (side: Side, act: () => void): void => {
      if (isSilent) return;
      if (this.#dead.has(side)) this.#kept.push(act);
      else act();
    };
    const breakOff = ({ how }: Break): void => {
      if (how === 'silence') isSilent = true;
      else for (const socket of Object.values(ends)) socket.resetAndDestroy();
    };
    for (const side of ['question', 'answer'] as const) {
      this.#sockets.add(ends[side]);
      ends[side].on('error', () => {});
      ends[side].on('close', () => {
        this.#sockets.delete(ends[side]);
        pass(side, () => otherEnd(side).destroy());
      });
      ends[side].on('end', () => pass(side, () => otherEnd(side).end()));
      ends[side].on('data', (bytes: Buffer) => {
        this.listener?.(side, bytes);
        if (side === 'question' && this.break?.of.test(bytes.toString('latin1')) === true) {
          broken = this.break;
          this.break = null;
        }
        const isBreak = broken?.side === side && !isSilent;
        const piece = isBreak ? bytes.subarray(0, Math.floor(bytes.length * (broken?.share ?? 1))) : bytes;
        const done = isBreak && broken !== null ? breakOff.bind(null, broken) : (): void => {};
        pass(side, () => void (piece.length === 0 ? done() : otherEnd(side).write(piece, done)));
      });
    }
  }
}
