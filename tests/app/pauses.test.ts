import { expect, test } from 'vitest';
import { addOperator, ensureAdministrator } from '../../src/app/operators.ts';
import { pausePublishing, resumePublishing, type Reach } from '../../src/app/pauses.ts';
import { changePassword, makeToken } from '../../src/app/sign-in.ts';
import { resolveBatch } from '../../src/app/quarantine.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { readStatus } from '../../src/app/read-status.ts';
import { runDoctor } from '../../src/app/run-doctor.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { statusText } from '../../src/cli/status-text.ts';
import type { Lease } from '../../src/outbox/lease.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { aFakeApp, aRealEntry, SCOPE, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const BY = { by: '佐藤', reason: '内容の確認' };
const MAIN: Reach = { topic: 'main', feed: null };
const URGENT: Reach = { topic: 'urgent', feed: null };
const METI: Reach = { topic: null, feed: 'meti' };

/** A main and an urgent post of each of two feeds, and an urgent notice forced by hand, all due. */
async function waiting(): Promise<FakeApp> {
  const base = aFakeApp();
  const feeds = [feedConfig({ name: 'jpo' }), feedConfig({ name: 'meti' })];
  const app = { ...base, config: { ...base.config, feeds, operatorLang: 'ja' as const } };
  const url = 'https://www.jpo.go.jp/news/a.html';
  for (const feed of ['jpo', 'meti'])
    for (const topic of ['main', 'urgent'] as const) {
      const id = `${feed}-${topic}`;
      const entry = aRealEntry({ id, topic, originKey: id, url, text: `お知らせ ${id}\n${url}` });
      const source = entry.source === null ? null : { ...entry.source, feed };
      await app.store.recordEntry({ ...entry, source });
    }
  const forced = { id: 'forced', kind: 'forced', topic: 'urgent', originKey: null, source: null } as const;
  const told = 'https://www.jpo.go.jp/news/told.html';
  const notice = aRealEntry({ ...forced, url: told, text: `手動のお知らせ\n${told}`, overridePause: true });
  const approval = { by: '佐藤', at: notice.createdAt, hash: notice.textHash, reason: '', covers: [] };
  await app.store.recordEntry({ ...notice, approvals: [approval] });
  return app;
}

async function held(app: FakeApp): Promise<{ lease: Lease }> {
  const request = await app.lease.acquire('worker', 0);
  if (request.kind !== 'held') throw new Error('busy');
  return request;
}

/** What goes out while the pauses hold. */
async function sent(app: FakeApp): Promise<readonly string[]> {
  const { lease } = await held(app);
  const right = { lease, guard: new TimelineGuard() };
  for (const slot of ['urgent', 'main'] as const)
    for (;;) if ((await publishNext(app, right, slot, signal)).kind !== 'attempted') break;
  await lease.release();
  return app.publisher.sent.map(({ id }) => id).toSorted();
}

const check = (name: string, reaches: readonly Reach[], expected: readonly string[]): void => {
  test(`${name}: only ${expected.join(', ')} go out, and all of it after the end`, async () => {
    const app = await waiting();
    for (const reach of reaches) await pausePublishing(app, { ...BY, reach });
    expect(await sent(app)).toEqual(expected);
    for (const reach of reaches)
      expect(await resumePublishing(app, { ...BY, reach })).toMatchObject({ ended: true });
    expect(await sent(app)).toEqual(['forced', 'jpo-main', 'jpo-urgent', 'meti-main', 'meti-urgent']);
  });
};

check('a pause of everything', [EVERYTHING], ['forced']);
check('a pause of main updates', [MAIN], ['forced', 'jpo-urgent', 'meti-urgent']);
check('a pause of urgent notices', [URGENT], ['forced', 'jpo-main', 'meti-main']);
check('a pause of one feed', [METI], ['forced', 'jpo-main', 'jpo-urgent']);
check('a pause of a topic and one of a feed', [MAIN, METI], ['forced', 'jpo-urgent']);

test('the end of one pause leaves the others, and says which', async () => {
  const app = await waiting();
  for (const reach of [EVERYTHING, MAIN, METI]) await pausePublishing(app, { ...BY, reach });
  const { ended, left } = await resumePublishing(app, BY);
  expect(ended).toBe(true);
  expect(left).toMatchObject([METI, MAIN]);
  expect(await sent(app)).toEqual(['forced', 'jpo-urgent']);
  expect(await resumePublishing(app, BY)).toMatchObject({ ended: false });
});

test('resuming a part does not end a wait that X imposed', async () => {
  const app = await waiting();
  const account = {
    kind: 'account',
    ...EVERYTHING,
    reason: '429',
    by: 'kosatsu',
    since: 0,
    until: null,
  } as const;
  await app.store.setStop(SCOPE, account);
  await resumePublishing(app, { ...BY, reach: MAIN });
  expect(await app.store.stops(SCOPE)).toEqual([account]);
  await resumePublishing(app, BY);
  expect(await app.store.stops(SCOPE)).toEqual([]);
});

