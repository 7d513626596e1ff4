import type { EpochMs } from '../feed/item.ts';
import { compareIds, SENT_STATES } from '../outbox/due.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';

/** For whom a post with the same words is looked for. */
export type DuplicateSearch = {
  textKey: string;
  /** The entry that is being judged again; null: a draft. */
  selfId: string | null;
  /** A notice that takes the place of those typed before it which still wait for people: they are no obstacle to it. */
  takesPlaceOfHeld: boolean;
};

/** The post with the same words that stands in the way, the oldest; null where none does. */
export async function findDuplicate(
  app: App,
  { textKey, selfId, takesPlaceOfHeld }: DuplicateSearch,
  now: EpochMs,
): Promise<Entry | null> {
  const since = now - app.config.policy.duplicateTextWindowMs;
  const same = await app.store.findByTextKey(app.scope, textKey, since);
  const self = same.find(({ id }) => id === selfId) ?? null;
  // What X refused for good was never said; where it is taken up again it is judged against what has been said since.
  const others = same.filter(
    (one) => one.id !== selfId && one.state !== 'rejected' && !(takesPlaceOfHeld && waitsForPeople(one)),
  );
  return others.find((other) => self === null || obstructs(other, self)) ?? null;
}

/**
 * What waits for the second person under the very words that one person has now forced alone gives way to that notice; approved later it
 * would be a repetition.
 */
export async function takePlaceOfHeld(app: App, entry: Entry): Promise<void> {
  if (entry.state !== 'queued') return;
  const same = await app.store.findByTextKey(app.scope, entry.textKey, 0);
  for (const { id } of same.filter((one) => one.id !== entry.id && waitsForPeople(one)))
    await app.store.apply(id, {
      kind: 'supersede',
      successorId: entry.id,
      at: entry.createdAt,
      by: entry.by,
    });
}

/** Typed by a person, and not let go by all who must agree. */
function waitsForPeople({ kind, state }: Entry): boolean {
  return kind === 'forced' && state === 'held';
}

/**
 * A draft meets every other post with its words. Of two that are recorded only one may obstruct the other, or both would be held and
 * the words never go out: what was sent, or stands before it in the queue, or was let go although it is a repetition. What is held
 * needs a person's yes before it goes out, and is judged again then.
 */
function obstructs(other: Entry, self: Entry): boolean {
  if (SENT_STATES.includes(other.state)) return true;
  if (other.state !== 'queued') return false;
  const isEarlier = (other.createdAt - self.createdAt || compareIds(other.id, self.id)) < 0;
  return isEarlier || other.approvals.some(({ covers }) => covers.includes('duplicate-text'));
}
