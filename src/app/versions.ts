import { publishLimits } from '../limits/publishing.ts';
import type { Entry } from '../outbox/entry.ts';
import { earlierVersionFact, nextVersionFact } from '../outbox/versions.ts';
import type { App } from './app.ts';

/** The version that stands now of what was recorded under this id: the same id where nobody edited it. */
export async function newestVersion(
  { store, scope }: Pick<App, 'store' | 'scope'>,
  id: string,
): Promise<string> {
  let newest = id;
  for (let step = 0; step < publishLimits.versionsMax; step += 1) {
    const next = await store.fact(scope, nextVersionFact(newest));
    if (next === null) return newest;
    newest = next;
  }
  return newest;
}

/** The ids of the versions before this one, newest first. */
export async function earlierVersions({ store, scope }: App, id: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let at = id;
  while (ids.length < publishLimits.versionsMax) {
    const before = await store.fact(scope, earlierVersionFact(at));
    if (before === null) return ids;
    ids.push(before);
    at = before;
  }
  return ids;
}

/** The version before and the version after an entry; null where there is none. */
export async function versionsBeside(
  { store, scope }: App,
  id: string,
): Promise<{ before: Entry | null; after: Entry | null }> {
  const [before, after] = await Promise.all([
    store.fact(scope, earlierVersionFact(id)),
    store.fact(scope, nextVersionFact(id)),
  ]);
  return {
    before: before === null ? null : await store.find(before),
    after: after === null ? null : await store.find(after),
  };
}
