import { canonicalLink } from '../feed/canonical-link.ts';
import type { EpochMs } from '../feed/item.ts';
import { followUpLimits } from '../limits/words.ts';
import type { Entry, State } from '../outbox/entry.ts';
import type { App } from './app.ts';

/** Out, or on its way: not what waits for people, nor what was taken back. */
const TOLD: readonly State[] = ['queued', 'attempting', 'uncertain', 'published'];

/**
 * The pages that notices typed by people lead to, by their canonical links, with the ids of the notices: what a feed announces of such a
 * page afterwards has been told. As far back as the same words count as a repetition.
 */
export async function toldByHand(
  { store, scope, config }: App,
  now: EpochMs,
): Promise<ReadonlyMap<string, string>> {
  const madeFrom = now - config.policy.duplicateTextWindowMs;
  const filter = { scope, states: TOLD, newestFirst: true, limit: followUpLimits.entriesMax, madeFrom };
  const typed = (await store.list(filter)).filter(({ kind }) => kind === 'forced');
  return new Map(typed.flatMap(({ id, text }) => pagesIn(text).map((page) => [page, id] as const)));
}

/** The notice typed by a person that leads to the page of a feed's first announcement, which still waits; null: there is none. */
export async function toldMeanwhile(app: App, { kind, url }: Entry, now: EpochMs): Promise<string | null> {
  const page = kind === 'announcement' ? canonicalLink(url) : null;
  return page === null ? null : ((await toldByHand(app, now)).get(page) ?? null);
}

/** A site's first page carries everything, so that it says nothing of the matter. */
function pagesIn(text: string): readonly string[] {
  const links = text.match(/https?:\/\/[!-~]+/gu) ?? [];
  return links.flatMap((link) => canonicalLink(link) ?? []).filter((page) => page.includes('/'));
}
