import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { pollFeed } from '../../src/app/poll-feed.ts';
import { Progress, type Task } from '../../src/app/progress.ts';
import type { FeedReader, FeedReading } from '../../src/app/ports.ts';
import { runWorker } from '../../src/app/run-worker.ts';
import { stopTask } from '../../src/app/stop-task.ts';
import { progressLimits } from '../../src/limits/running.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';
import { aFakeApp, aRealEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const JPO = feedConfig();
const never = new AbortController().signal;
const STATE = { etag: null, lastModified: null, bodyHash: 'h', lastBuildDate: null, notBeforeMs: null };

/** A big feed: many items, none of which was seen before. */
function many(count: number): FeedReading {
  const items = Array.from({ length: count }, (_, no) =>
    item({
      id: `n${String(no)}`,
      title: `第${String(no)}号のお知らせ`,
      url: `https://www.jpo.go.jp/n${String(no)}.html`,
    }),
  );
  return { kind: 'items', items, problems: [], doubledGuids: false, state: STATE };
}

function anApp(read: FeedReader['read']): FakeApp {
  const app = aFakeApp({ reader: { read, close: async () => {} } });
  return { ...app, config: { ...app.config, operatorLang: 'en', feeds: [JPO] } };
}

/** Every face of the works, in turn, without repetitions. */
function watch(app: App): Task[] {
  const seen: Task[] = [];
  app.progress.listen(() => seen.push(...app.progress.list().filter((task) => task !== seen.at(-1))));
  return seen;
}

describe('a first reading', () => {
  test('of many items moves as they are looked at, and is gone at its end', async () => {
    const app = anApp(async () => many(450));
    const seen = watch(app);
    await pollFeed(app, JPO, never);
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [0, null],
      [0, 450],
      [100, 450],
      [200, 450],
      [300, 450],
      [400, 450],
    ]);
    expect(app.progress.list()).toEqual([]);
    await pollFeed(app, JPO, never);
    expect(seen, 'a later poll is no first reading').toHaveLength(6);
  });

  test('that a person stops marks and posts nothing, is on record, and begins again at the next poll', async () => {
    const app = anApp(async () => many(450));
    const seen = watch(app);
    const stopped: unknown[] = [];
    const stopListening = app.progress.listen(() => {
      if (seen.at(-1)?.done !== 200 || stopped.length > 0) return;
      stopped.push(stopTask(app, { id: 't1', by: 'sato', reason: null }));
    });
    expect(await pollFeed(app, JPO, never)).toEqual({ kind: 'stopped' });
    stopListening();
    expect(await stopped[0]).toMatchObject({
      kind: 'stopped',
      task: { kind: 'first-reading', subject: 'jpo' },
    });
    const { seen: known, feeds } = app.store.peek();
    expect(known.size).toBe(0);
    expect([...feeds.values()]).toEqual([
      expect.objectContaining({ baselineDone: false, lastPollAt: null, lastSuccessAt: null }),
    ]);
    expect([...feeds.values()][0]?.nextPollAt).toBeGreaterThan(app.clock.now());
    const records = await app.governance.auditRecords(0, 100);
    expect(records.map(({ body }): unknown => JSON.parse(body))).toContainEqual(
      expect.objectContaining({ act: 'task.stopped', subject: 'jpo' }),
    );
    expect(await pollFeed(app, JPO, never)).toMatchObject({ kind: 'read', baseline: 450, recorded: [] });
  });

  test('that is stopped while the server is silent leaves the feed as it was', async () => {
    const app = anApp(async (_feed, _state, _now, signal) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      return { kind: 'failed', problems: [], retryAfterMs: null, gone: false };
    });
    const poll = pollFeed(app, JPO, never);
    while (app.progress.list().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await stopTask(app, { id: 't1', by: 'sato', reason: null });
    expect(await poll).toEqual({ kind: 'stopped' });
    expect(app.told).toEqual([]);
  });

  test('cannot be stopped once it is being written down', () => {
    const progress = new Progress();
    const running = progress.begin('first-reading', 'jpo', null, START);
    expect(running.close()).toBe(true);
    expect(progress.stop('t1')).toBeNull();
    expect(running.signal.aborted).toBe(false);
  });
});

