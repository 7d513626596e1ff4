import { Hono, type Context } from 'hono';
import { sandboxLimits } from '../limits/edges.ts';
import type { SandboxEnv, Time } from './answer-request.ts';
import { controlRoutes, type Controlled } from './control-routes.ts';
import { feedRoutes } from './feed-routes.ts';
import type { SandboxLog } from './sandbox-log.ts';
import { timelinePage, type PageMotion } from './timeline-page.ts';
import { bodyTooLarge, lengthRequired, problem, routeUnknown } from './x-answer.ts';
import { xRoutes } from './x-routes.ts';

/** The whole sandbox as one Hono app; it needs Node's bindings, because faults reach for the socket. */
export function sandboxApp(all: Controlled & Time & { log: SandboxLog }): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    // The controlling hand is not part of what the program sent.
    const watched = !url.pathname.startsWith('/sandbox/');
    const entry = watched ? all.requests.arrive(c.req.method, url, c.req.raw.headers, all.now()) : null;
    c.set('entry', entry);
    await next();
    if (entry !== null && !c.res.headers.has('x-hono-already-sent')) entry.status = c.res.status;
  });
  app.use(async (c, next) => {
    // Node holds a request to its announced length, so looking at the announcement bounds every body.
    if (c.req.header('transfer-encoding') !== undefined) return json(lengthRequired());
    if (Number(c.req.header('content-length') ?? 0) > sandboxLimits.bodyMaxBytes) return json(bodyTooLarge());
    return next();
  });
  app.route('/', xRoutes(all.x, all.faults, all));
  app.route('/', feedRoutes(all));
  app.route('/', controlRoutes(all));
  const page = (c: Context<SandboxEnv>): Promise<Response> =>
    pageAnswer(all, c.req.query('refresh') === 'off' ? 'still' : 'moving');
  app.get('/', page);
  app.get(`/@${all.x.account.handle}`, page);
  // The path that X gives a post, so that an address needs only another host.
  app.get(`/${all.x.account.handle}/status/:id`, (c) => {
    const post = all.x.posts.find(c.req.param('id'));
    return post === null ? json(routeUnknown()) : c.redirect(`/?refresh=off#p${post.id}`);
  });
  app.notFound(() => json(routeUnknown()));
  app.onError((error, c) => {
    // A sender that left in the middle of its request is its own affair, and often what a test wants.
    if (c.env.incoming.complete) all.log.warn({ error: error.message }, 'sandbox could not answer');
    return json(problem(500, 'Internal Server Error', error.message, null));
  });
  return app;
}

async function pageAnswer({ x }: Controlled, motion: PageMotion): Promise<Response> {
  const page = await timelinePage(x.account, x.posts.live(), motion);
  return new Response(page.toString(), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      'referrer-policy': 'no-referrer',
    },
  });
}

const json = ({ status, contentType, body }: ReturnType<typeof problem>): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': contentType } });
