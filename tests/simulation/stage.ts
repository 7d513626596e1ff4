import type { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import type { Clock, Randomness } from '../../src/app/ports.ts';
import type { Config } from '../../src/config.ts';
import type { LeasePort } from '../../src/outbox/lease.ts';
import type { Entry, Scope } from '../../src/outbox/entry.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import type { Answer } from '../../src/publish/answer.ts';
import type { Outcome, Publisher } from '../../src/publish/publisher.ts';
import type { Faults } from './faults.ts';
import type { ModelFeed } from './model-feed.ts';
import type { ModelX } from './model-x.ts';
import type { Random } from './random.ts';
import type { Owner, Scheduler } from './scheduler.ts';

/** A machine's clocks. */
export type Machine = {
  /** How wrong its wall clock is; a jump changes it. */
  skewMs: number;
  /** How wrong it stands for good. */
  readonly standingSkewMs: number;
  /** What its boot clock shows when the run begins; it starts anew where the power goes. */
  bootMs: number;
};

/** One life of the program, as ports and planted defects see it. */
export interface Life extends Owner {
  readonly machine: Machine;
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
  readonly feed: ModelFeed;
  readonly mutant: Mutant;
  nextId(): number;
  nextInterest(life: Life): number | null;
  leaseFor(life: Life): LeasePort;
  claimed(entry: Entry): void;
  leaves(entry: Entry): void;
  jump(life: Life, ms: number): void;
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
  /** Whose clock judges a lease's end: the shared database's, or that of whichever machine asks. */
  leaseClock: 'database' | 'asker';
};
