import { html } from 'hono/html';
import { setCookie } from 'hono/cookie';
import { inTurn } from '../app/in-turn.ts';
import { revokeOwnToken } from '../app/sign-in.ts';
import { findOperator } from '../governance/operator-event.ts';
import { isGoverned } from '../governance/operator.ts';
import { keptMessages } from '../messages/console-kept.ts';
import { signInMessages } from '../messages/console-sign-in.ts';
import { say } from '../messages/sentence.ts';
import { carriedFields, keptFrom, keptText, showKept, type Kept } from './kept-form.ts';
import { layout, speaker } from './layout.ts';
import { isSecure } from './origin.ts';
import { safeReturn } from './safe-return.ts';
import { SESSION_COOKIE } from './sessions.ts';
import { signIn, TOKEN_LABEL, type Person, type SignIn } from './sign-in.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /sign-in */
export async function showSignIn(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return c.html(await signInPage(parts, c, null));
}

/** POST /sign-in: one try at a time, so that many at once are no way around the waits. */
export async function takeSignIn(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const typed = {
    name: field(c, 'name').slice(0, 200),
    password: field(c, 'password'),
    fresh: field(c, 'fresh'),
    again: field(c, 'again'),
  };
  const result = await inTurn(parts.sessions, () =>
    signIn(speaking(parts.app, c.get('lang')), typed, parts.printed),
  );
  const kept = c.get('fields')['kept.path'] === undefined ? null : keptFrom(c);
  if (result.kind !== 'in') return c.html(await signInPage(parts, c, result, kept), 403);
  await endForgotten(parts, result.person);
  const { cookie, session } = parts.sessions.begin(result.person, parts.app.clock.now());
  const secure = isSecure(parts, c);
  setCookie(c, SESSION_COOKIE, cookie, { path: '/', httpOnly: true, sameSite: 'Strict', secure });
  if (kept !== null)
    return c.html(showKept(parts, c, session, kept, say(keptMessages['signed-in'], c.get('lang'))));
  return c.redirect(safeReturn(c.req.query('next')), 303);
}

/**
 * Ends the tokens of browsers that this console no longer knows (it was restarted, or nobody used them), so that they do not fill up
 * what one person may have.
 */
async function endForgotten({ app, sessions }: ConsoleParts, person: Person): Promise<void> {
  if (person.token === null) return;
  const operator = findOperator(await app.governance.operators(), person.name);
  const open = [person, ...sessions.of(person.name)].map(({ tokenId }) => tokenId);
  for (const { id, kind, label } of operator?.tokens ?? [])
    if (kind === 'session' && label === TOKEN_LABEL && !open.includes(id))
      await revokeOwnToken(app, { name: person.name, tokenId: id });
}

/** `kept` is what a person had typed when their sign-in had ended; it is carried on until they are in. */
export async function signInPage(
  parts: ConsoleParts,
  c: Visitor,
  refused: Extract<SignIn, { kind: 'refused' }> | null,
  kept: Kept | null = null,
): Promise<ReturnType<typeof layout>> {
  const lang = c.get('lang');
  const t = speaker(signInMessages, lang);
  const governed = isGoverned(await parts.app.governance.operators());
  const next = safeReturn(c.req.query('next'));
  const mustChange = refused?.mustChange === true;
  const typedName = c.req.path === '/sign-in' && c.req.method === 'POST' ? field(c, 'name') : '';
  const body = html`<h1>${t('title')}</h1>
    ${kept === null ? '' : html`<div class="panel warning" role="alert"><p>${say(keptMessages.over, lang)}</p></div>`}
    <p>${t(governed ? 'lede-governed' : 'lede-printed')}</p>
    ${refused === null ? '' : html`<div class="panel alarm" role="alert"><p>${refused.message}</p></div>`}
    <form method="post" action="/sign-in?next=${encodeURIComponent(next)}" class="narrow">
      ${kept === null ? '' : carriedFields(kept)}
      <label for="name">${t('name')}</label>
      <input id="name" name="name" required maxlength="80" autocomplete="username" value="${typedName}" />
      <label for="password">${t('password')}</label>
      <input id="password" name="password" type="password" required autocomplete="current-password" />
      ${
        mustChange
          ? html`<label for="fresh">${t('fresh')}</label>
              <input id="fresh" name="fresh" type="password" required autocomplete="new-password" />
              <label for="again">${t('again')}</label>
              <input id="again" name="again" type="password" required autocomplete="new-password" />`
          : ''
      }
      <button class="primary">${t('button')}</button>
    </form>
    ${kept === null ? '' : keptText(kept, c)}`;
  return layout(parts, c, { title: t('title'), body, open: true });
}
