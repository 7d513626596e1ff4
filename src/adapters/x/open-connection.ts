import net from 'node:net';
import tls from 'node:tls';
import { publishLimits } from '../../limits/publishing.ts';
import type { Connection } from '../../publish/publisher.ts';
import { EgressGuard } from './egress-guard.ts';
import { type Target, isLoopback } from './target.ts';

/** An open connection that carries one request and is then closed. Kept-alive connections make a POST ambiguous. */
export class XConnection implements Connection {
  readonly guard: EgressGuard;
  readonly target: Target;
  #taken = false;

  constructor(guard: EgressGuard, target: Target) {
    this.guard = guard;
    this.target = target;
  }

  /** True once: a connection is used for one exchange. */
  take(): boolean {
    const first = !this.#taken;
    this.#taken = true;
    return first;
  }

  close(): void {
    this.#taken = true;
    this.guard.destroy();
  }
}

export type Opening =
  { kind: 'open'; connection: XConnection } | { kind: 'failed'; code: string; message: string };

/** DNS, TCP and TLS, within the deadline or until the signal. Never rejects; a failure leaves nothing open and nothing sent. */
export async function openConnection(
  target: Target,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<Opening> {
  if (signal.aborted) return { kind: 'failed', code: 'ABORTED', message: 'stopped before connecting' };
  const wait = Promise.withResolvers<Opening>();
  const socket = connect(target);
  const fail = (code: string, message: string): void => {
    wait.resolve({ kind: 'failed', code, message });
    socket.destroy();
  };
  const onAbort = (): void => fail('ABORTED', 'stopped while connecting');
  const onError = (error: NodeJS.ErrnoException): void => fail(error.code ?? 'CONNECT', error.message);
  const onClose = (): void => fail('CLOSED', 'the connection was closed while it was opened');
  const timer = setTimeout(
    () => fail('TIMEOUT', `no connection within ${String(deadlineMs)} ms`),
    deadlineMs,
  );
  signal.addEventListener('abort', onAbort, { once: true });
  socket.on('error', onError);
  socket.on('close', onClose);
  socket.once(target.kind === 'x' ? 'secureConnect' : 'connect', () => {
    if (target.kind === 'loopback' && !isLoopback(socket.remoteAddress ?? '')) {
      fail('NOT_LOOPBACK', 'the address is not on this machine');
      return;
    }
    wait.resolve({ kind: 'open', connection: new XConnection(new EgressGuard(socket), target) });
  });
  try {
    return await wait.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    socket.off('close', onClose);
  }
}

function connect(target: Target): net.Socket {
  const { host, port } = target;
  if (target.kind === 'loopback') return net.connect({ host, port, noDelay: true });
  // Said aloud, because the environment can switch the check of certificates off for a whole process.
  return tls.connect({
    host,
    port,
    servername: host,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  });
}

/** Opens a connection with the deadline that limits/publishing.ts sets for it. */
export function openToX(target: Target, signal: AbortSignal): Promise<Opening> {
  return openConnection(target, signal, publishLimits.connectDeadlineMs);
}
