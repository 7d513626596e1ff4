import { uptime } from 'node:os';
import { MemoryLease } from './adapters/memory/lease.ts';
import { MemoryOutbox } from './adapters/memory/outbox.ts';
import { SqliteLease } from './adapters/sqlite/lease.ts';
import { openSqliteOutbox, openSqliteReader } from './adapters/sqlite/open-outbox.ts';
import type { Config } from './config.ts';
import type { GovernanceStore } from './governance/governance-store.ts';
import type { LeasePort } from './outbox/lease.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';

type Opened = { store: OutboxStore & { readonly governance: GovernanceStore }; lease: LeasePort };
type Way = 'write' | 'read' | 'memory';

/** Part of the composition root: the store that the configuration names, in the way that a command needs it. */
export async function openStore(config: Pick<Config, 'dataDir' | 'databaseUrl'>, way: Way): Promise<Opened> {
  if (way === 'memory') return inMemory();
  if (config.databaseUrl !== null) return openPostgres(config.databaseUrl, way);
  const { dataDir } = config;
  const lease = new SqliteLease({ dataDir, now: Date.now });
  return { store: way === 'write' ? openSqliteOutbox({ dataDir }) : openSqliteReader({ dataDir }), lease };
}

function inMemory(): Opened {
  const store = new MemoryOutbox();
  return { store, lease: new MemoryLease(store) };
}

/** Loaded only where it is used: most installations have one machine and no database server. */
async function openPostgres(databaseUrl: string, way: 'write' | 'read'): Promise<Opened> {
  const { openPostgresOutbox, openPostgresReader } = await import('./adapters/postgres/open-outbox.ts');
  const { PostgresLease } = await import('./adapters/postgres/lease.ts');
  const lease = new PostgresLease({ databaseUrl, bootMs: () => uptime() * 1000 });
  if (way === 'write') return { store: await openPostgresOutbox({ databaseUrl }), lease };
  const store = await openPostgresReader({ databaseUrl });
  return store === null ? inMemory() : { store, lease };
}
