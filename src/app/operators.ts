import { findOperator, type OperatorChange, type OperatorEvent } from '../governance/operator-event.ts';
import type { Operator, Role } from '../governance/operator.ts';
import { hashPassword } from '../governance/password.ts';
import type { RefusalCode } from '../messages/refusals.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { authorize, noteRefusal } from './authorize.ts';
import { notDone, type NotDone } from './sign-in.ts';

/** Who looks after people, and what shows that it is them. */
export type Administration = { by: string; token?: string | undefined; reason: string | null };

/** An operator with the one-time password that nobody sees again. */
export type WithPassword = { kind: 'done'; operator: Operator; password: string };

/** The name of the administrator that the first run makes. */
const FIRST_ADMINISTRATOR = 'administrator';

/** Makes the one administrator of a new installation; null where somebody is registered already. */
export async function ensureAdministrator(app: App): Promise<WithPassword | null> {
  if ((await app.governance.operators()).length > 0) return null;
  const { password, passwordHash } = await oneTimePassword(app);
  const base = { name: FIRST_ADMINISTRATOR, by: PROGRAM, at: app.clock.now(), reason: null };
  const change = await app.governance.changeOperator({ ...base, kind: 'first-run', passwordHash });
  return change.kind === 'refused' ? null : { kind: 'done', operator: change.operator, password };
}

/**
 * Registers a person. From the first one on, every act needs a registered name and that person's token: so the administrator of the
 * first run is made where there was none yet, or nobody could ever look after people.
 */
export async function addOperator(
  app: App,
  who: Administration,
  { name, roles }: { name: string; roles: readonly Role[] },
): Promise<WithPassword | NotDone> {
  await ensureAdministrator(app);
  const { password, passwordHash } = await oneTimePassword(app);
  const change = await administer(app, who, { kind: 'add', name, roles: [...new Set(roles)], passwordHash });
  return change.kind === 'refused' ? change : { ...change, password };
}

/** Puts a one-time password in the place of one that was forgotten. */
export async function resetPassword(
  app: App,
  who: Administration,
  name: string,
): Promise<WithPassword | NotDone> {
  const { password, passwordHash } = await oneTimePassword(app);
  const change = await administer(app, who, { kind: 'set-password', name, passwordHash, mustChange: true });
  return change.kind === 'refused' ? change : { ...change, password };
}

/** Takes all rights from a person; the name stays on the records. */
export async function disableOperator(app: App, who: Administration, name: string): Promise<Done | NotDone> {
  return administer(app, who, { kind: 'disable', name });
}

/** Gives a person these roles in the place of all others. */
export async function setRoles(
  app: App,
  who: Administration,
  { name, roles }: { name: string; roles: readonly Role[] },
): Promise<Done | NotDone> {
  return administer(app, who, { kind: 'set-roles', name, roles: [...new Set(roles)] });
}

/** Ends a token of anybody's: a machine was lost. */
export async function revokeToken(
  app: App,
  who: Administration,
  { name, tokenId }: { name: string; tokenId: string },
): Promise<Done | NotDone> {
  return administer(app, who, { kind: 'revoke-token', name, tokenId });
}

type Done = { kind: 'done'; operator: Operator };
type Change = OperatorEvent extends infer One
  ? One extends OperatorEvent
    ? Omit<One, 'at' | 'by' | 'reason'>
    : never
  : never;

async function administer(app: App, who: Administration, change: Change): Promise<Done | NotDone> {
  const { by, token, reason } = who;
  const right = await authorize(app, { act: 'manage-operators', by, token });
  if (right.kind === 'refused') return right;
  const event: OperatorEvent = { ...change, at: app.clock.now(), by: right.by, reason };
  const result = await app.governance.changeOperator(event);
  if (result.kind === 'changed') return { kind: 'done', operator: result.operator };
  // A name that nobody bears is a slip of the pen, or a password in the wrong place: neither belongs into the log.
  const bearer = findOperator(await app.governance.operators(), change.name);
  const subject = bearer === null ? undefined : { person: bearer.name };
  await noteRefusal(app, { act: 'manage-operators', by: right.by, subject }, CAUSES[result.why]);
  return notDone(app, result.why, { name: change.name });
}

/** Each cause as the log has it. */
const CAUSES: Readonly<Record<Extract<OperatorChange, { kind: 'refused' }>['why'], RefusalCode>> = {
  exists: 'operator-exists',
  unknown: 'operator-unknown',
  disabled: 'operator-disabled',
  'name-form': 'name-form',
  'roles-none': 'roles-none',
  'last-administrator': 'last-administrator',
  'too-many': 'too-many-operators',
  'too-many-tokens': 'too-many-tokens',
  'token-unknown': 'token-unknown',
  'not-first': 'operator-exists',
  'sign-in-failed': 'sign-in-failed',
};

/** Eighty random bits in four groups, to be typed once. */
async function oneTimePassword(app: App): Promise<{ password: string; passwordHash: string }> {
  const secret = app.random.secret();
  const password = (secret.slice(0, 20).match(/.{5}/gu) ?? []).join('-');
  const salt = Buffer.from(secret.slice(32), 'hex');
  return { password, passwordHash: await hashPassword(password, salt, app.passwordCost) };
}
