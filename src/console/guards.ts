import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { authorize } from '../app/authorize.ts';
import type { GovernedAct } from '../governance/permissions.ts';
import { consoleLimits } from '../limits/edges.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import { errorPage } from './error-page.ts';
import { rolesNow, who } from './sign-in.ts';
import { speaking, type ConsoleParts, type Visit, type Visitor } from './visit.ts';

/** `Lax` for the language, which opens nothing; `Strict` for the session, which opens everything. */
const LANG_COOKIE = 'lang';
export const SESSION_COOKIE = 'kosatsu';

/** No inline script or style, nothing from elsewhere, no frame around the pages, and nothing kept by the browser. */
export const headers: MiddlewareHandler<Visit> = async (c, next) => {
  await next();
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'same-origin');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  if (c.res.headers.get('cache-control') === null) c.header('cache-control', 'no-store');
};

/** The configured address, where the request came under it through the proxy; null on this computer itself. */
function proxied({ app }: ConsoleParts, c: Visitor): string | null {
  const { origin } = app.config.console;
  return origin !== null && new URL(c.req.url).host === new URL(origin).host ? origin : null;
}

/** Whether the browser must send a cookie over https alone: always, but on this computer itself, where there is no https. */
export function isSecure(parts: ConsoleParts, c: Visitor): boolean {
  return proxied(parts, c) !== null;
}

/** Another site's name that points at this machine (DNS rebinding) is no name of ours, nor is a proxy's that nobody configured. */
export function ownHost(parts: ConsoleParts): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const { hostname } = new URL(c.req.url);
    const isOwn = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) || proxied(parts, c) !== null;
    if (!isOwn) return c.text('Misdirected Request', 421);
    await next();
  };
}

/** The language asked for is kept in a cookie; else that cookie, the browser's wish, or the configured one. */
export function language(parts: ConsoleParts): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const asked = c.req.query('lang');
    if (asked === 'ja' || asked === 'en') {
      const secure = isSecure(parts, c);
      setCookie(c, LANG_COOKIE, asked, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure,
        maxAge: 31_536_000,
      });
    }
    const wishes = [asked, getCookie(c, LANG_COOKIE), c.req.header('accept-language')?.trim().slice(0, 2)];
    const lang = wishes
      .map((wish) => wish?.toLowerCase())
      .find((wish): wish is 'ja' | 'en' => wish === 'ja' || wish === 'en');
    c.set('lang', lang ?? parts.app.config.operatorLang);
    await next();
  };
}

/** A form must come from a page of ours: browsers tell the origin of every POST, and no script of another site can change it. */
export function ownOrigin(parts: ConsoleParts): MiddlewareHandler<Visit> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const own = c.req.header('origin') === (proxied(parts, c) ?? new URL(c.req.url).origin);
      const form = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
      if (!own || !form || c.req.method !== 'POST') return c.text('Forbidden', 403);
      const body = await c.req.text();
      const pairs = [...new URLSearchParams(body)];
      c.set('fields', Object.fromEntries(pairs.toReversed()));
    }
    await next();
  };
}

/** Only people who are signed in go on; the others are asked to, and come back to where they wanted to go. */
export function signedIn(parts: ConsoleParts): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const { app, sessions } = parts;
    const found = sessions.find(getCookie(c, SESSION_COOKIE), app.clock.now());
    const roles = found === null ? null : await rolesNow(app, found);
    if (found === null || roles === null) {
      if (found !== null) sessions.end(found);
      const { pathname, search } = new URL(c.req.url);
      const back = c.req.method === 'GET' ? pathname + search : '/';
      return c.redirect(back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`, 303);
    }
    const session = Object.assign(found, { roles });
    c.set('session', session);
    if (c.req.method === 'POST' && c.get('fields')['csrf'] !== session.csrf) {
      return c.html(errorPage(parts, c, say(consoleMessages['form-old'], c.get('lang'))), 403);
    }
    await next();
  };
}

/** Only people with a role for the act go on. */
export function mayAct(parts: ConsoleParts, act: GovernedAct): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const right = await authorize(speaking(parts.app, c.get('lang')), { act, ...who(c.get('session')) });
    if (right.kind === 'allowed') return next();
    return c.html(errorPage(parts, c, say(consoleMessages['not-allowed'], c.get('lang'))), 403);
  };
}

/** Where a person wanted to go before signing in; only a path on these pages, whatever was put into the address. */
export function safeReturn(wanted: string | undefined): string {
  const base = 'http://console.invalid';
  if (wanted === undefined || wanted.length > consoleLimits.returnMax || !URL.canParse(wanted, base))
    return '/';
  const url = new URL(wanted, base);
  const path = url.pathname + url.search;
  return url.origin === base && wanted.startsWith('/') && !path.startsWith('//') ? path : '/';
}
