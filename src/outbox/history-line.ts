import type { Entry, HistoryLine } from './entry.ts';
import type { EntryEvent } from './event.ts';

/** The line that tells of a change; `after` is the entry that transition() gave. */
export function historyLine(before: Entry, event: EntryEvent, after: Entry): HistoryLine {
  const detail = 'detail' in event ? event.detail : null;
  return {
    entryId: before.id,
    at: event.at,
    event: event.kind,
    from: before.state,
    to: after.state,
    by: event.by,
    reason: event.reason ?? detail,
  };
}

/** The first line of an entry's life. */
export function recordLine(entry: Entry): HistoryLine {
  return {
    entryId: entry.id,
    at: entry.createdAt,
    event: 'record',
    from: null,
    to: entry.state,
    by: entry.by,
    reason: entry.note,
  };
}
