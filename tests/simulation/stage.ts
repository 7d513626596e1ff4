import type { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import type { Clock, Randomness } from '../../src/app/ports.ts';
import type { Config } from '../../src/config.ts';
import type { Item } from '../../src/feed/item.ts';
import type { LeasePort } from '../../src/outbox/lease.ts';
import type { Entry, Scope } from '../../src/outbox/entry.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import type { Answer } from '../../src/publish/answer.ts';
import type { Outcome, Publisher } from '../../src/publish/publisher.ts';
import type { Faults } from './faults.ts';
import type { ModelX } from './model-x.ts';
import type { Random } from './random.ts';
import type { Owner, Scheduler } from './scheduler.ts';

/** One life of the program, as ports and planted defects see it. */
export interface Life extends Owner {
  readonly clock: Clock;
  readonly random: Randomness;
  port<T>(site: string, latency: number, effect: () => T | Promise<T>): Promise<T>;
  knockIdle(): void;
}

/** What the lives of a run act on. */
export interface Stage {
  readonly scope: Scope;
  readonly wallBase: number;
  readonly scheduler: Scheduler;
  readonly store: MemoryOutbox;
  readonly random: Random;
  readonly faults: Faults;
  readonly x: ModelX;
  readonly mutant: Mutant;
  skewMs: number;
  nextId(): number;
  nextInterest(): number | null;
  releasedItems(): readonly Item[];
  leaseFor(life: Life): LeasePort;
  leaves(entry: Entry, life: Life): void;
  jump(ms: number): void;
  beforeCommit(): void;
  committed(site: string): void;
  died(life: Life, how: 'crash' | 'power-loss' | 'restore-backup' | 'ended'): void;
}

/** A defect planted into one run, as a change of a port or of what a port answers; the app's own code stays as it is. */
export type Mutant = {
  config(config: Config): Config;
  store(store: OutboxStore, stage: Stage): OutboxStore;
  publisher(publisher: Publisher, stage: Stage, life: Life): Publisher;
  outcome(outcome: Outcome, answer: Answer): Outcome;
  /** Power loss takes the last commits with it, as with a store that does not sync. */
  unsyncedCommits: boolean;
};
