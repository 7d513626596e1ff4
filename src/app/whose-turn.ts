import type { Role } from '../governance/operator.ts';
import { mayDo } from '../governance/permissions.ts';
import { addsApproval } from '../outbox/approvals.ts';
import type { Entry } from '../outbox/entry.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { approvalsExpiredAt } from './approvals-now.ts';
import type { Batch } from './quarantine.ts';
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

/** Of news that were taken for a flood: the reader is asked until the reader has agreed to all that still wait. */
export function turnOfBatch(app: App, { held }: Batch, reader: Reader): Turn {
  if (!mayDo(reader.roles, 'quarantine')) return 'others';
  return held.every((entry) => turnOf(app, entry, reader) === 'agreed') ? 'agreed' : 'mine';
}

/** Of a notice that one person forced alone: whoever forced it can't review it. */
export function turnOfReview({ by }: OpenReview, { name, roles }: Reader): Turn {
  if (isSamePerson(by, name)) return 'agreed';
  return mayDo(roles, 'review') ? 'mine' : 'others';
}
