import type { App } from './app.ts';
import { checkRole } from './authorize.ts';

/** How a review ended. `own`: who broke the glass can't review it. */
export type ReviewResult = { kind: 'reviewed' | 'own' | 'none' } | { kind: 'refused'; message: string };

/** Records that another person has looked at a notice that was forced alone, and takes it off the board. */
export async function reviewPost(
  app: App,
  { id, by, reason }: { id: string; by: string; reason: string },
): Promise<ReviewResult> {
  const right = await checkRole(app, { act: 'review', by, subject: id });
  if (right.kind === 'refused') return right;
  const review = { by: right.by, reason, at: app.clock.now() };
  return { kind: await app.governance.endReview(app.scope, id, review) };
}
