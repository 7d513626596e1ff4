import type { Clock, Randomness } from '../../src/app/ports.ts';
import { workerLimits } from '../../src/limits/running.ts';
import type { Strike } from './faults.ts';
import type { Life, Machine, Stage } from './stage.ts';

/** One life of the program: from its start to its death. Every await of the app goes through `port`, where it may die. */
export class SimulatedProcess implements Life {
  alive = true;
  frozenUntil = 0;
  readonly stopping = new AbortController();
  readonly machine: Machine;
  readonly #world: Stage;
  readonly #idle = new Set<() => void>();
  #ids = 0;

  constructor(world: Stage, machine: Machine) {
    this.#world = world;
    this.machine = machine;
  }

  /** One step into the world: a point before it, its effect after `latency`, and a point after it. A dead process hears nothing. */
  port<T>(site: string, latency: number, effect: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#struck(`${site}:before`)) return;
      this.#world.scheduler.after(
        latency,
        () => {
          void this.#finish(site, effect, resolve, reject);
        },
        this,
      );
    });
  }

  async #finish<T>(
    site: string,
    effect: () => T | Promise<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): Promise<void> {
    try {
      const value = await effect();
      if (!this.#struck(`${site}:after`)) resolve(value);
    } catch (error) {
      if (this.alive) reject(error);
    }
  }

  /** True where the strike killed this process. A freeze or a jump lets it go on, later or in another time. */
  #struck(site: string): boolean {
    if (!this.alive) return true;
    const strike = this.#world.faults.atProcess(site);
    if (strike === null) return false;
    return this.suffer(strike);
  }

  suffer(strike: Strike): boolean {
    const { scheduler } = this.#world;
    if (strike.do === 'crash' || strike.do === 'power-loss' || strike.do === 'restore-backup') {
      this.#world.died(this, strike.do);
      return true;
    }
    // People's commands run beside a worker that is frozen already; what strikes them does not thaw it.
    if (strike.do === 'freeze') this.frozenUntil = Math.max(this.frozenUntil, scheduler.now + strike.ms);
    if (strike.do === 'stop') this.stopping.abort();
    if (strike.do === 'clock-jump') this.#world.jump(this, strike.ms);
    return false;
  }

  readonly clock: Clock = {
    now: () => this.#world.wallBase + this.#world.scheduler.now + this.machine.skewMs,
    bootMs: () => this.#world.scheduler.now + this.machine.bootMs,
    sleep: (ms, signal) => this.#sleep(ms, signal),
  };

  readonly random: Randomness = {
    entryId: () => `e${String(this.#world.nextId()).padStart(6, '0')}`,
    nonce: () => `n${String(this.#world.nextId())}.${String((this.#ids += 1))}`,
    secret: () => String(this.#world.nextId()).padStart(64, '0'),
    fraction: () => this.#world.random.fraction(),
  };

  /** Something was stored: loops that only wait for news look again. */
  knockIdle(): void {
    for (const wake of this.#idle) wake();
  }

  /**
   * A loop that idles a second at a time would make thousands of events of nothing: it sleeps until something is due or stored.
   * Housekeeping runs once a life. All other waits last as long as they say.
   */
  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const { scheduler } = this.#world;
      let done = false;
      const wake = (): void => {
        if (done || !this.alive) return;
        done = true;
        this.#idle.delete(knock);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const earliest = scheduler.now + ms;
      const knock = (): void => {
        this.#idle.delete(knock);
        scheduler.at(earliest, wake, this);
      };
      if (signal.aborted) {
        scheduler.after(0, wake, this);
        return;
      }
      signal.addEventListener('abort', wake, { once: true });
      if (ms === workerLimits.housekeepingMs) return;
      if (ms !== workerLimits.idleMs) {
        scheduler.at(earliest, wake, this);
        return;
      }
      this.#idle.add(knock);
      const due = this.#world.nextInterest(this);
      if (due !== null) scheduler.at(Math.max(earliest, due), wake, this);
    });
  }
}
