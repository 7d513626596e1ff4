import type { EpochMs } from '../feed/item.ts';
import { findOperator } from '../governance/operator-event.ts';
import { mayDo } from '../governance/permissions.ts';
import type { Operator } from '../governance/operator.ts';
import { isPseudonym } from '../outbox/person-name.ts';
import { validApprovals, withApprovalsNow } from '../outbox/approvals.ts';
import type { Approval, Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';

/** Approvals given at this instant or before have expired by the policy. */
export function approvalsExpiredAt(app: App, now: EpochMs = app.clock.now()): EpochMs {
  return now - app.config.policy.approvalExpiresMs;
}

/**
 * The approvals of the entry's present bytes that let it go now: none that has expired, and none of a person who was registered and may
 * not approve any more. Whose access was ended may have lost it to somebody else. Whose name was erased may be registered again, and
 * would count twice.
 */
export async function standingApprovals(app: App, entry: Entry, now: EpochMs): Promise<readonly Approval[]> {
  const valid = validApprovals(entry, approvalsExpiredAt(app, now));
  if (valid.length === 0) return valid;
  const operators = await app.governance.operators();
  return valid.filter(({ by }) => !isPseudonym(by) && stillApproves(findOperator(operators, by)));
}

/** Whoever is not registered said so while the machine's own login was trusted, and the first administrator may have. */
function stillApproves(operator: Operator | null): boolean {
  if (operator === null) return true;
  return (
    operator.disabledAt === null && (operator.origin === 'first-run' || mayDo(operator.roles, 'approve'))
  );
}

/** The entry for people to read: with the approvals that count now, and those that no longer do. Writes nothing. */
export function approvalsNow(app: App, entry: Entry): Entry {
  return withApprovalsNow(entry, approvalsExpiredAt(app));
}
