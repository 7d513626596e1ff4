import { type FaultRates, NO_FAULTS, type PlannedStrike } from './faults.ts';
import { type FeedChange, drawChanges } from './feed-changes.ts';
import { Random } from './random.ts';

/** Everything that a run depends on. All of it follows from the seed, unless a plan says otherwise. */
export type RunOptions = {
  seed: number;
  items: number;
  /** Items are released within this time. */
  releaseWithinMs: number;
  /** Faults strike until then; afterwards everything must come to rest. */
  faultsUntilMs: number;
  rates: FaultRates;
  plan: readonly PlannedStrike[];
  /** `os`: a lock that the system frees at death. `ttl`: a lease in a shared database, with a second machine standing by. */
  lease: 'os' | 'ttl';
  /** A post is read back this much later, at most. */
  readLagMs: number;
  /** X refuses a repeated text this long, and misses it with this probability. */
  duplicateWindowMs: number;
  duplicateMissRate: number;
  /** Stretches of time in which X throttles, refuses the credentials, or may not be read. */
  throttled: readonly Stretch[];
  refused: readonly Stretch[];
  unreadable: readonly Stretch[];
  operators: boolean;
  /** People's commands run in processes of their own, not in the worker's. */
  commandsApart: boolean;
  /** When somebody copies the store, to be restored later. */
  backupAtMs: number | null;
  /** What becomes of the pages that the feed shows. */
  changes: readonly FeedChange[];
  /** How wrong each machine's wall clock stands, and where its boot clock is when the run begins; null: the machines share one clock. */
  clocks: readonly [MachineClock, MachineClock] | null;
  /** When the second machine is started. */
  standbyAtMs: number;
};

type MachineClock = { skewMs: number; bootMs: number };

export type Stretch = { from: number; to: number };

const MINUTE = 60_000;

/**
 * Which runs a seed means. In `1` pages never change and the machines share one clock: seeds that broke a promise then are run as they
 * were. In `2` people's commands still run inside the worker. Later generations draw what is new from a stream of its own, so that all
 * else of a seed stays what it was.
 */
export const GENERATIONS = [1, 2, 3] as const;
export type Generation = (typeof GENERATIONS)[number];

/** Draws a run from its seed. A third of the seeds have few kinds of faults, so that each kind also acts alone. */
export function optionsOf(seed: number, generation: Generation = 3): RunOptions {
  const first = firstGeneration(seed);
  if (generation === 1) return first;
  const random = new Random(seed * 2_246_822_519 + 3);
  return {
    ...first,
    changes: drawChanges(first.items, random),
    clocks: first.lease === 'ttl' ? [drawClock(random), drawClock(random)] : null,
    standbyAtMs: random.between(1_000, 60_000),
    commandsApart: generation === 3,
  };
}

/** Some clocks are right, most are a little wrong, and some so much that X refuses what they sign. */
function drawClock(random: Random): MachineClock {
  const skewMs = random.pick([0, 0, -2_000, 30_000, -45_000, 90_000, -240_000, 240_000, 600_000, -600_000]);
  return { skewMs, bootMs: random.between(0, 30 * 86_400_000) };
}

function firstGeneration(seed: number): RunOptions {
  const random = new Random(seed * 2_654_435_761 + 1);
  const swarm = (rate: number): number => (random.chance(0.55) ? rate * random.pick([0.3, 1, 2]) : 0);
  const faultsUntilMs = random.between(6, 15) * MINUTE;
  const stretches = (probability: number, longest: number): Stretch[] => {
    if (!random.chance(probability)) return [];
    const from = random.between(0, faultsUntilMs);
    return [{ from, to: Math.min(from + random.between(10_000, longest), faultsUntilMs) }];
  };
  return {
    seed,
    items: random.between(2, 5),
    releaseWithinMs: random.between(1, 6) * MINUTE,
    faultsUntilMs,
    rates: {
      crash: swarm(0.006),
      powerLoss: swarm(0.003),
      freeze: swarm(0.004),
      stop: swarm(0.0015),
      storeFull: swarm(0.006),
      commitUnknown: swarm(0.006),
      clockJump: swarm(0.001),
      restoreBackup: random.chance(0.15) ? 0.002 : 0,
      x: swarm(0.35),
      notConnected: swarm(0.1),
      feed: swarm(0.2),
    },
    plan: [],
    lease: random.chance(0.3) ? 'ttl' : 'os',
    readLagMs: random.pick([0, 1_000, 10_000, 55_000]),
    duplicateWindowMs: random.pick([0, 5 * MINUTE, 600 * MINUTE]),
    duplicateMissRate: random.pick([0, 0, 0.3]),
    throttled: stretches(0.2, 10 * MINUTE),
    refused: stretches(0.15, 8 * MINUTE),
    unreadable: stretches(0.15, 6 * MINUTE),
    operators: random.chance(0.4),
    commandsApart: false,
    backupAtMs: random.between(5_000, faultsUntilMs),
    changes: [],
    clocks: null,
    standbyAtMs: 15_000,
  };
}

/** A quiet run in which only the plan strikes. */
export function plannedRun(plan: readonly PlannedStrike[], more: Partial<RunOptions> = {}): RunOptions {
  return {
    ...firstGeneration(1),
    seed: 1,
    items: 3,
    releaseWithinMs: MINUTE,
    faultsUntilMs: 10 * MINUTE,
    rates: NO_FAULTS,
    plan,
    lease: 'os',
    readLagMs: 5_000,
    duplicateWindowMs: 0,
    duplicateMissRate: 0,
    throttled: [],
    refused: [],
    unreadable: [],
    operators: false,
    commandsApart: true,
    backupAtMs: null,
    ...more,
  };
}
