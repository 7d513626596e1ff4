import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { act } from '../../src/app/operator-actions.ts';
import { resolveEntry } from '../../src/app/resolve-entry.ts';
import { withdrawPost } from '../../src/app/withdraw-post.ts';
import { runWorker } from '../../src/app/run-worker.ts';
import type { App } from '../../src/app/app.ts';
import type { Config } from '../../src/config.ts';
import type { Item } from '../../src/feed/item.ts';
import type { LeasePort } from '../../src/outbox/lease.ts';
import type { Stop } from '../../src/outbox/outbox-store.ts';
import { RESTORED_AT } from '../../src/outbox/backups.ts';
import type { Entry, Scope } from '../../src/outbox/entry.ts';
import { leaseLimits } from './lease-limits.ts';
import { Faults } from './faults.ts';
import { CORRECTION_BEGINS, itemsOf } from './items.ts';
import { ModelX } from './model-x.ts';
import type { Life, Mutant, Stage } from './stage.ts';
import type { RunOptions } from './options.ts';
import { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { simulatedApp } from './simulated-app.ts';
import { SimulatedProcess } from './simulated-process.ts';

/** Writes after which no loop has more to do than before. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'store.saveAlert',
  'store.clearAlert',
  'store.forgetSeen',
  'store.saveFeedState',
]);

type Snapshot = ReturnType<MemoryOutbox['snapshot']>;

/** One run: a machine (or two), a feed, X, a store, and the lives of the program between them. */
export class World implements Stage {
  readonly scope: Scope = { mode: 'sandbox', account: 'jpo_test' };
  /** 2026-10-01T00:00:00Z: an ordinary Thursday. */
  readonly wallBase = Date.UTC(2026, 9, 1);
  readonly scheduler = new Scheduler();
  readonly store = new MemoryOutbox();
  readonly random: Random;
  readonly faults: Faults;
  readonly x: ModelX;
  readonly items: readonly { releasedAt: number; item: Item }[];
  readonly trouble: string[] = [];
  /** How wrong the machine's wall clock is. */
  skewMs = 0;
  lives = 0;
  readonly #lives: (SimulatedProcess | null)[] = [];
  readonly #allLives: SimulatedProcess[] = [];
  readonly #lease: MemoryLease;
  readonly options: RunOptions;
  readonly mutant: Mutant;
  readonly #config: Config;
  #ids = 0;
  #backup: Snapshot | null = null;
  #beforeLastCommits: Snapshot[] = [];

  constructor(options: RunOptions, mutant: Mutant, config: Config) {
    this.options = options;
    this.mutant = mutant;
    this.#config = mutant.config(config);
    this.random = new Random(options.seed);
    this.faults = new Faults(
      options.rates,
      options.plan,
      new Random(options.seed ^ 0x5eed),
      repeatsAreRefused(options),
    );
    this.x = new ModelX(this.scheduler, options, new Random(options.seed ^ 0xabcdef), this.wallBase);
    this.items = itemsOf(options, this.wallBase, this.random);
    const ttl = { ttlMs: leaseLimits.ttlMs, bootMs: () => this.scheduler.now };
    this.#lease = new MemoryLease(this.store, options.lease === 'ttl' ? ttl : null);
  }

  nextId(): number {
    return (this.#ids += 1);
  }

  releasedItems(): readonly Item[] {
    return this.items
      .filter((one) => one.releasedAt <= this.scheduler.now)
      .map((one) => one.item)
      .toReversed();
  }

  /** Runs until everything has come to rest after the faults, or far too late. */
  async run(): Promise<void> {
    const { scheduler, options } = this;
    scheduler.at(0, () => this.#start(0));
    if (options.lease === 'ttl') scheduler.at(15_000, () => this.#start(1));
    scheduler.at(options.faultsUntilMs, () => this.#heal());
    if (options.operators) this.#operate();
    if (options.backupAtMs !== null) scheduler.at(options.backupAtMs, () => this.#takeBackup());
    await scheduler.run(options.faultsUntilMs, () => false);
    const end = options.faultsUntilMs + 6 * 3_600_000;
    await scheduler.run(end, () => this.#atRest());
    // Node keeps every signal made of another one, with whoever listens, until that one aborts: a killed life's never would.
    for (const life of this.#allLives) {
      life.alive = false;
      life.stopping.abort();
    }
  }

  /** The earliest instant at which an idle loop could have something to do; null where nothing waits for time. */
  nextInterest(): number | null {
    const { entries, feeds, stops } = this.#tables();
    const offset = this.wallBase + this.skewMs;
    const now = this.scheduler.now + offset;
    const accountStop = [...stops.values()].find((stop) => stop.kind === 'account' && believed(stop, now));
    // While the account is stopped, what is due can only wait for the stop's end; a person's pause has none.
    const opensAt = accountStop?.until ?? now;
    const times: number[] = [];
    for (const entry of entries.values()) {
      if (entry.state === 'queued' || entry.state === 'withdrawing')
        times.push(Math.max(entry.dueAt, opensAt) - offset);
      if (entry.state === 'uncertain' && !entry.needsPerson)
        times.push((entry.search?.nextReadAt ?? 0) - offset);
    }
    // After the last item has been read, polls have nothing to bring.
    if (!this.#allRecorded()) for (const feed of feeds.values()) times.push(feed.nextPollAt - offset);
    return times.length === 0 ? null : Math.max(this.scheduler.now, Math.min(...times));
  }

  leaseFor(life: Life): LeasePort {
    return {
      acquire: (holder) =>
        life
          .port('lease.acquire', 2, () => this.#lease.acquire(holder))
          .then((request) => {
            if (request.kind === 'held' && this.options.lease === 'ttl')
              this.#keepRenewing(life, request.lease.epoch);
            return request;
          }),
      holder: () => this.#lease.holder(),
    };
  }

  /** A main post leaves while an urgent one has been due for a minute: the slots wait for each other. */
  leaves(entry: Entry, life: Life): void {
    if (entry.topic === 'urgent') return;
    const now = this.wallBase + this.scheduler.now + this.skewMs;
    for (const other of this.#tables().entries.values()) {
      if (
        other.topic === 'urgent' &&
        other.state === 'queued' &&
        now - other.dueAt > 60_000 &&
        this.scheduler.now - life.frozenUntil > 60_000 &&
        this.skewMs === 0
      ) {
        this.trouble.push(
          `main ${entry.id} left while urgent ${other.id} had been due for ${String(now - other.dueAt)} ms`,
        );
      }
    }
  }

  /** The machine's wall clock is set to another time; loops that idle would notice within a second. */
  jump(ms: number): void {
    this.skewMs += ms;
    for (const life of this.#lives) life?.knockIdle();
  }

  beforeCommit(): void {
    if (!this.mutant.unsyncedCommits) return;
    this.#beforeLastCommits.push(this.store.snapshot());
    if (this.#beforeLastCommits.length > 3) this.#beforeLastCommits.shift();
  }

  /** Whoever idles looks again within a second, whichever process wrote; what only people read gives the loops nothing to do. */
  committed(site: string): void {
    if (FOR_PEOPLE.has(site)) return;
    for (const life of this.#lives) life?.knockIdle();
  }

  /** A process ended, however. The next one starts a little later; a restored copy takes a person longer than any quarantine. */
  died(life: Life, how: 'crash' | 'power-loss' | 'restore-backup' | 'ended'): void {
    if (!life.alive) return;
    life.alive = false;
    const machine = this.#lives.findIndex((one) => one === life);
    if (this.options.lease === 'os') this.#lease.holderDied();
    if (how === 'power-loss' && this.mutant.unsyncedCommits) this.#loseCommits();
    let pause = how === 'ended' ? 2_000 : this.random.pick([500, 3_000, 20_000, 90_000]);
    this.#lives[machine] = null;
    if (how === 'restore-backup' && this.#backup !== null) {
      // Nothing is restored under a running program: whoever stands by is stopped too.
      for (const other of this.#lives)
        if (other !== null && other !== undefined) this.died(other, 'restore-backup');
      this.store.restore(this.#backup);
      // As `kosatsu restore` notes it, so that the next worker knows that the account may be ahead of the store.
      void this.store.setFact(
        this.scope,
        RESTORED_AT,
        String(this.wallBase + this.scheduler.now + this.skewMs),
      );
      pause = 600_000;
    }
    this.scheduler.after(pause, () => this.#start(machine));
  }

  #start(machine: number): void {
    const life = new SimulatedProcess(this);
    this.#lives[machine] = life;
    this.#allLives.push(life);
    this.lives += 1;
    const app = simulatedApp(this, life, this.#config);
    void this.#live(app, life);
  }

  async #live(app: App, life: SimulatedProcess): Promise<void> {
    try {
      const end = await runWorker(app, { signal: life.stopping.signal, onReady: () => {} });
      // Whoever finds the lease taken asks again; a stopped or superseded process is started again by its supervisor.
      if (end.kind === 'busy') this.scheduler.after(10_000, () => void this.#live(app, life), life);
      else this.died(life, 'ended');
    } catch {
      this.died(life, 'ended');
    }
  }

  #keepRenewing(life: Life, epoch: number): void {
    this.scheduler.after(
      Math.floor(leaseLimits.ttlMs / 3),
      () => {
        this.#lease.renew(epoch);
        this.#keepRenewing(life, epoch);
      },
      life,
    );
  }

  #heal(): void {
    this.faults.healed = true;
    this.skewMs = 0;
    for (const life of this.#lives) life?.knockIdle();
  }

  #takeBackup(): void {
    this.#backup = this.store.snapshot();
  }

  /** Power went while commits were not on the disk yet. */
  #loseCommits(): void {
    const older = this.#beforeLastCommits[0];
    if (older !== undefined) this.store.restore(older);
  }

  /** People look in now and then: approve what is held, and settle what is theirs to settle, truthfully. */
  #operate(): void {
    this.scheduler.after(120_000, () => {
      this.#operate();
      const life = this.#lives.find((one) => one !== null && one !== undefined);
      if (life !== null && life !== undefined) {
        // A person whose command failed reads the sentence and tries again at the next look.
        this.#decide(life).catch(() => {});
      }
    });
  }

  async #decide(life: SimulatedProcess): Promise<void> {
    const app = simulatedApp(this, life, this.#config);
    const by = 'operator';
    for (const entry of await this.store.list({ scope: this.scope, states: ['held'] })) {
      await act(app, { kind: 'approve', id: entry.id, by, reason: 'checked' });
    }
    for (const entry of await this.store.list({ scope: this.scope, states: ['published'] })) {
      if (entry.kind === 'correction' || !this.random.chance(0.15)) continue;
      const correction = `${CORRECTION_BEGINS}（${entry.id}）には誤りがありました。正しい内容は次のページをご覧ください。`;
      await withdrawPost(app, { id: entry.id, by, reason: 'wrong', correction });
    }
    for (const entry of await this.store.list({ scope: this.scope, states: ['uncertain'] })) {
      if (!entry.needsPerson) continue;
      const post = this.x.posts.find((one) => one.text === entry.text && one.deletedAt === null);
      const outcome =
        post === undefined
          ? ({ kind: 'not-published' } as const)
          : ({ kind: 'published', remoteId: post.id } as const);
      await resolveEntry(app, { id: entry.id, by, reason: 'looked at X', outcome }, life.stopping.signal);
    }
  }

  #atRest(): boolean {
    if (!this.#allRecorded()) return false;
    return [...this.#tables().entries.values()].every((entry) => isAtRest(entry, this.options.operators));
  }

  #allRecorded(): boolean {
    const known = [...this.#tables().seen.values()].map((seen) => seen.url);
    return (
      this.scheduler.now >= this.options.releaseWithinMs &&
      this.items.every(({ item }) => known.includes(item.url))
    );
  }

  #tables(): Snapshot {
    return this.store.peek();
  }
}

/** A stop whose end lies ahead, but not so far that the program takes it for a jumped clock's. */
function believed(stop: Stop, now: number): boolean {
  return stop.until !== null && stop.until > now && stop.until - now < 3_600_000 && stop.since <= now;
}

/** X refuses every repeat for as long as the run lasts. */
function repeatsAreRefused(options: RunOptions): boolean {
  return options.duplicateWindowMs >= 3_600_000 && options.duplicateMissRate === 0;
}

function isAtRest(entry: Entry, operators: boolean): boolean {
  if (entry.state === 'uncertain') return entry.needsPerson && !operators;
  if (entry.state === 'held') return !operators;
  return !['queued', 'attempting', 'withdrawing'].includes(entry.state);
}
