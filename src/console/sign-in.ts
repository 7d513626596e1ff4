import { createHash, timingSafeEqual } from 'node:crypto';
import type { App } from '../app/app.ts';
import { authorize } from '../app/authorize.ts';
import { changePassword, makeToken, signIn as signInOperator } from '../app/sign-in.ts';
import { isGoverned, ROLES, type Role } from '../governance/operator.ts';
import { findOperator } from '../governance/operator-event.ts';
import { signInGate, signInKey } from '../governance/sign-in.ts';
import { governanceLimits } from '../limits/storage.ts';
import { signInMessages } from '../messages/console-sign-in.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { foldPersonName, PROGRAM } from '../outbox/person-name.ts';

/** The label of tokens that a sign-in here makes. */
export const TOKEN_LABEL = 'console';

/** Who signed in. `token` shows to the app layer that it is them; null as long as nobody is known by name. */
export type Person = { name: string; roles: readonly Role[]; token: string | null; tokenId: string | null };

/** What stood in the form; `fresh` and `again` are the new password, where one is asked for. */
export type Typed = { name: string; password: string; fresh: string; again: string };

/** `mustChange`: the password is good only for setting another one, which the form must ask for. */
export type SignIn =
  { kind: 'in'; person: Person } | { kind: 'refused'; message: string; mustChange: boolean };

/**
 * Looks at a name and a password. As long as nobody was registered, whoever reads what `run` printed is at this machine and is trusted as
 * its own login is: the password printed there opens, and the name that was typed goes on the record. From then on only operators' own
 * passwords open.
 */
export async function signIn(app: App, typed: Typed, printed: string): Promise<SignIn> {
  if (isGoverned(await app.governance.operators())) return byOperator(app, typed);
  return byPrinted(app, typed, printed);
}

/** The person's roles now; null where the session no longer stands for anybody. */
export async function rolesNow(app: App, person: Person): Promise<readonly Role[] | null> {
  const governed = isGoverned(await app.governance.operators());
  if (governed !== (person.token !== null)) return null;
  if (person.token === null) return ROLES;
  const right = await authorize(app, { act: 'view', by: person.name, token: person.token });
  return right.kind === 'allowed' ? (right.operator?.roles ?? null) : null;
}

/** The name and the proof that every function of the app layer asks for. */
export function who({ name, token }: Person): { by: string; token?: string } {
  return token === null ? { by: name } : { by: name, token };
}

async function byPrinted(app: App, typed: Typed, printed: string): Promise<SignIn> {
  const lang = app.config.operatorLang;
  const now = app.clock.now();
  // Before anybody is known by name, another name must not be another five tries.
  const key = signInKey(PROGRAM);
  const gate = signInGate(await app.governance.signIns(key, now - governanceLimits.signIn.forgetMs), now);
  if (gate.kind === 'wait') {
    return refused(say(signInMessages.wait, lang, { until: tokyoTime(gate.until + 60_000, lang) }));
  }
  await app.governance.recordSignIn(key, { at: now, succeeded: false });
  if (!isSame(plain(typed.password), plain(printed)) && !(await isFirstAdministrator(app, typed))) {
    return refused(say(signInMessages.wrong, lang));
  }
  await app.governance.recordSignIn(key, { at: now, succeeded: true });
  const name = typed.name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  const folded = foldPersonName(name);
  const isName = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,'・_@-]*$/u.test(folded);
  if (!isName || folded === PROGRAM || name.length > governanceLimits.nameMax)
    return refused(say(signInMessages['name-form'], lang));
  return { kind: 'in', person: { name, roles: ROLES, token: null, tokenId: null } };
}

/** The administrator whom the first run made has a password of their own. */
async function isFirstAdministrator(app: App, typed: Typed): Promise<boolean> {
  if (findOperator(await app.governance.operators(), typed.name) === null) return false;
  return (await signInOperator(app, typed)).kind === 'signed-in';
}

async function byOperator(app: App, typed: Typed): Promise<SignIn> {
  const { name, password, fresh, again } = typed;
  if (fresh !== '' && fresh !== again)
    return refused(say(signInMessages.differ, app.config.operatorLang), true);
  if (fresh !== '') {
    const changed = await changePassword(app, { name, password, newPassword: fresh });
    if (changed.kind === 'refused') return refused(changed.message, true);
  }
  const now = fresh === '' ? password : fresh;
  const made = await makeToken(app, { name, password: now, kind: 'session', label: TOKEN_LABEL });
  if (made.kind === 'made') {
    const { operator, token, id } = made;
    return { kind: 'in', person: { name: operator.name, roles: operator.roles, token, tokenId: id } };
  }
  // Only whoever knows the first password is asked for their own: to others the name must look like any other.
  return made.why === 'must-change-password'
    ? refused(say(signInMessages['first-password'], app.config.operatorLang), true)
    : refused(made.message);
}

function refused(message: string, mustChange = false): SignIn {
  return { kind: 'refused', message, mustChange };
}

/** As it was printed, however it was copied. */
function plain(password: string): string {
  return password.replaceAll(/[\s-]/gu, '').toLowerCase();
}

/** Digests are compared, so that neither length nor content shows in the time taken. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}
