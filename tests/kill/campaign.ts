import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from '../../src/outbox/entry.ts';
import { Chance } from './chance.ts';
import { KillWorld } from './kill-world.ts';
import { awaitMoment, planMoment } from './moments.ts';
import type { Tap } from './tap.ts';

/** What became of a campaign: counts of announcements, and of kills by what they interrupted. */
export type Tally = {
  kills: number;
  released: number;
  posts: number;
  doubled: number;
  /** Requests to post what stood on the timeline already: X refuses most of these doubles itself, but they must not be tried. */
  repeated: number;
  lost: number;
  altered: number;
  /** Not posted, and shown to people with a reason. */
  leftToPeople: number;
  fell: Record<string, number>;
  /** A line for each fault, for whoever must find out why. */
  findings: string[];
};

/** Longest wait, in milliseconds, for the last worker to settle what the kills left: a POST that never left is doubt for a minute. */
const SETTLE_MS = 150_000;

/** Kills the worker `kills` times in one world, lets it settle, and counts what the public timeline shows. */
async function killAgainAndAgain(kills: number, seed: number): Promise<Tally> {
  const world = await KillWorld.open();
  try {
    const chance = new Chance(seed);
    const fell: Record<string, number> = {};
    for (let killed = 0; killed < kills;) {
      await world.release(chance.pick([1, 1, 2]), chance);
      await makeTrouble(world, chance);
      const where = await liveAndDie(world, chance);
      if (where === null) continue;
      fell[where] = (fell[where] ?? 0) + 1;
      killed += 1;
    }
    await settle(world);
    return { kills, fell, ...(await count(world)) };
  } finally {
    await world.close();
  }
}

/** X at its worst, though never worse than it may be: slow, silent, late in what it shows. Each trouble hits one request. */
async function makeTrouble(world: KillWorld, chance: Chance): Promise<void> {
  await world.fault({ fault: 'read-lag', ms: Math.round(chance.pick([0, 0, 300, 2_000])) });
  if (chance.happens(0.5)) {
    const when = chance.pick(['before', 'after']);
    await world.fault({ fault: 'delay', when, ms: Math.round(chance.between(20, 250)) });
  }
  if (chance.happens(0.3))
    await world.fault({ fault: 'delay', on: 'read', ms: Math.round(chance.between(10, 80)) });
  if (chance.happens(0.3))
    await world.fault({ fault: 'delay', on: 'feed', ms: Math.round(chance.between(20, 150)) });
  if (chance.happens(0.12)) {
    await world.fault(
      chance.pick([
        { fault: 'lost-answer' },
        { fault: 'reset', processed: true },
        { fault: 'status', status: 503, body: 'html', processed: true },
        { fault: 'garbage', variant: 'truncated' },
        { fault: 'reset' },
        { fault: 'status', status: 500 },
      ]),
    );
  }
}

/** One life of the worker. Returns what the kill interrupted; null where the process ended by itself before. */
async function liveAndDie(world: KillWorld, chance: Chance): Promise<string | null> {
  const moment = planMoment(chance);
  const words = chance.happens(0.4)
    ? ['run', '--once', '--first-run', 'publish']
    : ['run', '--port', '0', '--first-run', 'publish'];
  const { child, ended } = world.start(words);
  let seen = 'nothing';
  const disarm = awaitMoment(moment, world.tap, () => {
    seen = interruptedBy(world.tap);
    child.kill('SIGKILL');
  });
  const { signal } = await ended;
  disarm();
  if (signal !== 'SIGKILL') return null;
  return nameOf(seen, await world.statesLeft());
}

/** What was under way on the wire at this instant. */
function interruptedBy(tap: Tap): string {
  const underWay = tap.exchanges.filter(({ stage }) => stage !== 'answered');
  const post = underWay.find(({ errand }) => errand === 'post');
  if (post !== undefined) return post.stage === 'asked' ? 'POST under way' : 'X had answered, unheard';
  const [first] = underWay;
  if (first !== undefined) return `reading (${first.errand})`;
  return tap.exchanges.length === 0 ? 'starting' : 'between requests';
}

/** A kill at the two commits around a request. */
export const BETWEEN = 'between claim and POST, or answer and commit';

