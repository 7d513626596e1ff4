import { expect, test } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { canonicalLink } from '../../src/feed/canonical-link.ts';
import { foldTitle } from '../../src/feed/fold-title.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { pollHistory } from '../fixtures/feed/poll-history.ts';
import { FloodWorld } from './flood-world.ts';

const CORPUS = process.env['KOSATSU_CORPUS'];

test('a long history of polls records every announcement once, and none twice, whatever the breaker makes of a poll', async () => {
  const feed = feedConfig({ burst: 20 });
  const world = new FloodWorld({ feeds: [feed] });
  const { app } = world;
  const met = new Set<string>();
  const recorded = new Map<string, number>();
  const lost: string[] = [];
  const floods: Record<string, number> = {};
  let news = 0;
  // Of the history of our own making a third shows what all of it does.
  const polls = pollHistory(CORPUS).slice(0, CORPUS === undefined ? 60 : undefined);
  for (const [index, { at, bytes }] of polls.entries()) {
    app.clock.wallAhead = at - app.clock.boot - 300_000;
    const report = await world.poll(bytes, feed);
    if (report.kind !== 'read') throw new Error(`poll ${index}: ${report.kind}`);
    for (const { source } of report.recorded) {
      const key = `${foldTitle(source?.title ?? '')}\n${canonicalLink(source?.url ?? null)}`;
      recorded.set(key, (recorded.get(key) ?? 0) + 1);
    }
    const batch = report.recorded.find((entry) => entry.batchId !== null);
    const flood = batch?.reasons.find(({ rule }) => rule === 'baseline-burst')?.params['flood'] ?? 'none';
    if (index > 0) floods[String(flood)] = (floods[String(flood)] ?? 0) + 1;
    const finalUrl = 'https://www.jpo.go.jp/news.rdf';
    const parsed = await parseDocument({ bytes, contentType: 'text/xml', finalUrl, feed, now: at });
    for (const item of parsed.items) {
      const key = `${foldTitle(item.title)}\n${canonicalLink(item.url)}`;
      const isNews = index > 0 && !met.has(key);
      met.add(key);
      if (!isNews || classify(item, app.config.rules).kind === 'ignore') continue;
      news += 1;
      if (!recorded.has(key)) lost.push(item.title);
    }
  }
  process.stdout.write(
    `${polls.length} polls, ${news} announcements, ${recorded.size} recorded: ${JSON.stringify(floods)}\n`,
  );
  expect(polls).toHaveLength(CORPUS === undefined ? 60 : 286);
  expect(recorded.size).toBeGreaterThan(CORPUS === undefined ? 150 : 1_000);
  expect([...recorded].filter(([, count]) => count > 1)).toEqual([]);
  expect(lost).toEqual([]);
  expect(await world.app.store.countByState(app.scope)).not.toHaveProperty('refused');
}, 300_000);
