import { streamSSE } from 'hono/streaming';
import type { App } from '../app/app.ts';
import { consoleLimits } from '../limits/edges.ts';
import { taskFaces } from './progress-section.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** How many pages are told at the moment, by console. */
const listening = new WeakMap<ConsoleParts, number>();

/**
 * GET /events: says `change` when something a page shows has changed, `progress` when long work has come further, and `beat` so that a
 * lost server is noticed.
 */
export function streamChanges(parts: ConsoleParts, c: Visitor): Response {
  // Nobody reads the body of this answer, so that its stream would never end.
  if (c.req.method === 'HEAD') return c.body(null, 200);
  const { app, signal, sessions } = parts;
  const count = listening.get(parts) ?? 0;
  if (count >= consoleLimits.livePagesMax) return c.text('Too Many Requests', 429);
  listening.set(parts, count + 1);
  const session = c.get('session');
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const over = AbortSignal.any([gone.signal, signal]);
    try {
      let before = await faceOf(app);
      let far = '';
      let toldAt = 0;
      while (!over.aborted && sessions.isOpen(session, app.clock.now())) {
        const now = await faceOf(app);
        const changed = now !== before;
        before = now;
        const work = JSON.stringify(taskFaces(app.progress.list(), c.get('lang')));
        const moved = work !== far && work !== '[]';
        far = work;
        if (moved) await stream.writeSSE({ event: 'progress', data: work });
        if (changed || app.clock.bootMs() - toldAt >= consoleLimits.liveBeatMs) {
          await stream.writeSSE({ event: changed ? 'change' : 'beat', data: '' });
          toldAt = app.clock.bootMs();
        }
        await app.clock.sleep(consoleLimits.liveEveryMs, over);
      }
      // Not lost: nobody is signed in here any more, and the page can say so.
      if (!over.aborted) await stream.writeSSE({ event: 'over', data: '' });
    } finally {
      listening.set(parts, (listening.get(parts) ?? 1) - 1);
    }
  });
}

/** Everything whose change a page should show, in one text. */
async function faceOf(app: App): Promise<string> {
  const { store, scope } = app;
  const [newest, counts, stops, alerts, waiting] = await Promise.all([
    store.list({ scope, limit: consoleLimits.postsShown, newestFirst: true }),
    store.countByState(scope),
    store.stops(scope),
    store.alerts(scope),
    store.list({
      scope,
      states: ['held', 'uncertain', 'withdrawing', 'attempting'],
      limit: consoleLimits.foundMax,
    }),
  ]);
  const faces = [...newest, ...waiting].map(({ id, revision }) => `${id} ${String(revision)}`);
  const work = app.progress.list().map(({ id }) => id);
  return JSON.stringify([faces, counts, stops, alerts.map(({ key, since }) => [key, since]), work]);
}
