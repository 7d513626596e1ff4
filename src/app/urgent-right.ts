import { findToken } from '../governance/access-token.ts';
import { mayDo } from '../governance/permissions.ts';
import { governanceLimits } from '../limits/storage.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import { operatorSentences } from '../messages/operators.ts';
import { say } from '../messages/sentence.ts';
import type { App } from './app.ts';
import { authorize, checkRole } from './authorize.ts';

/** Who forces a notice, and how. */
export type ForcingPerson = {
  by: string;
  reason: string;
  token?: string | undefined;
  /** In place of the second person: needs a typed reason and a token given now; that of a browser must be fresh. */
  breakGlass?: true | undefined;
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

async function mayBreakGlass(app: App, person: ForcingPerson, needed: number): Promise<UrgentRight> {
  const { by, token } = person;
  const refused = (code: keyof typeof operatorSentences): UrgentRight => ({
    kind: 'refused',
    message: say(operatorSentences[code], app.config.operatorLang),
  });
  if (needed < 2) return refused('breakGlassNotNeeded');
  if (person.reason.trim() === '') return refused('reasonMissing');
  const right = await authorize(app, { act: 'break-glass', by, token, subject: 'urgent' });
  if (right.kind === 'refused') return right;
  // Without registered people nobody could be told from the second person who reviews it.
  if (right.operator === null) return refused('breakGlassNeedsToken');
  const now = app.clock.now();
  const used = findToken(right.operator, token ?? '', now);
  if (used?.kind === 'session' && now - used.createdAt > governanceLimits.freshSignInMs)
    return refused('breakGlassNeedsSignIn');
  return { kind: 'may', by: right.by, counts: true, breaksGlass: true };
}
