import type { EpochMs } from '../feed/item.ts';
import type { App } from './app.ts';
import { checkRole, noteRefusal } from './authorize.ts';

/** How a review ended. `own`: who broke the glass can't review it. */
export type ReviewResult = { kind: 'reviewed' | 'own' | 'none' } | { kind: 'refused'; message: string };

/** A notice that one person forced alone, and that nobody else has looked at yet. */
export type OpenReview = { id: string; by: string; reason: string; since: EpochMs };

/** Every such notice, oldest first. */
export async function openReviews(app: App): Promise<readonly OpenReview[]> {
  const alerts = (await app.store.alerts(app.scope)).filter(({ code }) => code === 'break-glass');
  return alerts
    .map(({ params, since }) => ({
      id: String(params['id'] ?? ''),
      by: String(params['by'] ?? ''),
      reason: String(params['reason'] ?? ''),
      since,
    }))
    .toSorted((a, b) => a.since - b.since);
}

/** Records that another person has looked at a notice that was forced alone, and takes it off the board. */
export async function reviewPost(
  app: App,
  { id, by, reason }: { id: string; by: string; reason: string },
): Promise<ReviewResult> {
  const right = await checkRole(app, { act: 'review', by, subject: id });
  if (right.kind === 'refused') return right;
  const review = { by: right.by, reason, at: app.clock.now() };
  const kind = await app.governance.endReview(app.scope, id, review);
  // Who forced it alone and then calls it reviewed is worth a line, whatever comes of it.
  if (kind === 'own') await noteRefusal(app, { act: 'review', by: right.by, subject: id }, 'own-review');
  return { kind };
}
