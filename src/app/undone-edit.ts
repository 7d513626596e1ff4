import { foldTitle } from '../feed/fold-title.ts';
import type { EpochMs } from '../feed/item.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import type { Assessed } from './assess-items.ts';
import { tellHeld } from './tell-people.ts';
import { newestVersion } from './versions.ts';

/** What happens to a post because of what a poll read. */
type Change = { id: string; event: EntryEvent };

/**
 * Posts that wait to tell of a title which the page has taken back since: the first title stands there again, which is known and no
 * news. Sent as they are they would say what the page no longer says; dropped, nothing might be said, because the page may change once
 * more. So they wait for a person. Writes nothing.
 */
export async function undoneEdits(
  app: App,
  assessed: readonly Assessed[],
  now: EpochMs,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { item, identity } of assessed) {
    const { verdict } = identity;
    if (verdict.kind !== 'known' || verdict.inThisPoll || verdict.seen.feed !== item.feed) continue;
    const { title, entryId } = verdict.seen;
    if (entryId === null || isSame(title, item.title)) continue;
    const entry = await app.store.find(await newestVersion(app, entryId));
    if (entry?.state !== 'queued' || isSame(entry.source?.title ?? '', item.title)) continue;
    const reasons = [{ rule: 'item-problem', params: { code: 'title-undone', detail: item.title } }] as const;
    changes.push({ id: entry.id, event: { kind: 'hold', at: now, by: PROGRAM, reasons } });
  }
  return changes;
}

function isSame(one: string, other: string): boolean {
  return foldTitle(one) === foldTitle(other);
}

/** Says of each that it waits for a person, where it still did when the poll was recorded. */
export async function tellUndone(app: App, changes: readonly Change[]): Promise<void> {
  for (const { id } of changes) {
    const entry = await app.store.find(id);
    if (entry?.state === 'held') await tellHeld(app, entry);
  }
}
