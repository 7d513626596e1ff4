import { Hono } from 'hono';
import { z } from 'zod';
import { sandboxLimits } from '../limits/edges.ts';
import { readFault, type FaultList } from './fault.ts';
import type { FeedOverride } from './feed-routes.ts';
import type { FeedSource } from './feed-source.ts';
import { OPERATIONS } from './rate-limits.ts';
import type { RequestLog } from './request-log.ts';
import type { SandboxEnv } from './answer-request.ts';
import type { XServer } from './x-server.ts';

/** All that the control routes can look at and change. */
export type Controlled = {
  x: XServer;
  faults: FaultList;
  requests: RequestLog;
  source: FeedSource;
  override: FeedOverride;
  now: () => number;
  /** Forgets the posts on disk too. */
  forgetPosts: () => void;
};

const newPost = z.strictObject({ text: z.string().min(1).max(sandboxLimits.textMaxChars) });
const newItem = z.strictObject({
  title: z.string().max(10_000),
  url: z.string().max(10_000),
  id: z.string().max(1_000).optional(),
  publishedAt: z.union([z.number().int(), z.iso.datetime({ offset: true })]).optional(),
  lang: z.enum(['ja', 'en']).optional(),
});

/** The hand behind the curtain: what tests and people use to look into the sandbox and to make it misbehave. */
export function controlRoutes(all: Controlled): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>().basePath('/sandbox');
  app.get('/requests', (c) => c.json(all.requests.all()));
  app.get('/posts', (c) => c.json(all.x.posts.all()));
  app.post('/posts', async (c) => {
    const parsed = newPost.safeParse(await jsonOf(c.req.raw));
    if (!parsed.success) return wrong(sentencesOf(parsed.error));
    return c.json(all.x.posts.create(parsed.data.text.normalize('NFC').trim(), 'elsewhere', all.now()), 201);
  });
  app.post('/reset', (c) => {
    clearFaults(all);
    all.forgetPosts();
    all.requests.clear();
    all.override.document = null;
    all.override.changedAt = all.now();
    all.source.restart(all.now());
    return c.body(null, 204);
  });
  faultRoutes(app, all);
  feedControl(app, all);
  const routes = app.routes.map(({ method, path }) => `${method} ${path}`);
  app.all('/*', () => Response.json({ mistakes: ['no such control route'], routes }, { status: 404 }));
  return app;
}

function faultRoutes(app: Hono<SandboxEnv>, all: Controlled): void {
  app.get('/faults', (c) => c.json(all.faults.all().map(({ fault, left }) => ({ ...fault, left }))));
  app.post('/faults', async (c) => {
    const read = readFault(await jsonOf(c.req.raw));
    if (read.kind === 'wrong') return wrong(read.mistakes);
    const { fault } = read;
    if (fault.fault === 'read-lag') all.x.readLagMs = fault.ms;
    else if (fault.fault === 'limit') {
      for (const operation of OPERATIONS) {
        if (fault.on === 'any' || fault.on === operation)
          all.x.limits.set(operation, fault.limit, fault.windowMs);
      }
    } else if (!all.faults.add(fault, all.now()))
      return wrong([`no more than ${sandboxLimits.faultsMax} faults can wait`]);
    return c.json(fault, 201);
  });
  app.delete('/faults', (c) => {
    clearFaults(all);
    return c.body(null, 204);
  });
}

function feedControl(app: Hono<SandboxEnv>, all: Controlled): void {
  app.post('/feed', async (c) => {
    const parsed = newItem.safeParse(await jsonOf(c.req.raw));
    if (!parsed.success) return wrong(sentencesOf(parsed.error));
    const { title, url, id, publishedAt, lang } = parsed.data;
    const at = typeof publishedAt === 'string' ? Date.parse(publishedAt) : (publishedAt ?? all.now());
    const guessed = /[\u3040-\u30ff\u4e00-\u9fff]/.test(title) ? 'ja' : 'en';
    const item = { guid: id ?? url, title, url, publishedAt: at, lang: lang ?? guessed } as const;
    all.source.add(item, all.now());
    return c.json(item, 201);
  });
  app.put('/feed', async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    all.override.document = { bytes, contentType: c.req.header('content-type') ?? 'application/xml' };
    all.override.changedAt = all.now();
    return c.body(null, 204);
  });
  app.delete('/feed', (c) => {
    all.override.document = null;
    all.override.changedAt = all.now();
    return c.body(null, 204);
  });
}

function clearFaults({ faults, x }: Controlled): void {
  faults.clear();
  x.limits.clear();
  x.readLagMs = 0;
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

const sentencesOf = (error: z.ZodError): string[] =>
  error.issues.map((i) => `${i.path.join('.') || '$'}: ${i.message}`);

const wrong = (mistakes: readonly string[]): Response => Response.json({ mistakes }, { status: 400 });
