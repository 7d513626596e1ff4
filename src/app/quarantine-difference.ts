import { identityKeys } from '../feed/identity-keys.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';
import type { Batch } from './quarantine.ts';

/** What was known of a post's matter before the flood that brought it. */
export type KnownBefore = { title: string; url: string | null };

/**
 * For each held post of a batch that stands on a known page or bears a known title, what was known: the difference shows whether it is
 * news. Posts that are not in the map were met for the first time.
 */
export async function knownBefore(app: App, { held }: Batch): Promise<ReadonlyMap<string, KnownBefore>> {
  const keys = new Map(held.map((entry) => [entry.id, keysOfEntry(entry)]));
  const seen = await app.store.findSeen(app.scope, [...new Set([...keys.values()].flat())]);
  const known = new Map<string, KnownBefore>();
  for (const entry of held) {
    const predecessor = entry.predecessorId === null ? null : await app.store.find(entry.predecessorId);
    const own = keys.get(entry.id) ?? [];
    const met =
      predecessor?.source ??
      seen.find((one) => one.entryId !== entry.id && one.keys.some((key) => own.includes(key)));
    if (met !== undefined) known.set(entry.id, { title: met.title, url: met.url });
  }
  return known;
}

function keysOfEntry({ source, lang }: Entry): readonly string[] {
  if (source === null) return [];
  const { itemId: id, feed, title, url, publishedAt } = source;
  return identityKeys({ id, feed, title, url, publishedAt, lang, dateOnly: false, problems: [] }, feed);
}
