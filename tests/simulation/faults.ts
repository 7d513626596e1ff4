import type { Random } from './random.ts';

/** What may strike at a site. Times are virtual milliseconds. */
export type Strike =
  | { do: 'crash' }
  /** The machine loses power: the process dies, and a commit that had not returned may be lost. */
  | { do: 'power-loss' }
  | { do: 'freeze'; ms: number }
  | { do: 'stop' }
  | { do: 'store-full' }
  /** The connection breaks in COMMIT: it is not known whether it took place. */
  | { do: 'commit-unknown'; committed: boolean }
  | { do: 'clock-jump'; ms: number }
  /** The process dies, and a person restores an older copy of the store before the next start. */
  | { do: 'restore-backup' }
  | XStrike
  | { do: 'feed-fails' };

/** What X, or the way to it, does with one request. */
export type XStrike =
  | { do: 'answer-lost' }
  /** The answer is lost and X accepts only later. */
  | { do: 'zombie'; ms: number }
  | { do: 'server-error'; processed: boolean }
  | { do: 'no-id' }
  | { do: 'not-connected' }
  | { do: 'reset-before' }
  /** A person posts the same words a moment before the program does. */
  | { do: 'person-first' };

/** A strike at the nth time (from 1) that a site is reached in the whole run. */
export type PlannedStrike = { site: string; nth: number; strike: Strike };

/** How likely each kind of strike is, per site reached. */
export type FaultRates = {
  crash: number;
  powerLoss: number;
  freeze: number;
  stop: number;
  storeFull: number;
  commitUnknown: number;
  clockJump: number;
  restoreBackup: number;
  x: number;
  notConnected: number;
  feed: number;
};

export const NO_FAULTS: FaultRates = {
  crash: 0,
  powerLoss: 0,
  freeze: 0,
  stop: 0,
  storeFull: 0,
  commitUnknown: 0,
  clockJump: 0,
  restoreBackup: 0,
  x: 0,
  notConnected: 0,
  feed: 0,
};

/** Decides what strikes where: by plan, or by chance from the seed. Counts the sites for the coverage report. */
export class Faults {
  healed = false;
  readonly hits = new Map<string, number>();
  readonly struck = new Map<string, number>();
  readonly #plan: readonly PlannedStrike[];
  readonly #rates: FaultRates;
  readonly #random: Random;

  readonly #personMayPost: boolean;

  /** `personMayPost`: somebody may post the same words first, which only X's own check of repeats can tell. */
  constructor(rates: FaultRates, plan: readonly PlannedStrike[], random: Random, personMayPost: boolean) {
    this.#personMayPost = personMayPost;
    this.#rates = rates;
    this.#plan = plan;
    this.#random = random;
  }

  /** At a point of the process where it may die, stall or be told to stop. */
  atProcess(site: string): Strike | null {
    const planned = this.#count(site);
    if (planned !== null || this.healed) return planned;
    const { crash, powerLoss, freeze, stop, clockJump, restoreBackup } = this.#rates;
    const strike = this.#draw([
      [crash, () => ({ do: 'crash' })],
      [powerLoss, () => ({ do: 'power-loss' })],
      [freeze, () => ({ do: 'freeze', ms: this.#random.pick([500, 5_000, 21_000, 90_000, 400_000]) })],
      [stop, () => ({ do: 'stop' })],
      [
        clockJump,
        () => ({ do: 'clock-jump', ms: this.#random.pick([-7_200_000, -240_000, 240_000, 7_200_000]) }),
      ],
      [restoreBackup, () => ({ do: 'restore-backup' })],
    ]);
    return this.#note(site, strike);
  }

  atCommit(site: string): Strike | null {
    const planned = this.#count(`${site}:commit`);
    if (planned !== null || this.healed) return planned;
    const { storeFull, commitUnknown } = this.#rates;
    const strike = this.#draw([
      [storeFull, () => ({ do: 'store-full' })],
      [commitUnknown, () => ({ do: 'commit-unknown', committed: this.#random.chance(0.5) })],
    ]);
    return this.#note(site, strike);
  }

  atX(site: string): Strike | null {
    const planned = this.#count(site);
    if (planned !== null || this.healed) return planned;
    const strike = this.#draw([
      [
        this.#rates.x,
        () =>
          this.#random.pick<Strike>([
            { do: 'answer-lost' },
            { do: 'zombie', ms: this.#random.between(500, 60_000) },
            { do: 'server-error', processed: true },
            { do: 'server-error', processed: false },
            { do: 'no-id' },
            ...(this.#personMayPost ? [{ do: 'person-first' } as const] : []),
            { do: 'reset-before' },
          ]),
      ],
      [this.#rates.notConnected, () => ({ do: 'not-connected' })],
    ]);
    return this.#note(site, strike);
  }

  atFeed(site: string): Strike | null {
    const planned = this.#count(site);
    if (planned !== null || this.healed) return planned;
    return this.#note(site, this.#draw([[this.#rates.feed, () => ({ do: 'feed-fails' })]]));
  }

  #count(site: string): Strike | null {
    const nth = (this.hits.get(site) ?? 0) + 1;
    this.hits.set(site, nth);
    const planned = this.#plan.find((one) => one.site === site && one.nth === nth);
    return planned === undefined ? null : this.#note(site, planned.strike);
  }

  #draw(choices: readonly (readonly [number, () => Strike])[]): Strike | null {
    let left = this.#random.fraction();
    for (const [probability, make] of choices) {
      if (left < probability) return make();
      left -= probability;
    }
    return null;
  }

  #note(site: string, strike: Strike | null): Strike | null {
    if (strike !== null) {
      const key = `${site} ${strike.do}`;
      this.struck.set(key, (this.struck.get(key) ?? 0) + 1);
    }
    return strike;
  }
}
