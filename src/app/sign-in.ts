import { tokenHash, tokenText } from '../governance/access-token.ts';
import { findOperator } from '../governance/operator-event.ts';
import type { AccessToken, Operator } from '../governance/operator.ts';
import { hashPassword, nobodysPassword, passwordMistake, verifyPassword } from '../governance/password.ts';
import { signInGate, signInKey } from '../governance/sign-in.ts';
import { governanceLimits } from '../limits/storage.ts';
import { operatorRefusals } from '../messages/operators.ts';
import { say, type SentenceParams } from '../messages/sentence.ts';
import type { App } from './app.ts';

/** Not done; the message says why, in the operators' language, and `why` as a code where the refusal is one of the sign-in's. */
export type NotDone = { kind: 'refused'; message: string; why?: Refusals };

export type SignedIn = { kind: 'signed-in'; operator: Operator };

/**
 * Compares a name and a password. Every try is kept first, so that many at once count too; a wrong name takes as long as a wrong
 * password, and neither is told from the other.
 */
export async function signIn(
  app: App,
  { name, password }: { name: string; password: string },
): Promise<SignedIn | NotDone> {
  const now = app.clock.now();
  const key = signInKey(name);
  const gate = signInGate(await app.governance.signIns(key, now - governanceLimits.signIn.forgetMs), now);
  if (gate.kind === 'wait') return notDone(app, 'sign-in-wait', { until: gate.until });
  await app.governance.recordSignIn(key, { at: now, succeeded: false });
  const operator = findOperator(await app.governance.operators(), name);
  const stored = operator?.disabledAt === null ? operator.passwordHash : null;
  const isRight = await verifyPassword(password, stored ?? nobodysPassword(app.passwordCost));
  if (operator === null || stored === null || !isRight) return notDone(app, 'sign-in-failed');
  await app.governance.recordSignIn(key, { at: now, succeeded: true });
  return { kind: 'signed-in', operator };
}

/**
 * The password once more, there and then, for what a token or an open browser must not be enough for; null: it is right. A one-time
 * password is not one's own yet.
 */
export async function signInAfresh(
  app: App,
  request: { name: string; password: string },
): Promise<NotDone | null> {
  const signed = await signIn(app, request);
  if (signed.kind === 'refused') return signed;
  const { name, mustChangePassword } = signed.operator;
  return mustChangePassword ? notDone(app, 'must-change-password', { name }) : null;
}

/** Sets a person's own new password, after the old one; browsers that were signed in with that one are signed out. */
export async function changePassword(
  app: App,
  request: { name: string; password: string; newPassword: string },
): Promise<SignedIn | NotDone> {
  const signed = await signIn(app, request);
  if (signed.kind === 'refused') return signed;
  const { name } = signed.operator;
  const mistake = passwordMistake(request.newPassword, name);
  if (mistake !== null) return notDone(app, `password-${mistake}`);
  const salt = Buffer.from(app.random.secret().slice(0, 32), 'hex');
  const passwordHash = await hashPassword(request.newPassword, salt, app.passwordCost);
  const provenBy = signed.operator.passwordHash;
  const event = { kind: 'set-password', name, by: name, passwordHash, mustChange: false, provenBy } as const;
  const change = await app.governance.changeOperator({ ...event, at: app.clock.now(), reason: null });
  if (change.kind === 'refused') return notDone(app, change.why, { name });
  return { kind: 'signed-in', operator: change.operator };
}

export type TokenMade = { kind: 'made'; token: string; id: string; operator: Operator };

/** Makes a token for whoever knows the password. Its words are returned once and stored nowhere. */
export async function makeToken(
  app: App,
  request: { name: string; password: string; kind: AccessToken['kind']; label: string },
): Promise<TokenMade | NotDone> {
  const signed = await signIn(app, request);
  if (signed.kind === 'refused') return signed;
  const { name, mustChangePassword } = signed.operator;
  if (mustChangePassword) return notDone(app, 'must-change-password', { name });
  const at = app.clock.now();
  const text = tokenText(app.random.secret());
  const token: AccessToken = {
    id: app.random.entryId(at),
    kind: request.kind,
    label: request.label.slice(0, governanceLimits.nameMax),
    hash: tokenHash(text),
    createdAt: at,
    expiresAt: request.kind === 'session' ? at + governanceLimits.sessionMs : null,
    revokedAt: null,
  };
  const change = await app.governance.changeOperator({
    kind: 'add-token',
    name,
    by: name,
    at,
    reason: null,
    token,
    provenBy: signed.operator.passwordHash,
  });
  if (change.kind === 'refused') return notDone(app, change.why, { name });
  return { kind: 'made', token: text, id: token.id, operator: change.operator };
}

/** Ends a token: its owner signs out, or gives up a machine. */
export async function revokeOwnToken(
  app: App,
  request: { name: string; tokenId: string },
): Promise<{ kind: 'revoked' } | NotDone> {
  const { name, tokenId } = request;
  const event = { kind: 'revoke-token', name, by: name, tokenId, at: app.clock.now(), reason: null } as const;
  const change = await app.governance.changeOperator(event);
  return change.kind === 'refused' ? notDone(app, change.why, { name }) : { kind: 'revoked' };
}

type Refusals = keyof typeof operatorRefusals;

/** A refusal in the operators' language. */
export function notDone(app: App, code: Refusals, params: SentenceParams = {}): NotDone {
  return {
    kind: 'refused',
    why: code,
    message: say(operatorRefusals[code], app.config.operatorLang, params),
  };
}
