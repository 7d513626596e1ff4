import type { Config } from '../config.ts';
import type { GovernanceStore } from '../governance/governance-store.ts';
import type { PasswordCost } from '../governance/password.ts';
import type { LeasePort } from '../outbox/lease.ts';
import type { OutboxStore } from '../outbox/outbox-store.ts';
import type { Scope } from '../outbox/entry.ts';
import type { Publisher } from '../publish/publisher.ts';
import type { Progress } from './progress.ts';
import type {
  Clock,
  DocumentShelf,
  FeedReader,
  Log,
  Notifier,
  Outside,
  Randomness,
  ReadKept,
} from './ports.ts';

/** What every operation of the app layer works with: configuration and ports, nothing else. */
export type App = {
  readonly config: Config;
  readonly scope: Scope;
  readonly store: OutboxStore;
  /** People and the record of what they did; the same store, so that an act and its record are one transaction. */
  readonly governance: GovernanceStore;
  readonly lease: LeasePort;
  readonly publisher: Publisher;
  /** Fingerprint of the credentials (never the credentials): exchanged ones are asked about again. */
  readonly credentialsId: string;
  readonly reader: FeedReader;
  /** What the last polls read, and how it is read again without asking anybody. */
  readonly documents: DocumentShelf;
  readonly readKept: ReadKept;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly passwordCost: PasswordCost;
  readonly notifier: Notifier;
  readonly outside: Outside;
  readonly log: Log;
  /** The long work that is under way in this process. */
  readonly progress: Progress;
};
