import { afterEach } from 'vitest';
import type { GovernanceStore } from '../../src/governance/governance-store.ts';
import type { LeasePort } from '../../src/outbox/lease.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';

type Store = OutboxStore & { readonly governance: GovernanceStore };

/** One fresh, empty place to keep things in. */
export type Place = {
  store: Store;
  /** Another connection to the same place, as a second process would have. */
  another: () => Promise<Store>;
  lease: LeasePort;
  close: () => Promise<void>;
};

/** Opens places for the tests of one suite and closes them after each. */
export function placesFrom(open: () => Promise<Place>): () => Promise<Place> {
  const opened: Place[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  return async () => {
    const fresh = await open();
    opened.push(fresh);
    return fresh;
  };
}
