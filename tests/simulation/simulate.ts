import { parseArgs } from 'node:util';
import { GENERATIONS, type Generation } from './options.ts';
import { runSeed, simulationConfig } from './run-seed.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    generation: { type: 'string', default: '3' },
  },
});

/** A long run says how far it is. */
const PROGRESS_EVERY = 5_000;

// Whoever read the run went away (`| head`): nobody is left to hear how it ends, and an unfinished run is no success.
process.stdout.on('error', () => process.exit(1));

const generation: Generation = GENERATIONS.find((known) => String(known) === values.generation) ?? 3;
const config = simulationConfig();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (values.seed === undefined) await many(Number(values.from), Number(values.seeds));
else await one(Number(values.seed));

/** Replays one seed, twice, and shows what it did. */
async function one(seed: number): Promise<void> {
  const first = await runSeed(seed, config, undefined, generation);
  const again = await runSeed(seed, config, undefined, generation);
  say(
    `seed ${String(seed)}: ${String(first.events)} events, ${String(first.lives)} lives, ${String(first.posts)} posts, trace ${first.trace}`,
  );
  say(first.trace === again.trace ? 'a second run is the same' : `A SECOND RUN DIFFERS: ${again.trace}`);
  for (const [strike, count] of [...first.struck].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    say(`  struck ${String(count)} x ${strike}`);
  for (const violation of first.violations) say(`  VIOLATION ${violation}`);
  process.exitCode = first.violations.length === 0 && first.trace === again.trace ? 0 : 1;
}

/** Runs a range of seeds and shows how many a minute, what broke, and where faults struck. */
async function many(from: number, count: number): Promise<void> {
  const startedAt = process.hrtime.bigint();
  let bad = 0;
  const struck = new Map<string, number>();
  const hits = new Map<string, number>();
  const happened = new Map<string, number>();
  let events = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const report = await runSeed(seed, config, undefined, generation);
    for (const [key, value] of Object.entries(report.happened))
      happened.set(key, (happened.get(key) ?? 0) + value);
    events += report.events;
    if (report.violations.length > 0) bad += 1;
    if (report.violations.length > 0) say(`seed ${String(seed)}: ${report.violations.join(' · ')}`);
    const done = seed - from + 1;
    if (done % PROGRESS_EVERY === 0) say(progress(done, bad, startedAt));
    for (const [key, value] of report.struck) struck.set(key, (struck.get(key) ?? 0) + value);
    for (const [key, value] of report.hits) hits.set(key, (hits.get(key) ?? 0) + value);
  }
  const minutes = Number(process.hrtime.bigint() - startedAt) / 60e9;
  say(
    `${String(count)} seeds, ${String(Math.round(count / minutes))} a minute, ${String(Math.round(events / count))} events a seed`,
  );
  say([...happened].map(([key, value]) => `${key} ${String(value)}`).join(', '));
  const points = [...hits.keys()].filter((site) => /:(before|after)$/.test(site));
  const crashed = points.filter((site) =>
    ['crash', 'power-loss'].some((kind) => struck.has(`${site} ${kind}`)),
  );
  say(`crash points struck: ${String(crashed.length)} of ${String(points.length)}`);
  for (const site of points.filter((point) => !crashed.includes(point)))
    say(`  never struck: ${site} (reached ${String(hits.get(site))} times)`);
  say(`${String(bad)} of ${String(count)} seeds with a violation`);
  process.exitCode = bad === 0 ? 0 : 1;
}

/** How far a long run is, how fast, and that it keeps no memory of the seeds behind it. */
function progress(done: number, bad: number, startedAt: bigint): string {
  const minutes = Number(process.hrtime.bigint() - startedAt) / 60e9;
  const megabytes = Math.round(process.memoryUsage().heapUsed / 1e6);
  return `  ${String(done)} seeds, ${String(bad)} with a violation, ${String(Math.round(done / minutes))} a minute, heap ${String(megabytes)} MB`;
}
