import { createHash } from 'node:crypto';
import { loadConfig, type Config } from '../../src/config.ts';
import { violations } from './checks.ts';
import { MUTANTS, NO_MUTANT, type MutantName } from './mutants.ts';
import type { Mutant } from './stage.ts';
import { optionsOf, type Generation, type RunOptions } from './options.ts';
import { World } from './world.ts';

/** What one run showed. `trace` is equal for two runs of one seed, whatever machine they run on. */
export type RunReport = {
  seed: number;
  violations: readonly string[];
  events: number;
  lives: number;
  posts: number;
  trace: string;
  hits: ReadonlyMap<string, number>;
  struck: ReadonlyMap<string, number>;
  happened: Happened;
};

/** How often a run met what is rare; a simulation in which it never happens proves nothing of it. */
type Happened = {
  updates: number;
  superseded: number;
  supersededAfterAttempt: number;
  takeOversAcrossClocks: number;
};

/** The shipped configuration with one feed, and everything published that was there from the start. */
export function simulationConfig(): Config {
  const loaded = loadConfig({
    overrides: { firstRun: 'publish' },
    env: {},
    cwd: new URL('../..', import.meta.url).pathname,
  });
  if (loaded.kind !== 'ok') throw new Error('the shipped configuration has mistakes');
  const [feed] = loaded.config.feeds;
  if (feed === undefined) throw new Error('the shipped configuration has no feed');
  const simulated = {
    ...feed,
    name: 'simulated',
    enabled: true,
    titleIncludes: [],
    pollIntervalMs: 30_000,
    burst: 100,
  };
  return { ...loaded.config, feeds: [simulated] };
}

/** Runs one world to its end and checks it. */
export async function runWorld(
  options: RunOptions,
  config: Config,
  mutant: Mutant = NO_MUTANT,
): Promise<RunReport> {
  const world = new World(options, mutant, config);
  await world.run();
  const entries = [...world.store.peek().entries.values()];
  const trace = createHash('sha256')
    .update(JSON.stringify([world.scheduler.events, world.scheduler.now, world.x.posts, entries]))
    .digest('hex')
    .slice(0, 16);
  return {
    seed: options.seed,
    violations: violations(world),
    events: world.scheduler.events,
    lives: world.lives,
    posts: world.x.posts.length,
    trace,
    hits: world.faults.hits,
    struck: world.faults.struck,
    happened: {
      updates: entries.filter(({ kind }) => kind === 'update').length,
      superseded: entries.filter(({ state }) => state === 'cancelled').length,
      supersededAfterAttempt: entries.filter(({ state, attempts }) => state === 'cancelled' && attempts > 0)
        .length,
      takeOversAcrossClocks: world.takeOversAcrossClocks,
    },
  };
}

/** Runs one seed, with or without a planted defect. */
export function runSeed(
  seed: number,
  config: Config,
  mutant?: MutantName,
  generation?: Generation,
): Promise<RunReport> {
  return runWorld(optionsOf(seed, generation), config, mutant === undefined ? NO_MUTANT : MUTANTS[mutant]);
}
