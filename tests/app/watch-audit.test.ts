import { expect, test } from 'vitest';
import { AuditWatch } from '../../src/app/watch-audit.ts';
import { governanceLimits } from '../../src/limits/storage.ts';
import { aFakeApp, aRealEntry, SCOPE, type FakeApp } from './fake-app.ts';

const SIGNAL = new AbortController().signal;

function anApp(pauseOnBrokenLog: boolean): FakeApp {
  const base = aFakeApp();
  const { channel } = base.config;
  const watch = { ...channel.watch, pauseOnBrokenLog };
  return { ...base, config: { ...base.config, channel: { ...channel, watch } } };
}

/** Changes words of a post behind the program's back, and gives back how to mend it. */
function tamper(app: FakeApp): () => void {
  const put = (text: string): void => {
    const tables = app.store.snapshot();
    const entry = tables.entries.get('e1') ?? expect.fail('there is no post');
    tables.entries.set('e1', { ...entry, text });
    app.store.restore(tables);
  };
  put('別の文面');
  return () => put(aRealEntry().text);
}

const codes = (app: FakeApp): string[] => app.told.map(({ code }) => code);

test('the log is checked at the start and once a day, and a sound one says nothing', async () => {
  const app = anApp(true);
  await app.store.recordEntry(aRealEntry());
  const watch = new AuditWatch();
  expect(await watch.look(app, SIGNAL)).toBe(true);
  expect(await watch.look(app, SIGNAL)).toBe(false);
  await app.clock.sleep(governanceLimits.dailyMs);
  expect(await watch.look(app, SIGNAL)).toBe(true);
  expect(await new AuditWatch().look(app, SIGNAL)).toBe(true);
  expect(app.told).toEqual([]);
});

test.each([true, false])(
  'a log that was tampered with raises one alarm, stays on the board, and pauses where that is asked: %s',
  async (pauses) => {
    const app = anApp(pauses);
    await app.store.recordEntry(aRealEntry());
    const mend = tamper(app);
    await new AuditWatch().look(app, SIGNAL);
    await new AuditWatch().look(app, SIGNAL);
    expect(codes(app)).toEqual(pauses ? ['audit-broken', 'paused'] : ['audit-broken']);
    expect(app.told[0]).toMatchObject({ severity: 'alarm', params: { count: 1 } });
    expect((await app.store.alerts(SCOPE)).map(({ code }) => code)).toEqual(['audit-broken']);
    expect(await app.store.stops(SCOPE)).toHaveLength(pauses ? 1 : 0);
    mend();
    await new AuditWatch().look(app, SIGNAL);
    expect(codes(app).at(-1)).toBe('audit-sound-again');
    expect(await app.store.alerts(SCOPE)).toEqual([]);
  },
);

test('a pause that a person ended in full knowledge is not made anew by the next check', async () => {
  const app = anApp(true);
  await app.store.recordEntry(aRealEntry());
  tamper(app);
  await new AuditWatch().look(app, SIGNAL);
  await app.store.clearStop(
    SCOPE,
    { kind: 'pause', topic: null, feed: null },
    'sato',
    'seen',
    app.clock.now(),
  );
  await app.clock.sleep(governanceLimits.dailyMs);
  await new AuditWatch().look(app, SIGNAL);
  expect(await app.store.stops(SCOPE)).toEqual([]);
});

test('a long log is read a page at a time, and everything else has its turn between', async () => {
  const app = anApp(false);
  await app.store.recordEntry(aRealEntry());
  for (let n = 0; n < governanceLimits.auditPage * 2; n += 1)
    await app.governance.note({
      at: app.clock.now(),
      scope: null,
      actor: 'kosatsu',
      act: 'refused',
      subject: null,
      reason: null,
      before: null,
      after: null,
      policyVersion: null,
    });
  const before = app.clock.boot;
  expect(await new AuditWatch().look(app, SIGNAL)).toBe(true);
  expect(app.clock.boot - before).toBe(2 * governanceLimits.auditRestMs);
  const stopped = new AbortController();
  stopped.abort();
  expect(await new AuditWatch().look(app, stopped.signal)).toBe(false);
  expect(app.told).toEqual([]);
});
