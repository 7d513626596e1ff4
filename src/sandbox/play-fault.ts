import type { ServerResponse } from 'node:http';
import { sandboxLimits } from '../limits/edges.ts';
import { throttledUntil, type RequestFault } from './fault.ts';
import { rateHeaders } from './rate-limits.ts';
import {
  duplicateContent,
  forbidden,
  jsonAnswer,
  notPermitted,
  problem,
  tooManyRequests,
  unauthorized,
  type XAnswer,
} from './x-answer.ts';

/** What a fault is played with: X itself, the raw answer, the clock, and a wait that ends when the sandbox closes. */
export type Stage = {
  /** Does what was asked; called at most once. */
  act: () => XAnswer;
  /** The rate-limit headers of an answer that X gives without acting. */
  limitHeaders: () => Record<string, string>;
  outgoing: ServerResponse;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
};

/** An answer to be written as usual, or the socket was used here and nothing more may be written. */
export type FaultPlayed = { kind: 'answer'; answer: XAnswer } | { kind: 'taken'; status: number | null };

const HTML_ERROR =
  '<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>\n';

/** Plays one fault on one request. */
export async function playFault(fault: RequestFault, stage: Stage): Promise<FaultPlayed> {
  switch (fault.fault) {
    case 'lost-answer':
      stage.act();
      await stage.sleep(fault.ms);
      stage.outgoing.socket?.destroy();
      return { kind: 'taken', status: null };
    case 'delay': {
      if (fault.when === 'before') await stage.sleep(fault.ms);
      const answer = stage.act();
      if (fault.when === 'after') await stage.sleep(fault.ms);
      return { kind: 'answer', answer };
    }
    case 'reset':
      if (fault.processed) stage.act();
      stage.outgoing.socket?.resetAndDestroy();
      return { kind: 'taken', status: null };
    case 'status':
      if (fault.processed) stage.act();
      return { kind: 'answer', answer: limited(statusAnswer(fault), stage) };
    case 'throttle': {
      const until = throttledUntil(fault, stage.now());
      const headers = fault.headers ? rateHeaders(sandboxLimits.ratePerWindow.post, 0, until) : {};
      return { kind: 'answer', answer: { ...tooManyRequests(), headers } };
    }
    case 'garbage':
      return playGarbage(fault, stage);
    case 'unauthorized':
    case 'credits':
    case 'suspended':
    case 'locked':
    case 'client-forbidden':
    case 'account-limit':
    case 'not-permitted':
    case 'duplicate':
      return { kind: 'answer', answer: limited(refusal(fault.fault), stage) };
  }
}

const limited = (answer: XAnswer, stage: Stage): XAnswer => ({
  ...answer,
  headers: { ...stage.limitHeaders(), ...answer.headers },
});

type Refusal = Exclude<
  RequestFault['fault'],
  'lost-answer' | 'delay' | 'reset' | 'status' | 'throttle' | 'garbage'
>;

/** X's refusals of an account or an app, in the shapes that were seen. */
function refusal(kind: Refusal): XAnswer {
  switch (kind) {
    case 'unauthorized':
      return unauthorized();
    case 'credits': {
      const account = 1_000_000_001;
      const detail = `Your enrolled account [${account}] does not have any credits to fulfill this request.`;
      return problem(402, 'CreditsDepleted', detail, 'credits', { account_id: account });
    }
    case 'suspended':
      return problem(403, 'Forbidden', 'The user used for authentication is suspended', 'user-suspended');
    case 'locked':
      return jsonAnswer(403, {
        errors: [{ code: 326, message: 'This account is temporarily locked. Log in to X to unlock it.' }],
      });
    case 'client-forbidden': {
      const detail = 'The app of these keys is not attached to a project with access to this endpoint.';
      const more = { reason: 'client-not-enrolled', required_enrollment: 'Appropriate Level of API Access' };
      return problem(403, 'Client Forbidden', detail, 'client-forbidden', more);
    }
    case 'account-limit':
      return jsonAnswer(403, { errors: [{ code: 185, message: 'User is over daily status update limit.' }] });
    case 'not-permitted':
      return notPermitted();
    case 'duplicate':
      return duplicateContent();
  }
}

