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
  /** Where the event never comes, the process dies at this age. */
  latestMs: number;
};

/** The moments of a life, with the weight at which each is chosen; windows are wide where X was made slow, else a few milliseconds. */
export function planMoment(chance: Chance): Moment {
  const post = (at: WireEvent['at'], delayMs: number): Partial<Moment> => ({
    after: { at, errand: 'post' },
    nth: chance.happens(0.7) ? 1 : 2,
    delayMs,
  });
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
        latestMs: 4_500,
      }),
    ],
    [1, 'whenever', () => ({ delayMs: chance.between(300, 3_500) })],
  ];
  let left = chance.fraction() * kinds.reduce((sum, [weight]) => sum + weight, 0);
  const [, name, plan] = kinds.find(([weight]) => (left -= weight) < 0) ?? kinds[0] ?? never();
  return { name, after: null, nth: 1, delayMs: 0, latestMs: 3_000, ...plan() };
}

/** Calls `strike` at the moment, once, without a turn of the loop in between where the delay is nothing. */
export function awaitMoment(moment: Moment, tap: Tap, strike: () => void): () => void {
  const timers: NodeJS.Timeout[] = [];
  let left = moment.nth;
  const { after } = moment;
  if (after === null) timers.push(setTimeout(strike, moment.delayMs));
  else {
    timers.push(setTimeout(strike, moment.latestMs));
    tap.listener = (event) => {
      if (event.at !== after.at || event.errand !== after.errand) return;
      left -= 1;
      if (left !== 0) return;
      if (moment.delayMs === 0) strike();
      else timers.push(setTimeout(strike, moment.delayMs));
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
