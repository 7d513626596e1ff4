import { Hono } from 'hono';
import { answerRequest, write, type SandboxEnv, type Time } from './answer-request.ts';
import type { FaultList } from './fault.ts';
import { loggedBody } from './request-log.ts';
import type { XAnswer } from './x-answer.ts';
import type { XServer } from './x-server.ts';

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
    const target = x.operation(method, url);
    if (target === null) return write(act());
    const limitHeaders = (): Record<string, string> => x.limits.count(target, time.now()).headers;
    return answerRequest(c, { target, body, act, limitHeaders }, faults, time);
  });
  return app;
}
