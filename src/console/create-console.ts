import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { App } from '../app/app.ts';
import { readStatus } from '../app/read-status.ts';
import { consoleLimits } from '../limits.ts';
import type { Lang } from '../feed/item.ts';
import { statusPage } from './status-page.ts';
import { styleSheet, STYLE_PATH } from './style-sheet.ts';

/** The operators' pages. They read through the app layer and change nothing; no rule lives in a page. */
export function createConsole(app: App): Hono {
  const pages = new Hono();
  pages.use('*', async (context, next) => {
    await next();
    context.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('cache-control', 'no-store');
  });
  pages.get(STYLE_PATH, etag(), (context) =>
    context.body(styleSheet, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  pages.get('/', async (context) => {
    const lang = langOf(
      context.req.query('lang'),
      context.req.header('accept-language'),
      app.config.operatorLang,
    );
    const status = await readStatus(app);
    const posts = await app.store.list({
      scope: app.scope,
      limit: consoleLimits.postsShown,
      newestFirst: true,
    });
    return context.html(statusPage({ status, posts, lang, now: app.clock.now() }));
  });
  pages.get('/healthz', async (context) => {
    const holder = await app.lease.holder();
    return context.json({ ok: holder !== null, worker: holder !== null }, holder === null ? 503 : 200);
  });
  pages.notFound((context) => context.text('404', 404));
  return pages;
}

function langOf(asked: string | undefined, accepts: string | undefined, fallback: Lang): Lang {
  if (asked === 'ja' || asked === 'en') return asked;
  const first = accepts?.trim().toLowerCase() ?? '';
  if (first.startsWith('ja')) return 'ja';
  if (first.startsWith('en')) return 'en';
  return fallback;
}
