import { isSamePerson } from '../../outbox/person-name.ts';
import { keep } from './tables.ts';
import type { Tables } from './tables.ts';

/** Puts `id` in the place of a name wherever the outbox says who did something; returns in how many records. */
export function replaceName(tables: Tables, name: string, id: string): number {
  const isIt = (by: unknown): boolean => typeof by === 'string' && isSamePerson(by, name);
  let places = 0;
  for (const [key, entry] of tables.entries) {
    const isBy = isIt(entry.by);
    const isIn = entry.approvals.some(({ by }) => isIt(by));
    if (!isBy && !isIn) continue;
    places += Number(isBy) + Number(isIn);
    const approvals = entry.approvals.map((one) => (isIt(one.by) ? { ...one, by: id } : one));
    tables.entries.set(key, keep({ ...entry, by: isBy ? id : entry.by, approvals }));
  }
  for (const [key, lines] of tables.history) {
    places += lines.filter(({ by }) => isIt(by)).length;
    tables.history.set(
      key,
      lines.map((line) => (isIt(line.by) ? keep({ ...line, by: id }) : line)),
    );
  }
  for (const [key, stop] of tables.stops) {
    if (!isIt(stop.by)) continue;
    places += 1;
    tables.stops.set(key, keep({ ...stop, by: id }));
  }
  for (const [key, alert] of tables.alerts) {
    if (!isIt(alert.params['by'])) continue;
    places += 1;
    tables.alerts.set(key, keep({ ...alert, params: { ...alert.params, by: id } }));
  }
  return places;
}