function statusAnswer(fault: Extract<RequestFault, { fault: 'status' }>): XAnswer {
  const { status, headers } = fault;
  if (fault.json !== undefined) return { ...jsonAnswer(status, fault.json), headers };
  if (fault.body === 'empty') return { status, headers, contentType: 'text/plain', body: null };
  if (fault.body === 'html')
    return { status, headers, contentType: 'text/html; charset=utf-8', body: HTML_ERROR };
  if (status === 403)
    return { ...forbidden('Your account is not permitted to access this feature.'), headers };
  const title = status === 503 ? 'Service Unavailable' : status === 500 ? 'Internal Server Error' : 'Error';
  return { ...problem(status, title, title, null), headers };
}

async function playGarbage(
  fault: Extract<RequestFault, { fault: 'garbage' }>,
  stage: Stage,
): Promise<FaultPlayed> {
  const refused = fault.variant === 'errors-null';
  // A refusal that did the work all the same would be a lie X is not known for.
  const good = fault.processed && !refused ? stage.act() : null;
  const status = fault.status ?? (refused ? 403 : good !== null && good.status < 300 ? good.status : 200);
  const json = (body: unknown): FaultPlayed => ({
    kind: 'answer',
    answer: limited(jsonAnswer(status, body), stage),
  });
  switch (fault.variant) {
    case 'html':
      return json(HTML_ERROR);
    case 'empty':
      return json(null);
    case 'errors-null':
      return json({ errors: [null] });
    case 'errors-only':
      return json({
        errors: [{ title: 'Internal Error', detail: 'Something went wrong.', type: 'about:blank' }],
      });
    case 'no-id':
      return json({ data: { text: 'OK' } });
    case 'redirect': {
      const headers = { location: '/moved' };
      return {
        kind: 'answer',
        answer: { status: fault.status ?? 302, headers, contentType: 'text/plain', body: 'moved' },
      };
    }
    case 'truncated':
      return cut(stage.outgoing, status, whole(good?.body ?? { data: { id: '1' } }));
    case 'huge':
      return pour(stage, status, Buffer.alloc(65_536, ' '), 0, sandboxLimits.hugeAnswerBytes);
    case 'drip':
      return pour(
        stage,
        status,
        Buffer.from(' '),
        sandboxLimits.dripEveryMs,
        sandboxLimits.dripMaxMs / sandboxLimits.dripEveryMs,
      );
  }
}

function whole(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
}

/** Promises the whole body, sends half of it and closes. */
async function cut(outgoing: ServerResponse, status: number, bytes: Uint8Array): Promise<FaultPlayed> {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': String(bytes.length) });
  // Waiting for the flush keeps the half; destroying at once would often lose it.
  await new Promise<void>((flushed) => {
    outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => flushed());
  });
  outgoing.socket?.end();
  return { kind: 'taken', status };
}

/** Writes `piece` again and again, `pauseMs` apart, until `total` bytes went out or the reader has had enough. */
async function pour(
  stage: Stage,
  status: number,
  piece: Buffer,
  pauseMs: number,
  total: number,
): Promise<FaultPlayed> {
  const { outgoing } = stage;
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  for (let sent = 0; sent < total && outgoing.writable && !outgoing.destroyed; sent += piece.length) {
    const room = outgoing.write(piece);
    if (pauseMs > 0) await stage.sleep(pauseMs);
    else if (!room) await drained(outgoing);
  }
  if (!outgoing.destroyed) outgoing.end('{}');
  return { kind: 'taken', status };
}

/** Settles when there is room again or the reader is gone. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.once('drain', done).once('close', done);
    if (outgoing.destroyed) done();
  });
}
