import type { EpochMs } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import type { Entry, State } from '../outbox/entry.ts';
import type { EntryFilter } from '../outbox/outbox-store.ts';
import { foldPersonName } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { actsOf } from './audit-log.ts';
import { breathe } from './progress.ts';

/** What is looked for; every condition that is given must hold. */
export type PostSearch = {
  /** Words of the text, the source's title, the id or X's id; empty: any. */
  text: string;
  state: State | null;
  /** A part of the name of who made it, approved it, or did anything else to it; empty: anybody. */
  by: string;
  /** Recorded at or after the one, and before the other instant. */
  madeFrom: EpochMs | null;
  madeBefore: EpochMs | null;
};

/** Where a page of results ended: the next begins after it. */
export type Place = NonNullable<EntryFilter['after']>;

export type FoundPosts = {
  posts: readonly Entry[];
  /** null: there are no more. */
  next: Place | null;
  /** Posts that were looked at for this page. */
  lookedAt: number;
};

/** One page of the posts that are looked for, newest first. Looks at a bounded number of posts, so that a page always comes. */
export async function searchPosts(app: App, search: PostSearch, after: Place | null): Promise<FoundPosts> {
  const isFound = await matcher(app, search);
  const posts: Entry[] = [];
  let place = after;
  let lookedAt = 0;
  while (lookedAt < consoleLimits.searchedMax) {
    const limit = Math.min(consoleLimits.searchedAtOnce, consoleLimits.searchedMax - lookedAt);
    const some = await app.store.list({ ...filterOf(app, search, place), newestFirst: true, limit });
    for (const entry of some) {
      const isMatch = isFound(entry);
      // The page is full, and this one stands on the next: so there is a next one.
      if (isMatch && posts.length >= consoleLimits.foundMax) return { posts, next: place, lookedAt };
      lookedAt += 1;
      place = placeOf(entry);
      if (isMatch) posts.push(entry);
    }
    if (some.length < limit) return { posts, next: null, lookedAt };
    await breathe();
  }
  return { posts, next: place, lookedAt };
}

/** Every post that is looked for, oldest first, however many there are; `looked` is told how many were looked at. */
export async function* everyPost(
  app: App,
  search: PostSearch,
  looked: (count: number) => void,
): AsyncGenerator<Entry> {
  const isFound = await matcher(app, search);
  const limit = consoleLimits.searchedAtOnce;
  let place: Place | null = null;
  let count = 0;
  for (;;) {
    const some: readonly Entry[] = await app.store.list({ ...filterOf(app, search, place), limit });
    for (const entry of some) if (isFound(entry)) yield entry;
    count += some.length;
    looked(count);
    const last = some.at(-1);
    if (last === undefined || some.length < limit) return;
    place = placeOf(last);
    await breathe();
  }
}

function placeOf({ createdAt, id }: Entry): Place {
  return { createdAt, id };
}

function filterOf({ scope }: App, search: PostSearch, after: Place | null): EntryFilter {
  const { state, madeFrom, madeBefore } = search;
  return {
    scope,
    ...(state === null ? {} : { states: [state] }),
    ...(madeFrom === null ? {} : { madeFrom }),
    ...(madeBefore === null ? {} : { madeBefore }),
    ...(after === null ? {} : { after }),
  };
}

/** Whether a post is among those that are looked for by words and person; the store answers for the rest. */
async function matcher(app: App, { text, by }: PostSearch): Promise<(entry: Entry) => boolean> {
  const words = fold(text).trim().split(/\s+/u);
  const wanted = foldPersonName(by);
  // The entry names its makers; who else did something to it, or tried to, stands in the log.
  const touched = by === '' ? new Set<string>() : await actsOf(app, (name) => isNamed(name, wanted));
  return (entry) => {
    const whole = fold(`${entry.id} ${entry.text} ${entry.source?.title ?? ''} ${entry.remoteId ?? ''}`);
    if (!words.every((word) => whole.includes(word))) return false;
    if (by === '' || touched.has(entry.id)) return true;
    return [entry.by, ...entry.approvals.map((one) => one.by)].some((name) => isNamed(name, wanted));
  };
}

function isNamed(name: string, wanted: string): boolean {
  return foldPersonName(name).includes(wanted);
}

/** A text as it is compared with words that somebody looks for. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
