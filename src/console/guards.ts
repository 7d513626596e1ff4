import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { authorize } from '../app/authorize.ts';
import type { GovernedAct } from '../governance/permissions.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import { errorPage } from './error-page.ts';
import { isSecure, proxied } from './origin.ts';
import { keptFrom, showKept } from './kept-form.ts';
import { SESSION_COOKIE } from './sessions.ts';
import { signInPage } from './sign-in-page.ts';
import { rolesNow, who } from './sign-in.ts';
import { speaking, type ConsoleParts, type Visit } from './visit.ts';

/** `Lax`, since it opens nothing; the cookie of the session, which opens everything, is `Strict`. */
const LANG_COOKIE = 'lang';

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
      if (!own || !form || c.req.method !== 'POST')
        return c.text(say(consoleMessages['not-from-here'], c.get('lang')), 403);
      const pairs = [...new URLSearchParams(await c.req.text())];
      const fields = Object.fromEntries(pairs);
      // No form of ours sends a name twice, and which of two answers a person meant is not for us to choose.
      if (Object.keys(fields).length < pairs.length)
        return c.text(say(consoleMessages['form-broken'], c.get('lang')), 400);
      c.set('fields', fields);
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
      // What was typed into a page that stood open too long must not vanish: nothing is done, and it is shown again after signing in.
      const kept = c.req.method === 'POST' ? keptFrom(c) : null;
      if (kept !== null) return c.html(await signInPage(parts, c, null, kept), 401);
      const { pathname, search } = new URL(c.req.url);
      const back = c.req.method === 'GET' ? pathname + search : '/';
      return c.redirect(back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`, 303);
    }
    const session = Object.assign(found, { roles });
    c.set('session', session);
    if (c.req.method === 'POST' && c.get('fields')['csrf'] !== session.csrf) {
      const kept = keptFrom(c);
      const why = say(consoleMessages['form-old'], c.get('lang'));
      return c.html(kept === null ? errorPage(parts, c, why) : showKept(parts, c, session, kept, why), 403);
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
