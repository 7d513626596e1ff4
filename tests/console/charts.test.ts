import { describe, expect, test } from 'vitest';
import { readCharts } from '../../src/app/read-charts.ts';
import { emptyFeedState } from '../../src/feed/feed-state.ts';
import { START, aFakeApp, publishedEntry } from '../app/fake-app.ts';
import { costAtMost } from '../../src/policy/cost.ts';
import { TestConsole } from './visitor.ts';

const DAY = 86_400_000;
const MIDNIGHT = START - (START % DAY) - 9 * 3_600_000;

async function anApp(): Promise<ReturnType<typeof aFakeApp>> {
  const app = aFakeApp();
  await publishedEntry(app, { id: 'e1', createdAt: START - 120_000 });
  await publishedEntry(app, { id: 'e2', text: '二つ目', topic: 'urgent', source: null });
  const feed = app.config.feeds[0]?.name ?? '';
  await app.store.saveFeedState(app.scope, {
    ...emptyFeedState(feed),
    pollDays: [
      { from: MIDNIGHT - DAY, read: 1, unchanged: 286, failed: 1 },
      { from: MIDNIGHT, read: 2, unchanged: 100, failed: 0 },
    ],
  });
  return app;
}

describe('the charts', () => {
  test('count posts by topic, the time that each took, and what the month has cost', async () => {
    const app = await anApp();
    const charts = await readCharts(app);
    expect(charts.posts).toHaveLength(30);
    expect(charts.posts.at(-1)).toEqual({ from: MIDNIGHT, main: 1, urgent: 1 });
    expect(charts.posts.at(-2)).toEqual({ from: MIDNIGHT - DAY, main: 0, urgent: 0 });
    expect(charts.delays.at(-1)).toMatchObject({
      posts: 1,
      median: 120_000,
      longest: 120_000,
      medianFromDate: 0,
    });
    expect(charts.cost).toHaveLength(1);
    expect(charts.cost.at(-1)).toEqual({
      from: MIDNIGHT,
      posts: 2,
      atMost: costAtMost({ main: 2, urgent: 0 }, app.config.policy.prices),
    });
  });

  test('show how each feed was read, with days on which it was not', async () => {
    const { polls } = await readCharts(await anApp());
    expect(polls[0]?.days).toHaveLength(30);
    expect(polls[0]?.days.slice(-3)).toEqual([
      { from: MIDNIGHT - 2 * DAY, read: 0, unchanged: 0, failed: 0 },
      { from: MIDNIGHT - DAY, read: 1, unchanged: 286, failed: 1 },
      { from: MIDNIGHT, read: 2, unchanged: 100, failed: 0 },
    ]);
  });

  test.each(['ja', 'en'] as const)('stand on a page with a table behind each, in %s', async (lang) => {
    const console = new TestConsole(await anApp());
    const { status, html } = await (await console.signedIn('sato', lang)).get('/charts');
    expect(status).toBe(200);
    const drawn = html.split('<svg').length - 1;
    expect(drawn).toBe(4);
    // The board's own details are not here: each one is a table of numbers.
    expect(html.split('<details>')).toHaveLength(drawn + 1);
    expect(html).toContain('<td>286</td>');
    expect(html).not.toMatch(/NaN|undefined|Infinity| style=/u);
  });

  test('of an empty store are empty, not broken', async () => {
    const { html } = await (await new TestConsole().signedIn()).get('/charts');
    expect(html).toContain('Nothing was read yet.');
    expect(html).not.toMatch(/NaN|undefined|Infinity/u);
  });
});
