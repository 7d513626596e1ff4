import type { Role } from '../governance/operator.ts';
import { mayDo } from '../governance/permissions.ts';
import { addsApproval } from '../outbox/approvals.ts';
import type { Entry } from '../outbox/entry.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { approvalsExpiredAt } from './approvals-now.ts';
import type { OpenReview } from './review-post.ts';

/** Who reads, and with which rights. */
type Reader = { name: string; roles: readonly Role[] };

/**
 * Whom something that waits is waiting for. `mine`: the reader can take it further. `agreed`: the reader has said yes, or made it, and
 * somebody else must. `others`: it needs a right that the reader does not have. `program`: it is still being looked for, and nobody
 * need act before that has ended.
 */
export type Turn = 'mine' | 'agreed' | 'others' | 'program';

/** Of a post that is held, or of which it is not known whether it was posted. Only tells; the acts themselves ask for rights again. */
export function turnOf(app: App, entry: Entry, { name, roles }: Reader): Turn {
  if (entry.state === 'uncertain') {
    if (!entry.needsPerson) return 'program';
    return mayDo(roles, 'resolve') ? 'mine' : 'others';
  }
  if (!mayDo(roles, 'approve')) return 'others';
  return addsApproval(entry, name, approvalsExpiredAt(app)) ? 'mine' : 'agreed';
}

/** Of a notice that one person forced alone: whoever forced it can't review it. */
export function turnOfReview({ by }: OpenReview, { name, roles }: Reader): Turn {
  if (isSamePerson(by, name)) return 'agreed';
  return mayDo(roles, 'review') ? 'mine' : 'others';
}
