import type { XCredentials } from '../../config.ts';
import type { EpochMs } from '../../feed/item.ts';
import { publishLimits } from '../../limits/publishing.ts';
import { type Answer, serverTime } from '../../publish/answer.ts';
import { type ExchangeRequest, exchange, loadLibrary } from './exchange.ts';
import { openConnection } from './open-connection.ts';
import type { Target } from './target.ts';

/** Where and how long to read. `deadlineMs` is for connecting and answering together. */
export type Reader = {
  target: Target;
  credentials: XCredentials;
  signal: AbortSignal;
  deadlineMs: number;
  now: () => EpochMs;
};

export type ReadAnswer = { answer: Answer; beganAt: EpochMs };

/**
 * One request that changes nothing, or that may be repeated, on a connection of its own. Never rejects. `beganAt` is an instant at
 * which the request had surely not left yet: the earlier of our clock just before the write, and X's Date less the time
 * until it came. Either clock may be wrong or jump; the earlier one can only make us wait longer.
 */
export async function read(reader: Reader, send: ExchangeRequest['send']): Promise<ReadAnswer> {
  const { target, credentials, signal, deadlineMs, now } = reader;
  const startedAt = performance.now();
  let beganAt = now();
  const connectMs = Math.min(deadlineMs, publishLimits.connectDeadlineMs);
  const [opening] = await Promise.all([openConnection(target, signal, connectMs), loadLibrary()]);
  if (opening.kind === 'failed') {
    const { code, message } = opening;
    return { answer: { kind: 'failure', phase: 'before-write', code, message }, beganAt };
  }
  const { connection } = opening;
  const onAbort = (): void => connection.guard.abandon('ABORTED', 'stopped while reading');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    let writtenAt = 0;
    const fence = (): { kind: 'go' } => {
      beganAt = now();
      writtenAt = performance.now();
      return { kind: 'go' };
    };
    const leftMs = Math.max(1, deadlineMs - (performance.now() - startedAt));
    const exchanged = await exchange({ connection, credentials, fence, deadlineMs: leftMs, send });
    if (exchanged.kind === 'stopped') {
      return {
        answer: { kind: 'failure', phase: 'before-write', code: 'LIST', message: exchanged.detail },
        beganAt,
      };
    }
    const { answer, headersAfterMs } = exchanged;
    const served = answer.kind === 'response' ? serverTime(answer.headers) : null;
    if (served === null || headersAfterMs === null) return { answer, beganAt };
    return { answer, beganAt: Math.min(beganAt, served - Math.ceil(headersAfterMs - writtenAt)) };
  } finally {
    signal.removeEventListener('abort', onAbort);
    connection.close();
  }
}
