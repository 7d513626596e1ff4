import type { EpochMs } from '../feed/item.ts';
import { governanceLimits } from '../limits/storage.ts';
import { foldPersonName, isNobodysName, isPseudonym, isSamePerson } from '../outbox/person-name.ts';
import type { AuditDetail, AuditFact } from './audit-record.ts';
import type { AccessToken, Operator, Role } from './operator.ts';

/**
 * Everything that can happen to an operator. `by` is who did it; `name` is whom it concerns. `provenBy` is the stored hash that the
 * person's own password was compared with: comparing takes a while, in which an administrator may have set another one.
 */
export type OperatorEvent = { at: EpochMs; by: string; name: string; reason: string | null } & (
  | { kind: 'first-run'; passwordHash: string }
  | { kind: 'add'; roles: readonly Role[]; passwordHash: string }
  | { kind: 'set-roles'; roles: readonly Role[] }
  | { kind: 'disable' }
  | { kind: 'set-password'; passwordHash: string; mustChange: boolean; provenBy?: string | null }
  | { kind: 'add-token'; token: AccessToken; provenBy?: string | null }
  | { kind: 'revoke-token'; tokenId: string }
);

/** Why an operator was not changed; the key of its sentence. */
type OperatorRefusal =
  | 'exists'
  | 'unknown'
  | 'disabled'
  | 'name-form'
  | 'roles-none'
  | 'last-administrator'
  | 'too-many'
  | 'too-many-tokens'
  | 'token-unknown'
  | 'not-first'
  | 'sign-in-failed';

export type OperatorChange =
  | { kind: 'changed'; operator: Operator; before: Operator | null }
  | { kind: 'refused'; why: OperatorRefusal };

/**
 * The only way in which operators change. Stores run it inside the transaction that writes its result, so that two administrators
 * who act at once cannot leave nobody in charge.
 */
export function changeOperator(operators: readonly Operator[], event: OperatorEvent): OperatorChange {
  const before = findOperator(operators, event.name);
  if (event.kind === 'first-run') {
    if (operators.length > 0) return { kind: 'refused', why: 'not-first' };
    return changed(null, newOperator(event, ['administrator'], 'first-run'));
  }
  if (event.kind === 'add') return added(operators, before, event);
  if (before === null) return { kind: 'refused', why: 'unknown' };
  // What was disabled stays so: its name stands on records, and a person who comes back is added under the same name.
  if (before.disabledAt !== null) return { kind: 'refused', why: 'disabled' };
  if ('provenBy' in event && event.provenBy !== before.passwordHash)
    return { kind: 'refused', why: 'sign-in-failed' };
  return changeExisting(operators, before, event);
}

/** The operator of that name, or null. */
export function findOperator(operators: readonly Operator[], name: string): Operator | null {
  return operators.find((operator) => isSamePerson(operator.name, name)) ?? null;
}

/** What the log says of it: rights and dates, never a password or a token. */
export function operatorFact(event: OperatorEvent, before: Operator | null, after: Operator): AuditFact {
  return {
    at: event.at,
    scope: null,
    actor: event.by,
    act: `operator.${event.kind}`,
    subject: { person: after.name },
    reason: event.reason,
    before: faceOf(before),
    after: faceOf(after),
    policyVersion: null,
  };
}

type Existing = Exclude<OperatorEvent, { kind: 'first-run' | 'add' }>;

function changeExisting(operators: readonly Operator[], before: Operator, event: Existing): OperatorChange {
  switch (event.kind) {
    case 'set-roles': {
      if (event.roles.length === 0) return { kind: 'refused', why: 'roles-none' };
      const after = { ...before, roles: event.roles };
      if (isLeftAlone(operators, before, after)) return { kind: 'refused', why: 'last-administrator' };
      return changed(before, after);
    }
    case 'disable': {
      // Nothing that could still open a door is kept.
      const after = { ...before, disabledAt: event.at, passwordHash: null, tokens: [] };
      if (isLeftAlone(operators, before, after)) return { kind: 'refused', why: 'last-administrator' };
      return changed(before, after);
    }
    case 'set-password':
      return changed(before, {
        ...before,
        passwordHash: event.passwordHash,
        mustChangePassword: event.mustChange,
        // Whoever had the old password may have made a session with it. Where an administrator sets one, because it was forgotten or may
        // have been stolen, nobody knows who made the tokens either.
        tokens: event.mustChange ? [] : before.tokens.filter(({ kind }) => kind === 'personal'),
      });
    case 'add-token': {
      const tokens = before.tokens.filter((token) => isAlive(token, event.at));
      if (tokens.length >= governanceLimits.tokensMax) return { kind: 'refused', why: 'too-many-tokens' };
      return changed(before, { ...before, tokens: [...tokens, event.token] });
    }
    case 'revoke-token': {
      if (!before.tokens.some(({ id }) => id === event.tokenId))
        return { kind: 'refused', why: 'token-unknown' };
      return changed(before, { ...before, tokens: before.tokens.filter(({ id }) => id !== event.tokenId) });
    }
    default:
      return event satisfies never;
  }
}

function added(
  operators: readonly Operator[],
  before: Operator | null,
  event: Extract<OperatorEvent, { kind: 'add' }>,
): OperatorChange {
  if (!isName(event.name)) return { kind: 'refused', why: 'name-form' };
  if (event.roles.length === 0) return { kind: 'refused', why: 'roles-none' };
  if (before !== null && before.disabledAt === null) return { kind: 'refused', why: 'exists' };
  if (operators.length >= governanceLimits.operatorsMax) return { kind: 'refused', why: 'too-many' };
  return changed(before, newOperator(event, event.roles, 'added'));
}

function newOperator(
  event: Extract<OperatorEvent, { kind: 'first-run' | 'add' }>,
  roles: readonly Role[],
  origin: Operator['origin'],
): Operator {
  return {
    name: event.name.normalize('NFC').trim(),
    roles,
    origin,
    passwordHash: event.passwordHash,
    mustChangePassword: true,
    createdAt: event.at,
    disabledAt: null,
    tokens: [],
  };
}

/** Whether nobody would be left who can look after people. */
function isLeftAlone(operators: readonly Operator[], before: Operator, after: Operator): boolean {
  const others = operators.filter((operator) => operator !== before);
  return ![...others, after].some(
    ({ roles, disabledAt }) => disabledAt === null && roles.includes('administrator'),
  );
}

function isAlive(token: AccessToken, now: EpochMs): boolean {
  return token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now);
}

/** Printable, one line, not the program's own name, and not what stands in the place of a name that was erased. */
function isName(name: string): boolean {
  const folded = foldPersonName(name);
  if (isNobodysName(name) || isPseudonym(name) || name.length > governanceLimits.nameMax) return false;
  return /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,'・_@-]*$/u.test(folded);
}

function changed(before: Operator | null, operator: Operator): OperatorChange {
  return { kind: 'changed', operator, before };
}

function faceOf(operator: Operator | null): AuditDetail {
  if (operator === null) return null;
  return {
    roles: operator.roles,
    origin: operator.origin,
    mustChangePassword: operator.mustChangePassword,
    disabledAt: operator.disabledAt,
    tokens: operator.tokens.map(({ id, kind, expiresAt }) => ({ id, kind, expiresAt })),
  };
}
