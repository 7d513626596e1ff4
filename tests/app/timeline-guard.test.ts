import { expect, test } from 'vitest';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { watchTimeline } from '../../src/app/watch-timeline.ts';
import { MINUTE } from '../../src/limits/units.ts';
import { RESTORED_AT } from '../../src/outbox/backups.ts';
import type { Approval, Entry } from '../../src/outbox/entry.ts';
import type { Slot } from '../../src/outbox/outbox-store.ts';
import type { OwnTimeline } from '../../src/publish/publisher.ts';
import { aFakeApp, aRealEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const QUARANTINE = 150_000;
const FORBIDDEN: OwnTimeline = { kind: 'unreadable', cause: 'forbidden', until: null, detail: '403' };
const DOWN: OwnTimeline = { kind: 'unreadable', cause: 'unknown-answer', until: null, detail: '503' };

/** A process of the program: what it knows ends with it, what the store knows does not. */
async function aProcess(app: FakeApp): Promise<(slot?: Slot) => Promise<string>> {
  const request = await app.lease.acquire('worker', 0);
  if (request.kind !== 'held') throw new Error('busy');
  const right = { lease: request.lease, guard: new TimelineGuard() };
  return async (slot = 'main') => (await publishNext(app, right, slot, signal)).kind;
}

async function restored(entries: readonly Entry[] = [aRealEntry()]): Promise<FakeApp> {
  const app = aFakeApp();
  for (const entry of entries) await app.store.recordEntry(entry);
  await app.store.setFact(SCOPE, RESTORED_AT, String(START));
  return app;
}

/** A person's approval, given after the restore. */
function yesTo(entry: Entry): Approval {
  return { by: '佐藤', at: START + 1, hash: entry.textHash, reason: '未投稿を確認', covers: [] };
}

function die(app: FakeApp): void {
  // The lease of a dead process is free at once.
  (app.lease as unknown as { holderDied(): void }).holderDied();
}

test('after a restore no announcement leaves before the timeline was read again, a quarantine after the first look', async () => {
  const app = await restored();
  const publish = await aProcess(app);
  expect(await publish()).toBe('unreachable');
  app.clock.boot += QUARANTINE - 1;
  expect(await publish()).toBe('unreachable');
  expect(app.publisher.sent).toEqual([]);
  app.clock.boot += 1;
  expect(await publish()).toBe('attempted');
  expect(app.publisher.reads).toBe(2);
});

test('what the backup does not know but X shows late is found, not posted again', async () => {
  const entry = aRealEntry();
  const app = await restored([entry]);
  const publish = await aProcess(app);
  app.publisher.timelines = [{ kind: 'read', posts: [], beganAt: START, complete: true }, 'true'];
  app.publisher.put(entry.text, START - 60_000);
  expect(await publish()).toBe('unreachable');
  app.clock.boot += QUARANTINE;
  expect(await publish()).toBe('set-aside');
  expect(await app.store.find(entry.id)).toMatchObject({ state: 'published' });
  expect(app.publisher.sent).toEqual([]);
});

const brought: readonly { name: string; entry: Entry }[] = [
  {
    name: 'a post that X once throttled',
    entry: aRealEntry({
      attempts: 1,
      attempt: {
        number: 1,
        at: START - 9_000,
        nonce: 'n0',
        epoch: 0,
        deadlineAt: START,
        sinceRemoteId: null,
      },
      firstAttemptAt: START - 9_000,
    }),
  },
  {
    name: 'a notice that a person forced before the backup',
    entry: aRealEntry({
      kind: 'forced',
      rule: 'forced',
      originKey: null,
      createdAt: START - 9_000,
      approvals: [],
    }),
  },
];

test.each(brought)('$name is found too, though the backup has it waiting', async ({ entry }) => {
  const approved = { ...entry, approvals: [{ ...yesTo(entry), at: START - 8_000 }] };
  const app = await restored([approved]);
  app.publisher.put(entry.text, START - 5_000);
  expect(await (await aProcess(app))()).toBe('unreachable');
  app.clock.boot += QUARANTINE;
  die(app);
  const publish = await aProcess(app);
  expect(await publish()).toBe('set-aside');
  expect(await app.store.find(entry.id)).toMatchObject({ state: 'published' });
  expect(app.publisher.sent).toEqual([]);
});

test('a notice forced before the backup is compared by every later process, not by the first alone', async () => {
  const own = aRealEntry({ kind: 'forced', rule: 'forced', originKey: null, createdAt: START - 9_000 });
  const app = await restored([{ ...own, dueAt: START + 900_000, approvals: [yesTo(own)] }]);
  await app.store.recordEntry(aRealEntry({ id: 'e2' }));
  app.publisher.put(own.text, START - 5_000);
  const publish = await aProcess(app);
  await publish();
  app.clock.boot += QUARANTINE;
  expect(await publish()).toBe('attempted');
  die(app);
  app.clock.boot += 900_000;
  expect(await (await aProcess(app))()).toBe('set-aside');
  expect(app.publisher.sent.map((entry) => entry.id)).toEqual(['e2']);
});

test('a wall clock that jumps ahead does not cut the wait of this process short', async () => {
  const app = await restored();
  const publish = await aProcess(app);
  await publish();
  app.clock.wallAhead += 3_600_000;
  expect(await publish()).toBe('unreachable');
  expect(app.publisher.sent).toEqual([]);
});

test('a restart does not begin the wait anew, and the first look of an earlier restore does not count', async () => {
  const app = await restored();
  await app.store.setFact(SCOPE, 'restored-first-look', `${String(START - 1)} ${String(START - 9_000_000)}`);
  expect(await (await aProcess(app))()).toBe('unreachable');
  die(app);
  app.clock.boot += QUARANTINE;
  expect(await (await aProcess(app))()).toBe('attempted');
});

test('where own posts may not be read, a restored announcement waits for a person’s yes', async () => {
  const app = await restored();
  app.publisher.timelines = [FORBIDDEN];
  const publish = await aProcess(app);
  app.clock.boot += 10 * QUARANTINE;
  expect(await publish()).toBe('unreachable');
  expect(app.told.map((notice) => notice.code)).toContain('restored-unreadable');
  const entry = aRealEntry({ id: 'e2', topic: 'urgent' });
  await app.store.recordEntry({ ...entry, approvals: [yesTo(entry)] });
  expect(await publish('urgent')).toBe('attempted');
});

test('what a person let go since a restore does not wait behind what nobody decided on', async () => {
  const app = await restored();
  app.publisher.timelines = [FORBIDDEN];
  const entry = aRealEntry({ id: 'e2', originKey: 'e2', dueAt: START + 1 });
  await app.store.recordEntry({ ...entry, approvals: [yesTo(entry)] });
  app.clock.boot += 10;
  expect(await (await aProcess(app))()).toBe('attempted');
  expect(app.publisher.sent.map(({ id }) => id)).toEqual(['e2']);
});

test('a look that X throttles is not repeated before X says', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry());
  const until = START + 600_000;
  app.publisher.timelines = [{ kind: 'unreadable', cause: 'throttled', until, detail: '429' }, 'true'];
  const publish = await aProcess(app);
  for (let turn = 0; turn < 5; turn += 1) expect(await publish()).toBe('unreachable');
  expect(app.publisher.reads).toBe(1);
  app.clock.boot += 600_000;
  expect(await publish()).toBe('attempted');
});

