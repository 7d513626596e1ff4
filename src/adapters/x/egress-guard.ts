import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { answerLimits, publishLimits } from '../../limits/publishing.ts';
import type { Fence } from '../../publish/publisher.ts';
import { judgeEgress } from './egress-rules.ts';
import { readRequest } from './read-request.ts';

/** What became of a connection. Only `sent` means that a byte of a request may have left this machine. */
export type GuardState =
  | { kind: 'idle' }
  | { kind: 'armed'; fence: Fence }
  | { kind: 'sent' }
  /** The fence said no: nothing left. */
  | { kind: 'stopped'; detail: string }
  /** The request was not on the list, or not one request: nothing left. */
  | { kind: 'refused'; detail: string }
  /** The connection died, or X spoke first, before a request left. */
  | { kind: 'lost'; code: string; detail: string };

/**
 * Stands between the HTTP library and the socket. It gathers the one request that a connection may carry, holds it against
 * the list, asks the fence, and writes it in one piece, all in the same turn; a second request never leaves. Whatever the library
 * does, these are the bytes. On the way back it counts, so that an endless answer can't fill memory.
 */
export class EgressGuard extends Duplex {
  readonly #socket: Socket;
  #state: GuardState = { kind: 'idle' };
  #failure: { code: string; message: string } | null = null;
  #request = Buffer.alloc(0);
  #answerBytes = 0;

  /** Takes an open socket over, and destroys it when it is destroyed itself. */
  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    // A connection may die at any time, also while nobody waits for it; what became of it is in `state` and `failure`.
    this.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.#receiveEnd());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(error.code ?? 'SOCKET', error.message));
    socket.on('close', () => this.#fail('CLOSED', 'the connection was closed'));
  }

  get state(): GuardState {
    return this.#state;
  }

  /** Why the connection ended, where it did not end well. */
  get failure(): { code: string; message: string } | null {
    return this.#failure;
  }

  /** Lets one request pass, if the fence then says go. */
  arm(fence: Fence): void {
    if (this.#state.kind === 'idle') this.#state = { kind: 'armed', fence };
  }

  /** Lets nothing pass any more; what has left already stays so. */
  refuse(detail: string): void {
    if (this.#state.kind === 'idle' || this.#state.kind === 'armed')
      this.#state = { kind: 'refused', detail };
  }

  /** Ends the exchange from outside: a deadline, a signal. */
  abandon(code: string, message: string): void {
    this.#fail(code, message);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Node ends a request by writing nothing at all.
    if (chunk.length === 0) {
      done();
      return;
    }
    if (this.#state.kind !== 'armed') {
      this.refuse('nobody asked for a request');
      done(new Error('this connection carries no further request'));
      return;
    }
    this.#request = Buffer.concat([this.#request, chunk]);
    const read = readRequest(this.#request, answerLimits.requestMaxBytes);
    if (read.kind === 'more') {
      done();
      return;
    }
    const verdict =
      read.kind === 'unreadable' ? { kind: 'refused' as const, why: read.why } : judgeEgress(read.request);
    if (verdict.kind === 'refused') {
      this.refuse(verdict.why);
      done(new Error(verdict.why));
      return;
    }
    this.#send(this.#state.fence, done);
  }

  /** Between the fence's yes and the write stands nothing: a process that was frozen before is stopped here. */
  #send(fence: Fence, done: (error?: Error | null) => void): void {
    const answer = ask(fence);
    if (answer.kind === 'stop') {
      this.#state = { kind: 'stopped', detail: answer.detail };
      done(new Error(answer.detail));
      return;
    }
    this.#state = { kind: 'sent' };
    this.#socket.write(this.#request, done);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _final(done: (error?: Error | null) => void): void {
    // The request's end is in its length; closing our half now would tell some servers that we have gone.
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #receive(chunk: Buffer): void {
    if (this.#state.kind !== 'sent') {
      this.#fail('SPOKE_FIRST', 'X answered before it was asked');
      return;
    }
    this.#answerBytes += chunk.length;
    if (this.#answerBytes > publishLimits.answerMaxBytes) {
      this.#fail(
        'ANSWER_TOO_LARGE',
        `the answer is larger than ${String(publishLimits.answerMaxBytes)} bytes`,
      );
      return;
    }
    if (!this.push(chunk)) this.#socket.pause();
  }

  #receiveEnd(): void {
    if (this.#state.kind === 'sent') this.push(null);
    else this.#fail('CLOSED', 'X closed the connection before a request left');
  }

  #fail(code: string, message: string): void {
    this.#failure ??= { code, message };
    if (this.#state.kind === 'idle' || this.#state.kind === 'armed')
      this.#state = { kind: 'lost', code, detail: message };
    if (!this.destroyed) this.destroy(Object.assign(new Error(message), { code }));
  }
}

/** A fence that fails can't say go. Thrown here, its error would end the process instead of the post. */
function ask(fence: Fence): ReturnType<Fence> {
  try {
    return fence();
  } catch (error) {
    return { kind: 'stop', detail: error instanceof Error ? error.message : 'the fence failed' };
  }
}
