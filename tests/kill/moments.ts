import type { Chance } from './chance.ts';
import type { Tap, WireEvent } from './tap.ts';

/** When a process is to die: some milliseconds after it was started, or after something passed on the wire. */
export type Moment = {
  name: string;
  /** null: counted from the start of the process. */
  after: WireEvent | null;
  /** The how-manieth such event. */
  nth: number;
  delayMs: number;
  /** Where the event never comes, the process dies so long after it was first heard on the wire: on a busy machine it starts slowly. */
  latestMs: number;
};

/** The moments of a life, with the weight at which each is chosen; windows are wide where X was made slow, else a few milliseconds. */
export function planMoment(chance: Chance): Moment {
  const post = (at: WireEvent['at'], delayMs: number): Partial<Moment> => {
    const nth = chance.happens(0.7) ? 1 : 2;
    // Every life has something to post, on a busy machine late; whether it has a second thing is not known.
    return { after: { at, errand: 'post' }, nth, delayMs, ...(nth === 1 ? { latestMs: 15_000 } : {}) };
  };
  const kinds: readonly [number, string, () => Partial<Moment>][] = [
    [1, 'starting', () => ({ delayMs: chance.between(0, 900) })],
    [1, 'polling', () => ({ after: { at: 'asked', errand: 'feed' }, delayMs: chance.between(0, 150) })],
    [1, 'recording', () => ({ after: { at: 'answered', errand: 'feed' }, delayMs: chance.between(0, 60) })],
    [
      2,
      'connecting',
      () => ({
        after: { at: 'connected', errand: 'other' },
        nth: 2 + Math.floor(chance.between(0, 4)),
        delayMs: chance.between(0, 12),
      }),
    ],
    [3, 'posting', () => post('asked', chance.between(0, 160))],
    [3, 'accepted', () => post('answering', 0)],
    [3, 'committing', () => post('answered', chance.between(0, 9))],
    [
      2,
      'reconciling',
      () => ({
        after: { at: 'asked', errand: 'timeline' },
        nth: 2,
        delayMs: chance.between(0, 80),
        latestMs: 4_000,
      }),
    ],
    [
      1,
      'whenever',
      () => ({
        after: { at: 'connected', errand: 'other' },
        delayMs: chance.between(0, 3_000),
        latestMs: 4_000,
      }),
    ],
  ];
  let left = chance.fraction() * kinds.reduce((sum, [weight]) => sum + weight, 0);
  const [, name, plan] = kinds.find(([weight]) => (left -= weight) < 0) ?? kinds[0] ?? never();
  return { name, after: null, nth: 1, delayMs: 0, latestMs: 2_500, ...plan() };
}

/** A process that is not heard at all dies at this age. */
const SILENT_MS = 20_000;

/** Calls `strike` at the moment, once, without a turn of the loop in between where the delay is nothing. */
export function awaitMoment(moment: Moment, tap: Tap, strike: () => void): () => void {
  const timers: NodeJS.Timeout[] = [];
  let isOver = false;
  const once = (): void => {
    if (!isOver) strike();
    isOver = true;
  };
  const strikeIn = (ms: number): void => void timers.push(setTimeout(once, ms));
  let left = moment.nth;
  let isHeard = false;
  const { after } = moment;
  if (after === null) strikeIn(moment.delayMs);
  else {
    strikeIn(SILENT_MS);
    tap.listener = (event) => {
      if (!isHeard) strikeIn(moment.latestMs);
      isHeard = true;
      if (event.at !== after.at || event.errand !== after.errand) return;
      left -= 1;
      if (left !== 0) return;
      if (moment.delayMs === 0) once();
      else strikeIn(moment.delayMs);
    };
  }
  return () => {
    tap.listener = null;
    for (const timer of timers) clearTimeout(timer);
  };
}

function never(): never {
  throw new Error('there are moments');
}