test('a person’s own notice does not wait behind an urgent announcement that must be compared', async () => {
  const own = aRealEntry({
    id: 'e2',
    kind: 'forced',
    topic: 'urgent',
    originKey: null,
    rule: 'forced',
    createdAt: START + 1,
  });
  const forced = { ...own, approvals: [yesTo(own)] };
  const app = await restored([aRealEntry({ topic: 'urgent', dueAt: START - 1 }), forced]);
  const publish = await aProcess(app);
  expect(await publish('urgent')).toBe('attempted');
  expect(app.publisher.sent.map((entry) => entry.id)).toEqual(['e2']);
});

test('words that a person types after a restore are not posted a second time where the timeline shows them at once', async () => {
  const own = aRealEntry({ kind: 'correction', topic: 'urgent', originKey: null, createdAt: START + 1 });
  const app = await restored([{ ...own, approvals: [yesTo(own)] }]);
  const { remoteId } = app.publisher.put(own.text, START - 60_000);
  const publish = await aProcess(app);
  expect(await publish('urgent')).toBe('set-aside');
  expect(await app.store.find(own.id)).toMatchObject({ state: 'published', remoteId });
  expect(app.publisher.sent).toEqual([]);
});

const SOURCE = {
  feed: 'jpo',
  itemId: '1',
  title: '審査基準の改訂（第1号）',
  url: null,
  publishedAt: START,
  problems: [],
};
const LINK = 'https://www.jpo.go.jp/news/1.html';

test.each([
  ['found at another time', `【更新】審査基準の改訂(第1号)\n10月1日09:02現在\n${LINK}`, true],
  ['without what it follows', `審査基準の改訂（第1号）\n${LINK}`, true],
  ['of another title on that page', `【更新】審査基準の改正（第1号）\n10月1日09:02現在\n${LINK}`, false],
  ['of that title on another page', `審査基準の改訂（第1号）\nhttps://www.jpo.go.jp/news/2.html`, false],
])(
  'an update that the store has forgotten, composed anew, meets its post %s',
  async (_name, stands, isMet) => {
    const text = `【更新】審査基準の改訂（第1号）\n10月1日09:12現在\n当初のお知らせ:2026年10月1日\n${LINK}`;
    const app = aFakeApp();
    const entry = aRealEntry({ kind: 'update', text, url: LINK, source: { ...SOURCE, url: LINK } });
    await app.store.recordEntry(entry);
    app.publisher.put(stands, START - 60_000);
    expect(await (await aProcess(app))()).toBe(isMet ? 'set-aside' : 'attempted');
    expect(app.publisher.sent).toHaveLength(isMet ? 0 : 1);
  },
);

