import { expect, test } from 'vitest';
import { noteOutage } from '../../src/feed/feed-outages.ts';
import type { FeedOutage } from '../../src/feed/feed-state.ts';
import { pollLimits } from '../../src/limits/intake.ts';

const away = { code: 'http-status', detail: 'HTTP 503', since: 0 } as const;

test('failed polls with one answer are one outage; another answer, or a poll that worked between them, begins a new one', () => {
  let outages: readonly FeedOutage[] = [];
  outages = noteOutage(outages, away, { now: 1, goesOn: false });
  outages = noteOutage(outages, away, { now: 2, goesOn: true });
  outages = noteOutage(outages, { ...away, detail: 'HTTP 500' }, { now: 3, goesOn: true });
  outages = noteOutage(outages, { ...away, detail: 'HTTP 500' }, { now: 9, goesOn: false });
  expect(outages).toEqual([
    { code: 'http-status', detail: 'HTTP 503', from: 1, to: 2, polls: 2 },
    { code: 'http-status', detail: 'HTTP 500', from: 3, to: 3, polls: 1 },
    { code: 'http-status', detail: 'HTTP 500', from: 9, to: 9, polls: 1 },
  ]);
});

test('the oldest are forgotten', () => {
  let outages: readonly FeedOutage[] = [];
  for (let now = 0; now < 50; now += 1) outages = noteOutage(outages, away, { now, goesOn: false });
  expect(outages).toHaveLength(pollLimits.outagesKept);
  expect(outages.at(-1)?.from).toBe(49);
});
