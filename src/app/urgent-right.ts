import { mayDo } from '../governance/permissions.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import { operatorSentences } from '../messages/operators.ts';
import type { RefusalCode } from '../messages/refusals.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';
import { authorize, checkRole, noteRefusal } from './authorize.ts';
import { signInAfresh } from './sign-in.ts';
import { tell } from './tell-people.ts';

/** Who forces a notice, and how. */
export type ForcingPerson = {
  by: string;
  reason: string;
  token?: string | undefined;
  /** In place of the second person: needs a typed reason, the role, and the password given there and then. */
  breakGlass?: true | undefined;
  /** The password, where the person gave it once more. It is compared, and kept nowhere. */
  password?: string | undefined;
};

/**
 * `counts`: the submitter's confirmation is one of the approvals. An editor's is only where a second person is asked anyway, so that
 * somebody who answers for posts always stands behind a notice.
 */
export type UrgentRight =
  { kind: 'may'; by: string; counts: boolean; breaksGlass: boolean } | { kind: 'refused'; message: string };

/** Whether this person may force a notice, and for whom the word then stands. */
export async function mayForce(app: App, person: ForcingPerson): Promise<UrgentRight> {
  const { by } = person;
  const needed = approvalsNeeded('urgent', true, app.config.policy);
  if (person.breakGlass === true) return mayBreakGlass(app, person, needed);
  const right = await checkRole(app, { act: 'submit', by, subject: 'urgent' });
  if (right.kind === 'refused') return right;
  const answers = right.operator === null || mayDo(right.operator.roles, 'approve');
  return { kind: 'may', by: right.by, counts: answers || needed > 1, breaksGlass: false };
}

/** The sentence for each cause; the cause stands in the log. */
const CAUSES = {
  'break-glass-not-needed': 'breakGlassNotNeeded',
  'reason-missing': 'reasonMissing',
  'nobody-registered': 'breakGlassNeedsToken',
  'sign-in-missing': 'breakGlassNeedsSignIn',
} as const;

async function mayBreakGlass(app: App, person: ForcingPerson, needed: number): Promise<UrgentRight> {
  const { by, token, password } = person;
  const refused = async (cause: RefusalCode, message: string): Promise<UrgentRight> => {
    await noteRefusal(app, { act: 'break-glass', by, subject: 'urgent' }, cause);
    return { kind: 'refused', message };
  };
  const refusedFor = (cause: keyof typeof CAUSES): Promise<UrgentRight> =>
    refused(cause, say(operatorSentences[CAUSES[cause]], app.config.operatorLang));
  if (needed < 2) return refusedFor('break-glass-not-needed');
  if (person.reason.trim() === '') return refusedFor('reason-missing');
  const right = await authorize(app, { act: 'break-glass', by, token, subject: 'urgent' });
  if (right.kind === 'refused') return right;
  // Without registered people nobody could be told from the second person who reviews it.
  if (right.operator === null) return refusedFor('nobody-registered');
  // A token may be years old and lie in a file, and a browser may stand open: only the password shows that it is this person, now.
  if (password === undefined) return refusedFor('sign-in-missing');
  const wrong = await signInAfresh(app, { name: right.by, password });
  if (wrong !== null) return refused('sign-in-failed', wrong.message);
  return { kind: 'may', by: right.by, counts: true, breaksGlass: true };
}

/** Everybody, at once; the alert itself was stored together with the entry. */
export async function tellBrokenGlass(app: App, { id, by, text }: Entry, reason: string): Promise<void> {
  await tell(app, { code: 'break-glass', params: { id, by, reason, text }, severity: 'alarm' });
}
