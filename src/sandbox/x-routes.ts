import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { FaultList } from './fault.ts';
import { playFault, type FaultPlayed } from './play-fault.ts';
import { loggedBody, type LoggedRequest } from './request-log.ts';
import type { XAnswer } from './x-answer.ts';
import type { XServer } from './x-server.ts';

/** Node's request and answer, for faults that need the socket, and the request's line in the log. */
export type SandboxEnv = { Bindings: HttpBindings; Variables: { entry: LoggedRequest | null } };

export type Time = { now: () => number; sleep: (ms: number) => Promise<void> };

/** Everything under /2 is X. Each request first meets the fault that waits for it, if one does. */
export function xRoutes(x: XServer, faults: FaultList, time: Time): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.all('/2/*', async (c) => {
    const body = await c.req.text();
    const url = new URL(c.req.url);
    const entry = c.get('entry');
    if (entry !== null) entry.body = loggedBody(body);
    const { method } = c.req;
    const act = (): XAnswer => {
      const authorization = c.req.header('authorization') ?? null;
      const contentType = c.req.header('content-type') ?? '';
      const played = x.answer({ method, url, authorization, contentType, body }, time.now());
      if (entry !== null) entry.remark = played.remark;
      return played.answer;
    };
    const operation = x.operation(method, url);
    const fault = operation === null ? null : faults.take(operation, body, time.now());
    if (operation === null || fault === null) return write(act());
    if (entry !== null) entry.fault = fault.fault;
    const limitHeaders = (): Record<string, string> => x.limits.count(operation, time.now()).headers;
    const { outgoing } = c.env;
    const played: FaultPlayed = await playFault(fault, { act, limitHeaders, outgoing, ...time });
    if (played.kind === 'answer') return write(played.answer);
    if (entry !== null) entry.status = played.status;
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

function write(answer: XAnswer): Response {
  const { status, headers, contentType, body } = answer;
  const text = body === null || typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { ...headers, 'content-type': contentType } });
}
