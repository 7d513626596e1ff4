import { expect, onTestFinished, test } from 'vitest';
import { AnswerWatch } from '../../src/app/watch-answers.ts';
import { ReachWatch } from '../../src/app/watch-reach.ts';
import type { PublishReport } from '../../src/app/publish-next.ts';
import { runCommandLine } from '../../src/cli/run-command-line.ts';
import { MINUTE, SECOND } from '../../src/limits/units.ts';
import type { Outcome } from '../../src/publish/publisher.ts';
import { edgesWith } from '../cli/command-line.ts';
import { aFakeApp, aRealEntry, type FakeApp } from './fake-app.ts';

const missed = (isTold = false): PublishReport => ({
  kind: 'unreachable',
  detail: 'ECONNREFUSED connect',
  retryAt: 0,
  isTold,
});
const attempted = (outcome: Outcome): PublishReport => ({ kind: 'attempted', entry: aRealEntry(), outcome });

/** Reports this again and again for so long. */
async function lasts(app: FakeApp, watch: ReachWatch, ms: number, report = missed()): Promise<void> {
  for (let passed = 0; passed <= ms; passed += 5 * SECOND) {
    await watch.look(report);
    app.clock.boot += 5 * SECOND;
  }
}

const codes = (app: FakeApp): string[] => app.told.map(({ code }) => code);

test('that X cannot be reached is told once it lasts, stays on the board, and is over with the next post', async () => {
  const app = aFakeApp();
  const watch = new ReachWatch(app);
  await lasts(app, watch, MINUTE - 10 * SECOND);
  expect(codes(app)).toEqual([]);
  await lasts(app, watch, MINUTE);
  expect(codes(app)).toEqual(['account-unreachable']);
  expect(await app.store.alerts(app.scope)).toMatchObject([
    { code: 'account-unreachable', params: { detail: 'ECONNREFUSED connect' } },
  ]);
  await watch.look({ kind: 'idle', at: null });
  await watch.look(attempted({ kind: 'not-sent', cause: 'network', detail: 'x' }));
  expect(await app.store.alerts(app.scope)).toHaveLength(1);
  await watch.look(attempted({ kind: 'published', remoteId: '12' }));
  expect(codes(app)).toEqual(['account-unreachable', 'account-works-again']);
  expect(await app.store.alerts(app.scope)).toEqual([]);
});

test('what people hear of in other words is not told a second time', async () => {
  const app = aFakeApp();
  await lasts(app, new ReachWatch(app), 10 * MINUTE, missed(true));
  expect(codes(app)).toEqual([]);
});

test('that every attempt ends before anything leaves is told as well', async () => {
  const app = aFakeApp();
  const detail = 'lease is no longer sure';
  await lasts(app, new ReachWatch(app), MINUTE, attempted({ kind: 'not-sent', cause: 'fence', detail }));
  expect(app.told).toMatchObject([{ code: 'account-unreachable', params: { detail } }]);
});

test('one unclear answer after the other is told after ten minutes, and is over with a clear one or with a rest', async () => {
  const doubt = attempted({ kind: 'uncertain', detail: '503' });
  const ends: readonly PublishReport[] = [
    attempted({ kind: 'published', remoteId: '12' }),
    { kind: 'idle', at: null },
  ];
  for (const end of ends) {
    const app = aFakeApp();
    const watch = new AnswerWatch(app);
    const doubts = async (count: number, apartMs: number): Promise<void> => {
      for (let nth = 0; nth < count; nth += 1) {
        await watch.look(doubt);
        await watch.look({ kind: 'idle', at: null });
        app.clock.boot += apartMs;
      }
    };
    await doubts(3, 20 * MINUTE);
    expect(codes(app)).toEqual([]);
    await doubts(4, 4 * MINUTE);
    expect(app.told).toMatchObject([{ code: 'account-unclear', params: { detail: '503' } }]);
    if (end.kind === 'idle') app.clock.boot += 10 * MINUTE;
    await watch.look(end);
    expect(await app.store.alerts(app.scope)).toEqual([]);
  }
});

test('an answer of X ends it, whatever it says', async () => {
  const app = aFakeApp();
  const watch = new ReachWatch(app);
  await lasts(app, watch, 2 * MINUTE);
  await watch.look(attempted({ kind: 'uncertain', detail: '503' }));
  expect(await app.store.alerts(app.scope)).toEqual([]);
  expect(codes(app)).toEqual(['account-unreachable']);
});

test('it is taken off the board where nothing waits any more, also by a successor', async () => {
  for (const isSuccessor of [false, true]) {
    const app = aFakeApp();
    const watch = new ReachWatch(app);
    await lasts(app, watch, 2 * MINUTE);
    const present = isSuccessor ? new ReachWatch(app) : watch;
    await present.look({ kind: 'idle', at: null });
    expect(await app.store.alerts(app.scope)).toHaveLength(1);
    app.clock.boot += 10 * MINUTE;
    await present.look({ kind: 'idle', at: null });
    expect(await app.store.alerts(app.scope)).toEqual([]);
  }
});

test('a worker whose posts wait because X cannot be reached tells people, and goes on when it can be', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.connections = ['refused'];
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const config = { ...app.config, console: { ...app.config.console, port: 0 } };
  // This clock leaps: what follows a notice must happen where it is given.
  const told: string[] = [];
  const notifier = {
    tell: async ({ code }: { code: string }) => {
      told.push(code);
      if (code === 'account-unreachable') app.publisher.connections = ['ready'];
      if (code === 'main-published') end.abort();
    },
  };
  const opened = { ...app, config, notifier, sandbox: null, [Symbol.asyncDispose]: async () => {} };
  const working = runCommandLine(['run'], {
    lang: 'en',
    env: {},
    cwd: '/nowhere',
    signal: end.signal,
    edges: edgesWith({
      loadConfig: async () => ({ kind: 'ok', config }),
      assemble: async () => opened,
      serveWorker: async () => ({ kind: 'failed', message: 'none' }),
    }),
    tellStrays: () => {},
    io: {
      out: () => {},
      err: () => {},
      taken: async () => {},
      line: () => {},
      ask: async () => null,
      isTerminal: () => false,
    },
  });
  expect(await working).toBe(0);
  expect(told).toContain('account-unreachable');
  expect(told.indexOf('account-unreachable')).toBeLessThan(told.indexOf('main-published'));
  expect(app.publisher.sent).toHaveLength(1);
});
