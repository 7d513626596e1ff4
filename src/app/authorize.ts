import { authorizationMessages } from '../messages/operators.ts';
import type { RefusalCode } from '../messages/refusals.ts';
import { say } from '../messages/sentence.ts';
import { findToken } from '../governance/access-token.ts';
import type { AuditFact } from '../governance/audit-record.ts';
import { findOperator } from '../governance/operator-event.ts';
import { isGoverned, type Operator } from '../governance/operator.ts';
import { mayDo, type GovernedAct } from '../governance/permissions.ts';
import { governanceLimits } from '../limits/storage.ts';
import { isNobodysName, isPseudonym, PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';

/** Who asks to do what, and what shows that it is them. */
export type Claim = {
  act: GovernedAct;
  by: string;
  /** The words of a personal token, or of a browser's session. */
  token?: string | undefined;
  /** The entry or person that it concerns, for the record of a refusal. */
  subject?: AuditFact['subject'] | undefined;
};

/** `by` is the name as it is registered. `operator` is null where the machine's own login is trusted. */
export type Authorization =
  { kind: 'allowed'; by: string; operator: Operator | null } | { kind: 'refused'; message: string };

/**
 * Whether this person may do it now. As long as nobody was registered, whoever uses the machine is trusted and any name recorded;
 * from then on a registered name, that person's token and a role are needed. Under the program's own name nobody acts: what the log
 * says that the program did, no person did. A refusal is recorded and changes nothing else.
 */
export function authorize(app: App, claim: Claim): Promise<Authorization> {
  return decide(app, claim, (operator) => whyNot(operator, claim, app.clock.now()));
}

/**
 * The same without proof of identity, which the edge that took the request has had: whether the named person may do it. Operations
 * of the app ask this themselves, so that no edge can forget it.
 */
export function checkRole(app: App, claim: Omit<Claim, 'token'>): Promise<Authorization> {
  return decide(app, claim, (operator) => whyNoRole(operator, claim));
}

async function decide(
  app: App,
  claim: Claim,
  refusalOf: (operator: Operator | null) => Refusal | null,
): Promise<Authorization> {
  const nobody = whyNobody(claim.by);
  if (nobody !== null) return refuse(app, claim, nobody);
  const operators = await app.governance.operators();
  if (!isGoverned(operators)) return { kind: 'allowed', by: claim.by, operator: null };
  const operator = findOperator(operators, claim.by);
  const refusal = refusalOf(operator);
  if (operator !== null && refusal === null) return { kind: 'allowed', by: operator.name, operator };
  return refuse(app, claim, refusal ?? 'operator-unknown');
}

type Refusal = keyof typeof authorizationMessages;

function whyNot(operator: Operator | null, claim: Claim, now: number): Refusal | null {
  if (operator === null || operator.disabledAt !== null) return 'operator-unknown';
  if (claim.token === undefined || claim.token.trim() === '') return 'token-missing';
  if (findToken(operator, claim.token, now) === null) return 'token-wrong';
  return whyNoRole(operator, claim);
}

/** Why nobody bears the name: it is the program's own, or stands in the place of one that was erased. */
function whyNobody(name: string): Refusal | null {
  if (isNobodysName(name)) return 'program-name';
  return isPseudonym(name) ? 'operator-unknown' : null;
}

function whyNoRole(operator: Operator | null, { act }: Claim): Refusal | null {
  if (operator === null || operator.disabledAt !== null) return 'operator-unknown';
  return mayDo(operator.roles, act) ? null : 'role-too-low';
}

async function refuse(app: App, claim: Claim, code: Refusal): Promise<Authorization> {
  await noteRefusal(app, claim, code);
  const params = { by: claim.by.slice(0, governanceLimits.nameMax), act: claim.act };
  return { kind: 'refused', message: say(authorizationMessages[code], app.config.operatorLang, params) };
}

/** Why, by its code, or in the words that the person was given. */
export type RefusalReason = RefusalCode | { words: string };

/** Puts on the record that somebody was refused, and why; nothing else has changed. Who gave no name of their own has none there either. */
export async function noteRefusal(app: App, claim: Omit<Claim, 'token'>, code: RefusalReason): Promise<void> {
  const why = typeof code === 'string' ? code : code.words;
  await app.governance.note({
    at: app.clock.now(),
    scope: app.scope,
    actor: isNobodysName(claim.by) ? PROGRAM : claim.by.slice(0, governanceLimits.nameMax),
    act: 'refused',
    subject: claim.subject ?? null,
    reason: why,
    before: null,
    after: { act: claim.act },
    policyVersion: app.config.policy.version,
  });
  app.log.warn({ act: claim.act, code: why }, 'an act was refused');
}
