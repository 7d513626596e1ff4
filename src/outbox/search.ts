import type { Search } from './entry.ts';
import type { EntryEvent } from './event.ts';

/**
 * What is known of an uncertain entry's search after an event that leaves it uncertain. A new doubt begins anew, but what X has
 * once said of a repeated text is never forgotten while the doubt lasts.
 */
export function nextSearch(search: Search | null, event: EntryEvent): Search {
  if (event.kind === 'doubt') {
    const duplicateRefused = event.duplicate || (search?.duplicateRefused ?? false);
    return { ...(search ?? begin(event.nextReadAt)), duplicateRefused };
  }
  if (event.kind === 'looked') {
    const before = search ?? begin(event.nextReadAt);
    const misses = before.misses + (event.counts ? 1 : 0);
    return {
      ...before,
      reads: before.reads + 1,
      misses,
      lastReadAt: event.at,
      nextReadAt: event.nextReadAt,
    };
  }
  return search ?? begin('nextReadAt' in event ? event.nextReadAt : event.at);
}

function begin(nextReadAt: number): Search {
  return { reads: 0, misses: 0, lastReadAt: null, nextReadAt, duplicateRefused: false };
}