test('a pause that comes while X is being connected to holds the post back', async () => {
  const app = await waiting();
  const prepare = app.publisher.prepare.bind(app.publisher);
  app.publisher.prepare = async () => {
    await pausePublishing(app, BY);
    return prepare();
  };
  await app.store.apply('forced', { kind: 'cancel', at: app.clock.now(), by: '佐藤' });
  expect(await sent(app)).toEqual([]);
  expect(await app.store.countByState(SCOPE)).toEqual({ queued: 4, cancelled: 1 });
});

test('an urgent post that becomes due while X is being connected to for a main one goes first', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry({ id: 'main' }));
  const prepare = app.publisher.prepare.bind(app.publisher);
  app.publisher.prepare = async () => {
    app.publisher.prepare = prepare;
    await app.store.recordEntry(aRealEntry({ id: 'urgent', topic: 'urgent', originKey: 'urgent' }));
    return prepare();
  };
  const { lease } = await held(app);
  const right = { lease, guard: new TimelineGuard() };
  expect(await publishNext(app, right, 'main', signal)).toEqual({ kind: 'idle', at: null });
  expect(app.publisher.sent).toEqual([]);
  for (const slot of ['urgent', 'main'] as const) await publishNext(app, right, slot, signal);
  expect(app.publisher.sent.map(({ id }) => id)).toEqual(['urgent', 'main']);
});

test('a pause of a feed that is not configured is refused, and stops nothing', async () => {
  const app = await waiting();
  const reach = { topic: null, feed: 'metti' };
  expect(await pausePublishing(app, { ...BY, reach })).toEqual({
    kind: 'unknown-feed',
    known: ['jpo', 'meti', 'typed', 'sandbox'],
  });
  expect(await app.store.stops(SCOPE)).toEqual([]);
});

test('status and doctor name each pause, with who, when, why, and what ends it', async () => {
  const app = await waiting();
  for (const reach of [EVERYTHING, URGENT, METI]) await pausePublishing(app, { ...BY, reach });
  const status = statusText(await readStatus(app), 'ja');
  const findings = (await runDoctor(app, signal)).map(({ message }) => message).join('\n');
  for (const text of [status, findings]) {
    const lines = text.split('\n').filter((line) => line.includes('佐藤'));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/2026年10月1日（木）12:00.*内容の確認.*kosatsu resume/u);
  }
  const english = statusText(
    await readStatus({ ...app, config: { ...app.config, operatorLang: 'en' } }),
    'en',
  );
  expect(english).toContain('kosatsu resume --topic urgent ends it');
  expect(english).toContain('kosatsu resume --feed meti ends it');
});

/** An office in which 江藤 may prepare and 安西 may answer for posts. */
async function staffed(): Promise<FakeApp> {
  const app = await waiting();
  const first = await ensureAdministrator(app);
  const name = 'administrator';
  const newPassword = 'correct horse battery staple';
  await changePassword(app, { name, password: first?.password ?? '', newPassword });
  const made = await makeToken(app, { name, password: newPassword, kind: 'personal', label: 'desk' });
  const who = { by: name, token: made.kind === 'made' ? made.token : '', reason: null };
  await addOperator(app, who, { name: '江藤', roles: ['editor'] });
  await addOperator(app, who, { name: '安西', roles: ['approver'] });
  return app;
}

test('once people are registered, stopping is easier than going on, and strangers do neither', async () => {
  const app = await staffed();
  const reason = '確認';
  expect(await pausePublishing(app, { by: '通りすがり', reason })).toMatchObject({ kind: 'refused' });
  expect(await app.store.stops(SCOPE)).toEqual([]);
  expect(await pausePublishing(app, { by: '江藤', reason })).toEqual({ kind: 'done' });
  expect(await resumePublishing(app, { by: '江藤', reason })).toMatchObject({ ended: false });
  expect(await app.store.stops(SCOPE)).toMatchObject([{ by: '江藤' }]);
  const decision = { kind: 'known' } as const;
  expect(await resolveBatch(app, { id: 'b1', decision, by: '江藤', reason })).toMatchObject({
    kind: 'refused',
  });
  expect(await resolveBatch(app, { id: 'b1', decision, by: '安西', reason })).toEqual({ kind: 'missing' });
  expect(await resumePublishing(app, { by: '安西', reason })).toMatchObject({ ended: true, refused: null });
});

test('the program’s own watch may pause whoever is registered', async () => {
  const app = await staffed();
  expect(await pausePublishing(app, { by: 'kosatsu', reason: '不審な投稿' })).toEqual({ kind: 'done' });
  expect(await resumePublishing(app, { by: 'kosatsu', reason: '' })).toMatchObject({ ended: false });
});
