import { MemoryLease } from './adapters/memory/lease.ts';
import { MemoryOutbox } from './adapters/memory/outbox.ts';
import { SqliteLease } from './adapters/sqlite/lease.ts';
import { openSqliteOutbox, openSqliteReader } from './adapters/sqlite/open-outbox.ts';
import type { Config } from './config.ts';
import type { LeasePort } from './outbox/lease.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';

/** Part of the composition root: the store that the configuration names, in the way that a command needs it. */
export async function openStore(
  config: Config,
  way: 'write' | 'read' | 'memory',
): Promise<{ store: OutboxStore; lease: LeasePort }> {
  if (way === 'memory') {
    const store = new MemoryOutbox();
    return { store, lease: new MemoryLease(store) };
  }
  const { dataDir } = config;
  const lease = new SqliteLease({ dataDir, now: Date.now });
  return { store: way === 'write' ? openSqliteOutbox({ dataDir }) : openSqliteReader({ dataDir }), lease };
}
