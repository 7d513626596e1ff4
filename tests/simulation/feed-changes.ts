import type { Random } from './random.ts';

/**
 * What happens to a page after the feed first showed it. `report`: a newer report on a page of its own; `doubtful-report`: one whose
 * title came garbled, so that it waits for a person; `return`: a page that was taken down stands there again, as it was.
 */
export type FeedChange = {
  /** The page, by its place in the order of release, from 0. */
  page: number;
  /** Since the page was released. */
  afterMs: number;
  do: 'retitle' | 'redate' | 'withdraw' | 'return' | 'report' | 'doubtful-report';
};

/** The courses that an announcement may take. A page that is dated anew is not retitled as well: that would be another announcement. */
const COURSES: readonly (readonly FeedChange['do'][])[] = [
  ['retitle'],
  ['retitle', 'retitle'],
  ['redate'],
  ['withdraw'],
  ['withdraw', 'return'],
  ['report'],
  ['report'],
  ['report', 'report'],
  ['doubtful-report'],
  ['retitle', 'report'],
  ['report', 'retitle'],
  ['doubtful-report', 'report'],
];

/** Draws what becomes of a run's pages; in about half of the runs nothing does. */
export function drawChanges(pages: number, random: Random): FeedChange[] {
  if (random.chance(0.45)) return [];
  const changes: FeedChange[] = [];
  for (let page = 0; page < pages; page += 1) {
    if (!random.chance(0.4)) continue;
    let afterMs = 0;
    for (const step of random.pick(COURSES)) {
      afterMs += random.pick([5_000, 40_000, 90_000, 200_000]) + random.between(0, 30_000);
      changes.push({ page, afterMs, do: step });
    }
  }
  return changes;
}
