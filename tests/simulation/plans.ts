import type { FaultRates, PlannedStrike, Strike } from './faults.ts';
import type { MutantName } from './mutants.ts';
import { optionsOf, plannedRun, type RunOptions } from './options.ts';

const on = (site: string, nth: number, strike: Strike): PlannedStrike => ({ site, nth, strike });
const one = (site: string, strike: Strike, more: Partial<RunOptions> = {}): RunOptions =>
  plannedRun([on(site, 1, strike)], more);

/** Read-back that lags behind every restart, so that only the record of the attempt can prevent a second post. */
const LAGGING: Partial<RunOptions> = { readLagMs: 140_000, items: 1 };

const ONE_STANDS_BY: Partial<RunOptions> = { lease: 'ttl', standbyAtMs: 2_000 };

/** The machine that starts is four minutes behind, the one that stands by is right. */
const TWO_CLOCKS: Partial<RunOptions> = {
  ...ONE_STANDS_BY,
  clocks: [
    { skewMs: -240_000, bootMs: 0 },
    { skewMs: 0, bootMs: 86_400_000 },
  ],
};

/** The same, with both clocks right: what only a difference of clocks brings to light must not show here. */
export function withEqualClocks(options: RunOptions): RunOptions | null {
  if (options.clocks === null) return null;
  const [first, second] = options.clocks;
  return {
    ...options,
    clocks: [
      { ...first, skewMs: 0 },
      { ...second, skewMs: 0 },
    ],
  };
}

/** For each planted defect the faults that bring it to light, every time. The program as it is passes them all. */
export const PLANS: Readonly<Record<MutantName, RunOptions>> = {
  'no fence before the write': one('x.write:before', { do: 'freeze', ms: 400_000 }, { lease: 'ttl' }),
  'quarantine cut to a fifth': one('x.post', { do: 'zombie', ms: 120_000 }, { items: 1, readLagMs: 0 }),
  'a server error taken for not sent': one('x.post', { do: 'server-error', processed: true }),
  'a lost answer taken for not sent': one('x.post', { do: 'answer-lost' }),
  'a 2xx without an id taken for success': one('x.post', { do: 'no-id' }),
  'a refused repeat taken for success': one(
    'x.post',
    { do: 'person-first' },
    { duplicateWindowMs: 3_600_000 },
  ),
  'the attempt recorded after the POST': one('x.answer:before', { do: 'crash' }, LAGGING),
  'no recovery at the start': one('x.answer:before', { do: 'crash' }),
  'an attempt left over goes back to the queue': one('x.answer:before', { do: 'crash' }, LAGGING),
  'text composed again on a retry': one('x.post', { do: 'reset-before' }),
  'validators stored before the items': one('store.recordPoll:before', { do: 'crash' }, { items: 1 }),
  'items marked seen before their entries': plannedRun([on('store.recordPoll:before', 2, { do: 'crash' })], {
    items: 1,
  }),
  'a retry inside the adapter': one('x.post', { do: 'answer-lost' }),
  'commits that do not reach the disk': one('x.answer:before', { do: 'power-loss' }, LAGGING),
  'no comparison with the account after a restored copy': plannedRun(
    [on('store.clearStop:after', 1, { do: 'restore-backup' })],
    {
      items: 1,
      backupAtMs: 120,
    },
  ),
  'one look is enough': one('x.post', { do: 'zombie', ms: 60_000 }, { items: 1 }),
  'throttling that does not stop the account': plannedRun([], { throttled: [{ from: 0, to: 540_000 }] }),
  'urgent posts behind main ones': plannedRun([], {
    items: 5,
    seed: 7,
    throttled: [{ from: 0, to: 240_000 }],
  }),
  'a predecessor that comes back is sent all the same': one(
    'x.post',
    { do: 'reset-before' },
    { items: 1, changes: [{ page: 0, afterMs: 20_000, do: 'report' }] },
  ),
  'a newer report leaves its unsent predecessor in the queue': plannedRun([], {
    items: 1,
    throttled: [{ from: 0, to: 240_000 }],
    changes: [{ page: 0, afterMs: 20_000, do: 'retitle' }],
  }),
  'an update that does not know what it follows': plannedRun([], {
    items: 1,
    changes: [{ page: 0, afterMs: 20_000, do: 'retitle' }],
  }),
  'a poll is recorded although the feed has been polled since': one(
    'store.recordPoll:before',
    { do: 'freeze', ms: 90_000 },
    { ...ONE_STANDS_BY, items: 1, changes: [{ page: 0, afterMs: 10_000, do: 'retitle' }] },
  ),
  'a lease whose end is judged by the clock of whoever asks': one(
    'x.write:before',
    { do: 'freeze', ms: 5_000 },
    TWO_CLOCKS,
  ),
  'a doubt whose age is read from the dates of two machines': plannedRun(
    [on('x.post', 1, { do: 'zombie', ms: 120_000 }), on('x.answer:before', 1, { do: 'crash' })],
    { ...TWO_CLOCKS, items: 1, readLagMs: 0, standbyAtMs: 10_100 },
  ),
};

/** Seeds in which the faults that matter to a defect are common; everything else is as the seed says. */
export function biasedRun(name: MutantName, seed: number): RunOptions {
  const options = optionsOf(seed);
  const bias = BIASES[name] ?? {};
  return { ...options, ...bias, rates: { ...options.rates, ...bias.rates } };
}

type Bias = Partial<Omit<RunOptions, 'rates'>> & { rates?: Partial<FaultRates> };

const BIASES: Partial<Readonly<Record<MutantName, Bias>>> = {
  'no fence before the write': {
    lease: 'ttl',
    duplicateWindowMs: 0,
    rates: { freeze: 0.02, crash: 0, powerLoss: 0 },
  },
  'quarantine cut to a fifth': { duplicateWindowMs: 0, rates: { x: 0.9 } },
  'a refused repeat taken for success': {
    duplicateWindowMs: 3_600_000,
    duplicateMissRate: 0,
    rates: { x: 0.9 },
  },
  'the attempt recorded after the POST': { readLagMs: 55_000, duplicateWindowMs: 0, rates: { crash: 0.02 } },
  'an attempt left over goes back to the queue': { duplicateWindowMs: 0, rates: { crash: 0.02 } },
  'validators stored before the items': { items: 1, rates: { crash: 0.02 } },
  'no comparison with the account after a restored copy': {
    duplicateWindowMs: 0,
    rates: { restoreBackup: 0.01 },
  },
  'throttling that does not stop the account': { throttled: [{ from: 0, to: 480_000 }] },
  'a predecessor that comes back is sent all the same': { rates: { x: 0.7 } },
  // The first step is planned, because it alone is rare; all else is left to chance.
  'a poll is recorded although the feed has been polled since': {
    ...ONE_STANDS_BY,
    clocks: null,
    changes: [{ page: 0, afterMs: 10_000, do: 'retitle' }],
    plan: [on('store.recordPoll:before', 1, { do: 'freeze', ms: 90_000 })],
  },
  'a lease whose end is judged by the clock of whoever asks': {
    ...TWO_CLOCKS,
    plan: [on('x.write:before', 1, { do: 'freeze', ms: 5_000 })],
  },
  'a doubt whose age is read from the dates of two machines': {
    ...TWO_CLOCKS,
    standbyAtMs: 10_100,
    duplicateWindowMs: 0,
    plan: [on('x.post', 1, { do: 'zombie', ms: 120_000 }), on('x.answer:before', 1, { do: 'crash' })],
  },
};
