import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { runWorker } from '../../src/app/run-worker.ts';
import type { App } from '../../src/app/app.ts';
import type { Config } from '../../src/config.ts';
import type { LeasePort } from '../../src/outbox/lease.ts';
import type { Stop } from '../../src/outbox/outbox-store.ts';
import { publishLimits } from '../../src/limits/publishing.ts';
import { RESTORED_AT } from '../../src/outbox/backups.ts';
import { REPLACING_STATES } from '../../src/outbox/supersede.ts';
import type { Entry, Scope } from '../../src/outbox/entry.ts';
import { leaseLimits } from './lease-limits.ts';
import { Faults } from './faults.ts';
import { itemsOf } from './items.ts';
import { ModelFeed } from './model-feed.ts';
import { ModelX } from './model-x.ts';
import { lookIn } from './simulated-people.ts';
import type { Life, Machine, Mutant, Stage } from './stage.ts';
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

/** X refuses requests that are signed by a clock which is further off than this. */
const REFUSED_SKEW_MS = 300_000;

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
  readonly feed: ModelFeed;
  readonly trouble: string[] = [];
  /** Take-overs of the lease by a machine whose clock differs from the former holder's. */
  takeOversAcrossClocks = 0;
  lives = 0;
  readonly #machines: readonly [Machine, Machine];
  readonly #lives: (SimulatedProcess | null)[] = [];
  readonly #allLives: SimulatedProcess[] = [];
  readonly #lease: MemoryLease;
  readonly options: RunOptions;
  readonly mutant: Mutant;
  readonly #config: Config;
  #ids = 0;
  #backup: Snapshot | null = null;
  #beforeLastCommits: Snapshot[] = [];
  /** When an entry was first in the store, in virtual time. */
  readonly #recordedAt = new Map<string, number>();
  /** Who asks the lease just now. */
  #asks: Life | null = null;
  #lastHolder: Machine | null = null;

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
    this.feed = new ModelFeed(itemsOf(options, this.wallBase, this.random), options.changes);
    this.#machines = machinesOf(options);
    const ttl = { ttlMs: leaseLimits.ttlMs, bootMs: () => this.#leaseClock() };
    this.#lease = new MemoryLease(this.store, options.lease === 'ttl' ? ttl : null);
  }

  nextId(): number {
    return (this.#ids += 1);
  }

  /** Runs until everything has come to rest after the faults, or far too late. */
  async run(): Promise<void> {
    const { scheduler, options } = this;
    scheduler.at(0, () => this.#start(0));
    if (options.lease === 'ttl') scheduler.at(options.standbyAtMs, () => this.#start(1));
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
  nextInterest({ machine }: Life): number | null {
    const { entries, feeds, stops } = this.#tables();
    const offset = this.wallBase + machine.skewMs;
    const now = this.scheduler.now + offset;
    const accountStop = [...stops.values()].find((stop) => stop.kind === 'account' && believed(stop, now));
    // While the account is stopped, what is due can only wait for the stop's end; a person's pause has none.
    const opensAt = accountStop?.until ?? now;
    const times: number[] = [];
    for (const entry of entries.values()) {
      if ((entry.state === 'queued' && blocker(entry, entries) === null) || entry.state === 'withdrawing')
        times.push(Math.max(entry.dueAt, opensAt) - offset);
      if (entry.state === 'uncertain' && !entry.needsPerson)
        times.push((entry.search?.nextReadAt ?? 0) - offset);
    }
    // After the last item has been read, polls have nothing to bring.
    if (!this.#allRecorded()) for (const feed of feeds.values()) times.push(feed.nextPollAt - offset);
    return times.length === 0 ? null : Math.max(this.scheduler.now, Math.min(...times));
  }

  leaseFor(life: Life): LeasePort {
    const asLife = <T>(work: () => T): T => {
      this.#asks = life;
      return work();
    };
    return {
      acquire: (holder) =>
        life
          .port('lease.acquire', 2, () => asLife(() => this.#lease.acquire(holder)))
          .then((request) => {
            if (request.kind === 'busy') return request;
            this.#noteHolder(life);
            const { lease } = request;
            if (this.options.lease === 'ttl') this.#keepRenewing(life, lease.epoch);
            return { kind: 'held', lease: { ...lease, ageMs: () => asLife(() => lease.ageMs()) } };
          }),
      holder: () => this.#lease.holder(),
    };
  }

  /** What a newer report that goes out itself has replaced is never begun. */
  claimed(entry: Entry): void {
    const { entries } = this.#tables();
    for (const other of entries.values()) {
      if (REPLACING_STATES.includes(other.state) && takesPlaceOf(other, entry, entries))
        this.trouble.push(`${entry.id} was begun although ${other.id}, which is ${other.state}, replaces it`);
    }
  }

  /** The first byte of a post leaves: nobody else may have taken the lease, and no urgent post be waiting. */
  leaves(entry: Entry): void {
    const { entries, lease } = this.#tables();
    if (entry.attempt !== null && entry.attempt.epoch !== lease.epoch)
      this.trouble.push(`${entry.id} left although another process had taken the lease`);
    if (entry.topic === 'urgent' || this.#machines.some(({ skewMs }) => skewMs !== 0)) return;
    const now = this.wallBase + this.scheduler.now;
    for (const other of entries.values()) {
      if (
        other.topic === 'urgent' &&
        other.state === 'queued' &&
        now - this.#freeSince(other) > publishLimits.claimMaxAgeMs + 1_000 &&
        blocker(other, entries) === null
      ) {
        this.trouble.push(
          `main ${entry.id} left while urgent ${other.id} had been due for ${String(now - this.#freeSince(other))} ms`,
        );
      }
    }
  }

  /** When it was recorded and due, and what it waited for was settled. */
  #freeSince({ id, dueAt, predecessorId }: Entry): number {
    const { entries, history } = this.#tables();
    let since = Math.max(dueAt, this.wallBase + (this.#recordedAt.get(id) ?? 0));
    for (let earlier = entries.get(predecessorId ?? ''); earlier !== undefined;) {
      since = Math.max(since, history.get(earlier.id)?.at(-1)?.at ?? 0);
      earlier = earlier.state === 'cancelled' ? entries.get(earlier.predecessorId ?? '') : undefined;
    }
    return since;
  }

  /** The machine's wall clock is set to another time; loops that idle would notice within a second. */
  jump({ machine }: Life, ms: number): void {
    machine.skewMs += ms;
    for (const life of this.#lives) life?.knockIdle();
  }

  beforeCommit(): void {
    if (!this.mutant.unsyncedCommits) return;
    this.#beforeLastCommits.push(this.store.snapshot());
    if (this.#beforeLastCommits.length > 3) this.#beforeLastCommits.shift();
  }

  /** Whoever idles looks again within a second, whichever process wrote; what only people read gives the loops nothing to do. */
  committed(site: string): void {
    this.#noteRecorded();
    if (FOR_PEOPLE.has(site)) return;
    for (const life of this.#lives) life?.knockIdle();
  }

  #noteRecorded(): void {
    const { entries } = this.#tables();
    if (entries.size === this.#recordedAt.size) return;
    for (const id of entries.keys())
      if (!this.#recordedAt.has(id)) this.#recordedAt.set(id, this.scheduler.now);
  }

  /** A process ended, however. The next one starts a little later; a restored copy takes a person longer than any quarantine. */
  died(life: Life, how: 'crash' | 'power-loss' | 'restore-backup' | 'ended'): void {
    if (!life.alive) return;
    life.alive = false;
    const machine = this.#lives.findIndex((one) => one === life);
    if (machine === -1) {
      this.#commandDied(how);
      return;
    }
    if (this.options.lease === 'os') this.#lease.holderDied();
    if (how === 'power-loss' && this.mutant.unsyncedCommits) this.#loseCommits();
    if (how === 'power-loss' && this.options.clocks !== null) life.machine.bootMs = -this.scheduler.now;
    let pause = how === 'ended' ? 2_000 : this.random.pick([500, 3_000, 20_000, 90_000]);
    this.#lives[machine] = null;
    if (how === 'restore-backup' && this.#backup !== null) {
      // Nothing is restored under a running program: whoever stands by is stopped too.
      for (const other of this.#lives)
        if (other !== null && other !== undefined) this.died(other, 'restore-backup');
      this.store.restore(this.#backup);
      // As `kosatsu restore` notes it, so that the next worker knows that the account may be ahead of the store.
      void this.store.setFact(this.scope, RESTORED_AT, String(life.clock.now()));
      pause = 600_000;
    }
    this.scheduler.after(pause, () => this.#start(machine));
  }

  /** A person's command died: alone, or with the machine under it, or because a copy is restored. */
  #commandDied(how: 'crash' | 'power-loss' | 'restore-backup' | 'ended'): void {
    const worker = how === 'power-loss' ? this.#lives[0] : this.#anyWorker();
    if (how !== 'crash' && how !== 'ended' && worker !== null && worker !== undefined) this.died(worker, how);
  }

  #anyWorker(): SimulatedProcess | null {
    return this.#lives.find((one) => one !== null && one !== undefined) ?? null;
  }

  #start(machine: number): void {
    const life = new SimulatedProcess(this, this.#machines[machine === 0 ? 0 : 1]);
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
        this.#asks = life;
        this.#lease.renew(epoch);
        this.#keepRenewing(life, epoch);
      },
      life,
    );
  }

  #leaseClock(): number {
    const asks = this.mutant.leaseClock === 'asker' ? this.#asks : null;
    return asks === null ? this.scheduler.now : asks.clock.now();
  }

  #noteHolder({ machine }: Life): void {
    const former = this.#lastHolder;
    if (former !== null && former !== machine && former.skewMs !== machine.skewMs)
      this.takeOversAcrossClocks += 1;
    this.#lastHolder = machine;
  }

  #heal(): void {
    this.faults.healed = true;
    for (const machine of this.#machines)
      machine.skewMs = Math.abs(machine.standingSkewMs) > REFUSED_SKEW_MS ? 0 : machine.standingSkewMs;
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
      const life = this.options.commandsApart ? this.#command() : this.#anyWorker();
      if (life === null) return;
      // A person whose command failed reads the sentence and tries again at the next look.
      lookIn(this, simulatedApp(this, life, this.#config), life.stopping.signal).catch(() => {});
    });
  }

  /** What a person calls is a process of its own beside the worker: it goes on while the worker is frozen, and dies alone. */
  #command(): SimulatedProcess {
    const life = new SimulatedProcess(this, this.#machines[0]);
    this.#allLives.push(life);
    return life;
  }

  #atRest(): boolean {
    if (!this.#allRecorded()) return false;
    const { entries } = this.#tables();
    return [...entries.values()].every((entry) => isAtRest(entry, entries, this.options.operators));
  }

  #allRecorded(): boolean {
    const settledAt = Math.max(this.options.releaseWithinMs, this.feed.lastChangeAt);
    return this.scheduler.now >= settledAt && this.feed.isRead(this.#tables().seen.values());
  }

  #tables(): Snapshot {
    return this.store.peek();
  }
}

/** Where the options name no clocks of their own the machines share one, which only jumps. */
function machinesOf({ clocks }: RunOptions): readonly [Machine, Machine] {
  const [first, second] = (clocks ?? [{ skewMs: 0, bootMs: 0 }]).map(({ skewMs, bootMs }) => ({
    skewMs,
    standingSkewMs: skewMs,
    bootMs,
  }));
  if (first === undefined) throw new Error('a machine has a clock');
  return [first, second ?? first];
}

/** A stop whose end lies ahead, but not so far that the program takes it for a jumped clock's. */
function believed(stop: Stop, now: number): boolean {
  return stop.until !== null && stop.until > now && stop.until - now < 3_600_000 && stop.since <= now;
}

/** X refuses every repeat for as long as the run lasts. */
function repeatsAreRefused(options: RunOptions): boolean {
  return options.duplicateWindowMs >= 3_600_000 && options.duplicateMissRate === 0;
}

/** The predecessor, past reports that were replaced themselves, that may be at X without our knowing; null: it need not wait. */
function blocker(entry: Entry, entries: ReadonlyMap<string, Entry>): Entry | null {
  let earlier = entries.get(entry.predecessorId ?? '');
  while (earlier?.state === 'cancelled') earlier = entries.get(earlier.predecessorId ?? '');
  return earlier?.state === 'attempting' || earlier?.state === 'uncertain' ? earlier : null;
}

/** Whether the newer one replaces the older, directly or past others that were replaced themselves. */
function takesPlaceOf(newer: Entry, older: Entry, entries: ReadonlyMap<string, Entry>): boolean {
  let earlier = entries.get(newer.predecessorId ?? '');
  while (earlier?.state === 'cancelled') earlier = entries.get(earlier.predecessorId ?? '');
  return earlier?.id === older.id;
}

/** An entry with nothing left to happen to it unless a person acts; a report that waits for one in doubt waits for that person too. */
export function isAtRest(entry: Entry, entries: ReadonlyMap<string, Entry>, operators: boolean): boolean {
  if (entry.state === 'queued') return !operators && blocker(entry, entries)?.needsPerson === true;
  if (entry.state === 'uncertain') return entry.needsPerson && !operators;
  if (entry.state === 'held') return !operators;
  return !['attempting', 'withdrawing'].includes(entry.state);
}