describe('what had piled up', () => {
  async function piledUp(count: number): Promise<FakeApp> {
    const base = aFakeApp();
    const app = { ...base, config: { ...base.config, feeds: [] } };
    for (let no = 0; no < count; no += 1) {
      const id = `m${String(no).padStart(2, '0')}`;
      const text = `第${String(no)}号 https://www.jpo.go.jp/${id}.html`;
      await app.store.recordEntry(aRealEntry({ id, originKey: id, text, url: null }));
    }
    return app;
  }

  /** Runs the worker until nothing waits any more, or what `until` asks for. */
  async function work(app: FakeApp, until: () => boolean | Promise<boolean>): Promise<void> {
    const end = new AbortController();
    const running = runWorker(app, { signal: end.signal, onReady: () => {} });
    while (!(await until())) await new Promise((resolve) => setImmediate(resolve));
    end.abort();
    await running;
  }

  test('is counted while it goes out, and gone when all of it is out', async () => {
    const app = await piledUp(progressLimits.backlogMin + 2);
    const seen = watch(app);
    await work(app, () => app.publisher.sent.length === 7 && app.progress.list().length === 0);
    expect(seen.map(({ kind }) => kind)).toEqual(seen.map(() => 'backlog'));
    expect(seen.slice(1).map(({ done, total }) => [done, total])).toEqual(
      [1, 2, 3, 4, 5, 6].map((done) => [done, 7]),
    );
  });

  test('is not worth showing where it is small', async () => {
    const app = await piledUp(progressLimits.backlogMin - 1);
    const seen = watch(app);
    await work(app, () => app.publisher.sent.length === 4);
    expect(seen).toEqual([]);
  });

  test('is stopped by a pause of main posts, with name and reason on record; the rest stays queued', async () => {
    const app = await piledUp(12);
    const asked: Promise<unknown>[] = [];
    app.progress.listen(() => {
      if (app.progress.list()[0]?.done !== 3 || asked.length > 0) return;
      asked.push(stopTask(app, { id: 't1', by: 'sato', reason: '年末のため' }));
    });
    await work(app, () => asked.length > 0 && app.progress.list().length === 0);
    expect(await asked[0]).toMatchObject({ kind: 'stopped' });
    expect(await app.store.stops(SCOPE)).toMatchObject([
      { kind: 'pause', topic: 'main', feed: null, by: 'sato', reason: '年末のため' },
    ]);
    const { queued = 0, published = 0 } = await app.store.countByState(SCOPE);
    expect([queued + published, published]).toEqual([12, app.publisher.sent.length]);
    expect(published).toBeLessThanOrEqual(4);
  });

  test('is not stopped without a reason', async () => {
    const app = aFakeApp();
    using running = app.progress.begin('backlog', SCOPE.account, 9, START);
    expect(await stopTask(app, { id: 't1', by: 'sato', reason: null })).toMatchObject({ kind: 'refused' });
    expect(await app.store.stops(SCOPE)).toEqual([]);
    expect(running.signal.aborted).toBe(false);
  });
});

describe('stopping', () => {
  test('what has ended changes nothing and says so', async () => {
    const app = aFakeApp();
    app.progress.begin('first-reading', 'jpo', null, START)[Symbol.dispose]();
    expect(await stopTask(app, { id: 't1', by: 'sato', reason: null })).toEqual({ kind: 'gone' });
    expect(await app.governance.auditHead()).toBeNull();
  });

  test('needs the right of the work that is stopped', async () => {
    const app = aFakeApp();
    const base = { at: START, reason: null, passwordHash: '$argon2id$none' };
    await app.governance.changeOperator({ ...base, kind: 'first-run', name: 'root', by: 'root' });
    await app.governance.changeOperator({
      ...base,
      kind: 'add',
      name: 'mori',
      by: 'root',
      roles: ['editor'],
    });
    using reading = app.progress.begin('first-reading', 'jpo', null, START);
    using writing = app.progress.begin('export-audit', 'csv', null, START);
    expect(await stopTask(app, { id: 't1', by: 'mori', reason: null })).toMatchObject({ kind: 'stopped' });
    expect(await stopTask(app, { id: 't2', by: 'mori', reason: null })).toMatchObject({ kind: 'refused' });
    expect([reading.signal.aborted, writing.signal.aborted]).toEqual([true, false]);
  });
});

test('more works than are shown go on unseen', () => {
  const progress = new Progress();
  const works = Array.from({ length: progressLimits.tasksMax + 1 }, () =>
    progress.begin('first-reading', 'x', null, START),
  );
  expect(progress.list()).toHaveLength(progressLimits.tasksMax);
  for (const one of works) one[Symbol.dispose]();
  expect(progress.list()).toEqual([]);
});
