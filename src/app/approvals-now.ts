import type { EpochMs } from '../feed/item.ts';
import { withApprovalsNow } from '../outbox/approvals.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';

/** Approvals given at this instant or before have expired by the policy. */
export function approvalsExpiredAt(app: App, now: EpochMs = app.clock.now()): EpochMs {
  return now - app.config.policy.approvalExpiresMs;
}

/** The entry for people to read: with the approvals that count now, and those that no longer do. Writes nothing. */
export function approvalsNow(app: App, entry: Entry): Entry {
  return withApprovalsNow(entry, approvalsExpiredAt(app));
}
