import { expect, test } from 'vitest';
import type { Edges, OpenedApp } from '../../src/cli/command.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { aFakeApp, aRealEntry, SCOPE, START, type FakeApp } from '../app/fake-app.ts';
import { edgesWith, typed, type Ran } from './command-line.ts';

const URL = 'https://www.jpo.go.jp/news';

/** A store with one batch of three posts, and the command line that works on it. */
async function withBatch(): Promise<{ app: FakeApp; run: (line: string) => Promise<Ran> }> {
  const base = aFakeApp();
  const app = { ...base, config: { ...base.config, feeds: [feedConfig()] } };
  for (const [index, id] of ['e1', 'e2', 'e3'].entries()) {
    const url = `${URL}/${id}.html`;
    const entry = aRealEntry({
      id,
      originKey: id,
      url,
      text: `お知らせ ${id}\n${url}`,
      createdAt: START + index,
    });
    const source = entry.source === null ? null : { ...entry.source, publishedAt: START - index * 60_000 };
    const reasons = [{ rule: 'baseline-burst', params: { flood: 'replaced' } }] as const;
    await app.store.recordEntry({
      ...entry,
      source,
      reasons,
      state: 'held',
      heldSince: START,
      batchId: 'b1',
    });
  }
  return { app, run: (line) => typed(line.split(' '), { edges: edgesOf(app), env: { USER: '佐藤' } }) };
}

function edgesOf(app: FakeApp): Edges {
  const opened: OpenedApp = { ...app, sandbox: null, [Symbol.asyncDispose]: async () => {} };
  return edgesWith({
    loadConfig: async () => ({ kind: 'ok', config: app.config }),
    assemble: async () => opened,
  });
}

test('alone it shows each batch, why it waits, its posts, and how to decide; and changes nothing', async () => {
  const { app, run } = await withBatch();
  const { code, out } = await run('quarantine');
  expect(code).toBe(0);
  for (const part of [
    'b1',
    'Nearly everything in the feed is new',
    'e1',
    'e2',
    'e3',
    '--all-known',
    '--newest-only',
  ])
    expect(out).toContain(part);
  expect(await app.store.countByState(SCOPE)).toEqual({ held: 3 });
});

const decisions: readonly { line: string; code: number; states: Record<string, number>; says: RegExp }[] = [
  { line: 'quarantine b1 --all-known --reason seen', code: 0, states: { cancelled: 3 }, says: /Known: 3/u },
  {
    line: 'quarantine b1 --newest-only --reason seen',
    code: 0,
    states: { queued: 1, cancelled: 2 },
    says: /Queued: 1/u,
  },
  {
    line: 'quarantine b1 --post E1,e3 --reason seen',
    code: 0,
    states: { queued: 2, cancelled: 1 },
    says: /Queued: 2/u,
  },
  {
    line: 'quarantine b1 --post e1,e9 --reason seen',
    code: 2,
    states: { held: 3 },
    says: /e9 is not in batch b1/u,
  },
  {
    line: 'quarantine b1 --post , --reason seen',
    code: 2,
    states: { held: 3 },
    says: /No post was chosen/u,
  },
  { line: 'quarantine b2 --all-known --reason seen', code: 2, states: { held: 3 }, says: /No batch b2/u },
  { line: 'quarantine b1 --all-known', code: 2, states: { held: 3 }, says: /reason/u },
  { line: 'quarantine b1 --newest-only --reason=\u3000', code: 2, states: { held: 3 }, says: /reason/u },
  { line: 'quarantine --all-known', code: 2, states: { held: 3 }, says: /Which batch/u },
  { line: 'quarantine b1 --all-known --newest-only', code: 2, states: { held: 3 }, says: /Give one of/u },
  { line: 'quarantine b2', code: 2, states: { held: 3 }, says: /No batch b2/u },
];
test.each(decisions)('$line ends with $code', async ({ line, code, states, says }) => {
  const { app, run } = await withBatch();
  const ran = await run(line);
  expect(ran.code).toBe(code);
  expect(`${ran.out}\n${ran.err}`).toMatch(says);
  expect(await app.store.countByState(SCOPE)).toEqual(states);
});

const pauses: readonly { line: string; code: number; stops: readonly object[]; says: RegExp }[] = [
  { line: 'pause', code: 0, stops: [{ topic: null, feed: null }], says: /Paused: all publishing/u },
  {
    line: 'pause --topic urgent',
    code: 0,
    stops: [{ topic: 'urgent', feed: null }],
    says: /resume --topic urgent/u,
  },
  {
    line: 'pause --feed jpo',
    code: 0,
    stops: [{ topic: null, feed: 'jpo' }],
    says: /posts from feed "jpo"/u,
  },
  { line: 'pause --feed https://www.jpo.go.jp/', code: 2, stops: [], says: /No feed is named/u },
  { line: 'pause --topic all', code: 2, stops: [], says: /--topic can't be "all"/u },
  { line: 'pause --topic main --feed jpo', code: 2, stops: [], says: /can't be given together/u },
  { line: 'resume --topic main', code: 0, stops: [], says: /There was no pause/u },
];
test.each(pauses)('$line ends with $code and stops what it says', async ({ line, code, stops, says }) => {
  const { app, run } = await withBatch();
  const ran = await run(line);
  expect(ran.code).toBe(code);
  expect(`${ran.out}\n${ran.err}`).toMatch(says);
  expect(await app.store.stops(SCOPE)).toMatchObject(stops);
});
