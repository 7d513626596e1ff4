import { parseArgs } from 'node:util';
import { runSeed, simulationConfig, type RunReport } from './run-seed.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
  },
});

const config = simulationConfig();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (values.seed === undefined) await many(Number(values.from), Number(values.seeds));
else await one(Number(values.seed));

/** Replays one seed, twice, and shows what it did. */
async function one(seed: number): Promise<void> {
  const first = await runSeed(seed, config);
  const again = await runSeed(seed, config);
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
  const bad: RunReport[] = [];
  const struck = new Map<string, number>();
  const hits = new Map<string, number>();
  let events = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const report = await runSeed(seed, config);
    events += report.events;
    if (report.violations.length > 0) bad.push(report);
    for (const [key, value] of report.struck) struck.set(key, (struck.get(key) ?? 0) + value);
    for (const [key, value] of report.hits) hits.set(key, (hits.get(key) ?? 0) + value);
  }
  const minutes = Number(process.hrtime.bigint() - startedAt) / 60e9;
  say(
    `${String(count)} seeds, ${String(Math.round(count / minutes))} a minute, ${String(Math.round(events / count))} events a seed`,
  );
  const points = [...hits.keys()].filter((site) => /:(before|after)$/.test(site));
  const crashed = points.filter((site) =>
    ['crash', 'power-loss'].some((kind) => struck.has(`${site} ${kind}`)),
  );
  say(`crash points struck: ${String(crashed.length)} of ${String(points.length)}`);
  for (const site of points.filter((point) => !crashed.includes(point)))
    say(`  never struck: ${site} (reached ${String(hits.get(site))} times)`);
  for (const report of bad.slice(0, 20)) say(`seed ${String(report.seed)}: ${report.violations.join(' · ')}`);
  say(`${String(bad.length)} of ${String(count)} seeds with a violation`);
  process.exitCode = bad.length === 0 ? 0 : 1;
}