const unread: readonly {
  name: string;
  topic: Slot;
  timeline: OwnTimeline;
  afterMs: number;
  report: string;
}[] = [
  { name: 'a main update waits', topic: 'main', timeline: DOWN, afterMs: 3_600_000, report: 'unreachable' },
  {
    name: 'an urgent one waits a minute',
    topic: 'urgent',
    timeline: DOWN,
    afterMs: 59_000,
    report: 'unreachable',
  },
  {
    name: 'an urgent one goes after a minute',
    topic: 'urgent',
    timeline: DOWN,
    afterMs: 61_000,
    report: 'attempted',
  },
  {
    name: 'any goes once reading has been forbidden for a quarter of an hour',
    topic: 'main',
    timeline: FORBIDDEN,
    afterMs: 15 * MINUTE,
    report: 'attempted',
  },
  {
    name: 'and none of the feeds before',
    topic: 'main',
    timeline: FORBIDDEN,
    afterMs: 15 * MINUTE - 1,
    report: 'unreachable',
  },
];

test.each(unread)('while own posts cannot be read $name', async ({ topic, timeline, afterMs, report }) => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry({ topic }));
  app.publisher.timelines = [timeline];
  const publish = await aProcess(app);
  if (afterMs > 0) expect(await publish(topic)).toBe('unreachable');
  app.clock.boot += afterMs;
  expect(await publish(topic)).toBe(report);
});

test.each<[string, OwnTimeline]>([
  ['X refuses once to show it', FORBIDDEN],
  ['of which X gives the newest page alone', { kind: 'read', posts: [], beganAt: START, complete: false }],
])(
  'a post that the store has forgotten is not sent again because of a timeline that %s',
  async (_why, first) => {
    const app = aFakeApp();
    const entry = aRealEntry();
    await app.store.recordEntry(entry);
    app.publisher.put(entry.text, START - 60_000);
    app.publisher.timelines = [first, 'true'];
    const publish = await aProcess(app);
    expect(await publish()).toBe('unreachable');
    app.clock.boot += MINUTE;
    expect(await publish()).toBe('set-aside');
    expect(await app.store.find(entry.id)).toMatchObject({ state: 'published' });
    expect(app.publisher.sent).toEqual([]);
  },
);

const another = (id: string): Entry => aRealEntry({ id, originKey: id });

test('that X kept the timeline back is counted over restarts, until it was read whole', async () => {
  const app = aFakeApp();
  for (const id of ['e1', 'e2', 'e3']) await app.store.recordEntry(another(id));
  const turn = async (timeline: OwnTimeline | 'true', afterMs: number): Promise<string> => {
    app.clock.boot += afterMs;
    app.publisher.timelines = [timeline];
    const report = await (await aProcess(app))();
    die(app);
    return report;
  };
  const part: OwnTimeline = { kind: 'read', posts: [], beganAt: START, complete: false };
  expect(await turn(FORBIDDEN, 0)).toBe('unreachable');
  expect(await turn(part, 15 * MINUTE)).toBe('attempted');
  expect(await turn('true', MINUTE)).toBe('attempted');
  expect(await turn(FORBIDDEN, MINUTE)).toBe('unreachable');
});

test('what X forbade for long and allows again is compared all the same', async () => {
  const app = aFakeApp();
  const entries = ['e1', 'e2'].map(another);
  for (const entry of entries) await app.store.recordEntry(entry);
  app.publisher.timelines = [FORBIDDEN];
  const publish = await aProcess(app);
  await publish();
  app.clock.boot += 15 * MINUTE;
  expect(await publish()).toBe('attempted');
  app.publisher.put(entries[1]?.text ?? '', START - 60_000);
  app.publisher.timelines = ['true'];
  app.clock.boot += 15 * MINUTE;
  expect(await publish()).toBe('set-aside');
  expect(app.publisher.sent).toHaveLength(1);
});

test('people hear once, not in turns, that a restored account cannot be compared', async () => {
  const app = await restored();
  app.publisher.timelines = [FORBIDDEN];
  const publish = await aProcess(app);
  for (let turn = 0; turn < 3; turn += 1) {
    await publish();
    await watchTimeline(app, signal);
  }
  expect(app.told.map(({ code }) => code)).toEqual(['restored-unreadable']);
});
