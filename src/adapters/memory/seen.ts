import type { SeenItem } from '../../feed/seen-item.ts';
import { compareIds } from '../../outbox/due.ts';
import type { Scope } from '../../outbox/entry.ts';
import { keep, scopedKey } from './tables.ts';
import type { Tables } from './tables.ts';

/** Writes the item and the keys under which it is found. */
export function rememberItem(tables: Tables, scope: Scope, item: SeenItem): void {
  const before = tables.seen.get(scopedKey(scope, item.seenId));
  if (before !== undefined) forgetItem(tables, scope, before);
  tables.seen.set(scopedKey(scope, item.seenId), keep(item));
  for (const key of item.keys) {
    const ids = tables.seenKeys.get(scopedKey(scope, key)) ?? [];
    tables.seenKeys.set(scopedKey(scope, key), [...new Set([...ids, item.seenId])]);
  }
}

/** Ordered by seenId. */
export function findSeenItems(tables: Tables, scope: Scope, keys: readonly string[]): SeenItem[] {
  const ids = new Set(keys.flatMap((key) => tables.seenKeys.get(scopedKey(scope, key)) ?? []));
  const found = [...ids].flatMap((id) => tables.seen.get(scopedKey(scope, id)) ?? []);
  return found.toSorted((a, b) => compareIds(a.seenId, b.seenId));
}

export function forgetItem(tables: Tables, scope: Scope, item: SeenItem): void {
  tables.seen.delete(scopedKey(scope, item.seenId));
  for (const key of item.keys) {
    const ids = (tables.seenKeys.get(scopedKey(scope, key)) ?? []).filter((id) => id !== item.seenId);
    if (ids.length === 0) tables.seenKeys.delete(scopedKey(scope, key));
    else tables.seenKeys.set(scopedKey(scope, key), ids);
  }
}
