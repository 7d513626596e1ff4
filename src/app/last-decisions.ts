import { classify, resultOf } from '../classify/classify.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import type { SeenItem } from '../feed/seen-item.ts';
import { consoleLimits } from '../limits/edges.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';
import { newestVersion } from './versions.ts';

/** An item on which a rule decided. `entry` is the post that came of it; null: it was no announcement. */
export type Decided = { at: EpochMs; title: string; lang: Lang; entry: Entry | null };

/**
 * What the rules and templates did last, newest first: of each rule what it decided, by its name (`default`: no rule did), and of each
 * template the posts made from it, by `templateKey`.
 */
export type LastDecisions = {
  rules: ReadonlyMap<string, readonly Decided[]>;
  templates: ReadonlyMap<string, readonly Entry[]>;
};

/** Reads it from the store alone, as far back as a bounded number of posts and items. Writes nothing. */
export async function lastDecisions(app: App): Promise<LastDecisions> {
  const { scope, store, config } = app;
  const limit = consoleLimits.decisionsSearched;
  const [entries, items] = await Promise.all([
    store.list({ scope, newestFirst: true, limit }),
    store.lastSeen(scope, null, limit),
  ]);
  const posted = entries.flatMap((entry) =>
    entry.source === null
      ? []
      : [{ rule: entry.rule, at: entry.createdAt, title: entry.source.title, lang: entry.lang, entry }],
  );
  // Of what was no announcement the rule is not on record: it is the one that says so today.
  const ignored = items.flatMap(({ disposition, title, url, lang, firstSeenAt }) => {
    if (disposition !== 'ignored') return [];
    const found = classify({ title, url, lang }, config.rules);
    return resultOf(found) === 'ignore'
      ? [{ rule: found.rule, at: firstSeenAt, title, lang, entry: null }]
      : [];
  });
  const decided = [...posted, ...ignored].toSorted((a, b) => b.at - a.at);
  return {
    rules: firstOfEach(decided, ({ rule }) => rule),
    templates: firstOfEach(entries, templateKey),
  };
}

/** The template by which a post was worded: those of announcements and those of forced notices may bear one name. */
export function templateKey({ kind, template }: Pick<Entry, 'kind' | 'template'>): string {
  if (kind === 'correction') return 'correction';
  return `${kind === 'forced' ? 'forced' : 'announcements'}/${template}`;
}

function firstOfEach<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const list = found.get(keyOf(one)) ?? [];
    if (list.length < consoleLimits.decisionsShown) found.set(keyOf(one), [...list, one]);
  }
  return found;
}

/** What became of an item: the post as it stands now, in the version that stands; or why there is none, and by which rule. */
export type Became =
  | { kind: 'known-at-first' }
  | { kind: 'ignored'; rule: string | null }
  | { kind: 'post'; entry: Entry | null };

/** The items of a feed that were met last, newest first, with what became of each. */
export async function lastItems(
  app: App,
  feed: string,
): Promise<readonly { item: SeenItem; became: Became }[]> {
  const items = await app.store.lastSeen(app.scope, feed, consoleLimits.decisionsShown);
  return Promise.all(items.map(async (item) => ({ item, became: await becameOf(app, item) })));
}

async function becameOf(app: App, { disposition, entryId, title, url, lang }: SeenItem): Promise<Became> {
  switch (disposition) {
    case 'baseline':
      return { kind: 'known-at-first' };
    case 'ignored': {
      const found = classify({ title, url, lang }, app.config.rules);
      return { kind: 'ignored', rule: resultOf(found) === 'ignore' ? found.rule : null };
    }
    case 'recorded': {
      const entry = entryId === null ? null : await app.store.find(await newestVersion(app, entryId));
      return { kind: 'post', entry };
    }
  }
}
