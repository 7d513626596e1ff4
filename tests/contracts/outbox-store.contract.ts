import { promisesAboutClaims } from './outbox-claims.contract.ts';
import { promisesAboutEntries } from './outbox-entries.contract.ts';
import { promisesAboutRecords } from './outbox-records.contract.ts';
import { promisesAboutScopes } from './outbox-scope.contract.ts';
import type { Place } from './place.ts';

/** What every store promises, whatever it is made of. */
export function promisesOfEveryOutbox(name: string, open: () => Promise<Place>): void {
  promisesAboutRecords(name, open);
  promisesAboutClaims(name, open);
  promisesAboutEntries(name, open);
  promisesAboutScopes(name, open);
}
