import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { FaultList, FaultTarget } from './fault.ts';
import { playFault } from './play-fault.ts';
import type { LoggedRequest } from './request-log.ts';
import type { XAnswer } from './x-answer.ts';

/** Node's request and answer, for faults that need the socket, and the request's line in the log. */
export type SandboxEnv = { Bindings: HttpBindings; Variables: { entry: LoggedRequest | null } };

export type Time = { now: () => number; sleep: (ms: number) => Promise<void> };

/** One request: whose faults may hit it, and what happens where none does. */
export type Asked = {
  target: FaultTarget;
  body: string;
  act: () => XAnswer;
  /** The headers of an answer that is given without acting. */
  limitHeaders: () => Record<string, string>;
};

/** Answers a request, or plays on it the fault that waits for it. */
export async function answerRequest(
  c: Context<SandboxEnv>,
  asked: Asked,
  faults: FaultList,
  time: Time,
): Promise<Response> {
  const fault = faults.take(asked.target, asked.body, time.now());
  if (fault === null) return write(asked.act());
  const entry = c.get('entry');
  if (entry !== null) entry.fault = fault.fault;
  const played = await playFault(fault, { ...asked, ...time, outgoing: c.env.outgoing });
  if (played.kind === 'answer') return write(played.answer);
  if (entry !== null) entry.status = played.status;
  return RESPONSE_ALREADY_SENT;
}

/** The answer as the server sends it. */
export function write(answer: XAnswer): Response {
  const { status, headers, contentType, body } = answer;
  return new Response(bytesOf(body), { status, headers: { ...headers, 'content-type': contentType } });
}

function bytesOf(body: unknown): string | Uint8Array<ArrayBuffer> | null {
  if (body === null || typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return JSON.stringify(body);
}