/** The wire knows of requests, the store of commits; together they tell where the program was. */
function nameOf(wire: string, states: Partial<Record<State, number>>): string {
  const attempting = (states.attempting ?? 0) > 0;
  const doubt = (states.uncertain ?? 0) > 0;
  if (wire === 'POST under way' || wire === 'X had answered, unheard') return wire;
  if (attempting) return BETWEEN;
  if (wire === 'reading (timeline)' && doubt) return 'reconciling';
  if (wire === 'reading (feed)') return 'polling';
  if (wire === 'between requests' && (states.queued ?? 0) > 0) return 'publishing, before a claim';
  return wire;
}

/** A last worker, undisturbed: ends when nothing is queued, under way or being looked for any more. */
async function settle(world: KillWorld): Promise<void> {
  await world.fault({ fault: 'read-lag', ms: 0 });
  const { child, ended } = world.worker();
  const until = performance.now() + SETTLE_MS;
  while (performance.now() < until) {
    await sleep(1_000);
    const posts = await world.timeline();
    const links = new Set(posts.map(({ text }) => linkOf(text)));
    const states = await world.states();
    const open = (states.queued ?? 0) + (states.attempting ?? 0) + (states.uncertain ?? 0);
    if (Object.keys(states).length > 0 && open === 0 && world.releases.all.every(({ url }) => links.has(url)))
      break;
  }
  child.kill('SIGTERM');
  await ended;
}

async function count(world: KillWorld): Promise<Omit<Tally, 'kills' | 'fell'>> {
  const timeline = await world.timeline();
  const promised = await world.promised();
  const outbox = await world.posts();
  const requests = await world.postRequests();
  const tally = { doubled: 0, repeated: 0, lost: 0, altered: 0, leftToPeople: 0 };
  const findings: string[] = [];
  const note = (kind: keyof typeof tally, url: string): void => {
    tally[kind] += 1;
    const entries = outbox.filter((entry) => entry.url === url);
    findings.push(`${kind}: ${url}: ${JSON.stringify(entries)}`);
  };
  for (const { url } of world.releases.all) {
    const shown = timeline.filter(({ text }) => linkOf(text) === url);
    const entry = outbox.find((line) => line.url === url);
    if (shown.length > 1) note('doubled', url);
    else if (shown.length === 1 && shown[0]?.text !== promised.get(url)) note('altered', url);
    else if (shown.length === 0 && (entry?.state === 'held' || entry?.needsPerson === true))
      note('leftToPeople', url);
    else if (shown.length === 0 || entry?.state !== 'published') note('lost', url);
  }
  for (const { text, createdAt } of timeline) {
    for (const request of requests)
      if (request.text === text && request.at > createdAt) note('repeated', linkOf(text));
  }
  const strangers = timeline.filter(({ text }) => !promised.has(linkOf(text)));
  for (const { text } of strangers) note('altered', text);
  return { released: world.releases.all.length, posts: timeline.length, ...tally, findings };
}

/** The link of a post of ours: its last line. */
const linkOf = (text: string): string => text.split('\n').at(-1) ?? '';

/** One tally of several worlds. */
function sum(tallies: readonly Tally[]): Tally {
  const total: Tally = {
    kills: 0,
    released: 0,
    posts: 0,
    doubled: 0,
    repeated: 0,
    lost: 0,
    altered: 0,
    leftToPeople: 0,
    fell: {},
    findings: [],
  };
  for (const tally of tallies) {
    for (const key of [
      'kills',
      'released',
      'posts',
      'doubled',
      'repeated',
      'lost',
      'altered',
      'leftToPeople',
    ] as const)
      total[key] += tally[key];
    for (const [where, times] of Object.entries(tally.fell))
      total.fell[where] = (total.fell[where] ?? 0) + times;
    total.findings.push(...tally.findings);
  }
  return total;
}

/** The result in a line, and where the kills fell. */
export function lineOf({ fell, findings, ...counts }: Tally): string {
  const places = Object.entries(fell)
    .toSorted(([, a], [, b]) => b - a)
    .map(([where, times]) => `${where} ${times}`);
  const numbers = Object.entries(counts).map(([name, value]) => `${name} ${value}`);
  return [`${numbers.join(', ')} | kills fell: ${places.join(', ')}`, ...findings].join('\n');
}

/** Spreads the kills over worlds that run side by side. */
export async function campaign(kills: number, seed: number, worlds: number): Promise<Tally> {
  const shares = Array.from({ length: worlds }, (_, index) => Math.floor((kills + index) / worlds));
  return sum(await Promise.all(shares.map((share, index) => killAgainAndAgain(share, seed + index))));
}
