import { expect, onTestFinished, test } from 'vitest';
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

test('an answer of X ends it, whatever it says', async () => {
  const app = aFakeApp();
  const watch = new ReachWatch(app);
  await lasts(app, watch, 2 * MINUTE);
  await watch.look(attempted({ kind: 'uncertain', detail: '503' }));
  expect(await app.store.alerts(app.scope)).toEqual([]);
  expect(codes(app)).toEqual(['account-unreachable']);
});

test('a worker whose posts wait because X cannot be reached tells people, and goes on when it can be', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  app.publisher.connections = ['refused'];
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const config = { ...app.config, console: { ...app.config.console, port: 0 } };
  const opened = { ...app, config, sandbox: null, [Symbol.asyncDispose]: async () => {} };
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
  await expect.poll(() => codes(app), { timeout: 20_000 }).toContain('account-unreachable');
  expect(app.publisher.sent).toEqual([]);
  app.publisher.connections = ['ready'];
  await expect.poll(() => codes(app), { timeout: 20_000 }).toContain('account-works-again');
  end.abort();
  expect(await working).toBe(0);
  expect(app.publisher.sent).toHaveLength(1);
});
