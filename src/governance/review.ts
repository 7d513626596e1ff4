import type { EpochMs } from '../feed/item.ts';
import type { Entry, Scope } from '../outbox/entry.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import type { Alert } from '../outbox/outbox-store.ts';
import type { AuditFact } from './audit-record.ts';
import { reviewAlertKey } from './governance-store.ts';

/** The alert that a break-glass post brings with it into the store; null for every other entry. */
export function reviewAlert(entry: Entry): Alert | null {
  const broken = entry.approvals.find(({ breakGlass }) => breakGlass === true);
  if (broken === undefined) return null;
  return {
    key: reviewAlertKey(entry.id),
    code: 'break-glass',
    params: { id: entry.id, by: broken.by, reason: broken.reason, text: entry.text },
    since: broken.at,
    lastToldAt: broken.at,
  };
}

type Reviewed = { kind: 'reviewed'; alertKey: string; fact: AuditFact };

/** Whether this person may end the review, and what is then written. Stores ask inside their transaction. */
export function endReview(
  entry: Entry | null,
  alerts: readonly Alert[],
  scope: Scope,
  review: { by: string; reason: string; at: EpochMs },
): Reviewed | { kind: 'own' } | { kind: 'none' } {
  if (entry === null) return { kind: 'none' };
  const alertKey = reviewAlertKey(entry.id);
  const alert = alerts.find(({ key }) => key === alertKey);
  if (alert === undefined) return { kind: 'none' };
  // The approval itself is void once the post was held again; the alert still names who gave it.
  const breaker = String(alert.params['by'] ?? '');
  if (isSamePerson(breaker, review.by)) return { kind: 'own' };
  const fact: AuditFact = {
    at: review.at,
    scope: { mode: scope.mode, account: scope.account },
    actor: review.by,
    act: 'entry.reviewed',
    subject: entry.id,
    reason: review.reason,
    before: { breakGlassBy: { person: breaker }, at: alert.since },
    after: null,
    policyVersion: entry.policyVersion,
  };
  return { kind: 'reviewed', alertKey, fact };
}
