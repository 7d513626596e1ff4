import { html } from 'hono/html';
import { deleteCookie } from 'hono/cookie';
import { revokeOwnToken } from '../app/sign-in.ts';
import { signInMessages } from '../messages/console-sign-in.ts';
import { roleNames } from '../messages/operators.ts';
import { listed, say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { labelled, layout, speaker, type Markup } from './layout.ts';
import { SESSION_COOKIE, type Session } from './sessions.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /account: who is signed in, with which rights, and in which browsers. */
export function showAccount(parts: ConsoleParts, c: Visitor): Response | Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(signInMessages, lang);
  const session = c.get('session');
  const roles =
    session.token === null
      ? t('roles-all')
      : listed(
          session.roles.map((role) => say(roleNames[role], lang)),
          lang,
        );
  const browsers = parts.sessions.of(session.name).map(
    (one) =>
      html`<li class="panel">
        <p><strong>${t(one === session ? 'this-one' : 'another-one')}</strong></p>
        <p>${labelled(t('column-started'), tokyoTime(one.startedAt, lang), lang)}</p>
        <p>${labelled(t('column-used'), tokyoTime(one.lastSeenAt, lang), lang)}</p>
        ${one === session ? '' : signOutOne(c, one)}
      </li>`,
  );
  const body = html`<h1>${t('account-title')}</h1>
    <p>${t('signed-in-as', { name: session.name })}</p>
    <p>${labelled(t('roles'), roles, lang)}</p>
    <h2>${t('sessions')}</h2>
    <ul class="plain">
      ${browsers}
    </ul>
    <form method="post" action="/sign-out" class="actions">
      <input type="hidden" name="csrf" value="${session.csrf}" />
      <button class="primary" name="where" value="here">${t('sign-out')}</button>
      <button name="where" value="everywhere">${t('sign-out-everywhere')}</button>
    </form>`;
  return c.html(layout(parts, c, { title: t('account-title'), body }));
}

function signOutOne(c: Visitor, { id, startedAt }: Session): Markup {
  const lang = c.get('lang');
  return html`<form method="post" action="/sign-out">
    <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
    <button name="where" value="${id}">
      ${say(signInMessages['sign-out-one'], lang)}<span class="unseen"> ${tokyoTime(startedAt, lang)}</span>
    </button>
  </form>`;
}

/** POST /sign-out: this browser, one other of the same person's, or all of them. */
export async function takeSignOut(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const session = c.get('session');
  const where = c.get('fields')['where'];
  const mine = parts.sessions.of(session.name);
  const other = mine.find((one) => one !== session && one.id === where);
  const ending =
    where === 'everywhere' ? mine : where === 'here' ? [session] : other === undefined ? [] : [other];
  for (const one of ending) {
    parts.sessions.end(one);
    if (one.tokenId !== null) await revokeOwnToken(parts.app, { name: one.name, tokenId: one.tokenId });
  }
  // Another browser, or one that has ended meanwhile: this one stays.
  if (!ending.includes(session)) return c.redirect('/account', 303);
  deleteCookie(c, SESSION_COOKIE, { path: '/' });
  return c.redirect('/sign-in', 303);
}
