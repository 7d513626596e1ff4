import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PostgresLease } from '../../../src/adapters/postgres/lease.ts';
import { openPostgresOutbox } from '../../../src/adapters/postgres/open-outbox.ts';
import type { App } from '../../../src/app/app.ts';
import { DoubtClock } from '../../../src/app/doubt-clock.ts';
import { publishNext, type PublishReport } from '../../../src/app/publish-next.ts';
import { reconcileUncertain } from '../../../src/app/reconcile-uncertain.ts';
import { recoverAtStart } from '../../../src/app/recover-at-start.ts';
import { TimelineGuard } from '../../../src/app/timeline-guard.ts';
import { storeLimits } from '../../../src/limits/storage.ts';
import type { Lease } from '../../../src/outbox/lease.ts';
import { StoreError } from '../../../src/outbox/outbox-store.ts';
import { aFakeApp, aRealEntry, type FakeApp } from '../../app/fake-app.ts';
import { Wire } from '../../wire.ts';
import { startPostgres } from './server.ts';

const signal = new AbortController().signal;
/** Of the machine behind the wire: the other one follows it after this. Its own lease is as long as in service. */
const TTL_MS = 3_000;
let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
let schemas = 0;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

/** One machine of two that share the database and the account at X. */
type Machine = { app: App; publish: (lease: Lease) => Promise<PublishReport> };

/** Two machines: between the first and the database is a wire, the second has the database beside it. */
async function twoMachines(
  farTtlMs = TTL_MS,
): Promise<{ x: FakeApp; wire: Wire; far: Machine; near: Machine }> {
  const direct = server?.url ?? '';
  const { hostname: host, port } = new URL(direct);
  const wire = await Wire.open({ host, port: Number(port) });
  onTestFinished(() => wire[Symbol.asyncDispose]());
  const x = aFakeApp();
  const schema = `cut_${String((schemas += 1))}`;
  const machine = async (databaseUrl: string, ttlMs: number): Promise<Machine> => {
    const store = await openPostgresOutbox({ databaseUrl, schema });
    onTestFinished(() => store.close());
    const lease = new PostgresLease({ databaseUrl, schema, bootMs: () => performance.now(), ttlMs });
    const app: App = { ...x, store, governance: store.governance, lease };
    const guard = new TimelineGuard();
    return { app, publish: (held) => publishNext(app, { lease: held, guard }, 'main', signal) };
  };
  const near = await machine(direct, storeLimits.leaseTtlMs);
  const url = new URL(direct);
  url.port = String(wire.port);
  return { x, wire, far: await machine(url.href, farTtlMs), near };
}

async function queue({ app }: Machine, id: string): Promise<void> {
  const url = `https://www.jpo.go.jp/news/${id}.html`;
  await app.store.recordEntry(aRealEntry({ id, originKey: id, url, text: `お知らせ ${id} ${url}` }));
}

/** Takes the lease as a worker does that its service starts again and again. */
async function follow({ app }: Machine, name: string): Promise<Lease> {
  const request = await app.lease.acquire(name, 20_000);
  if (request.kind !== 'held') throw new Error(`held by ${request.holder}`);
  onTestFinished(() => request.lease.release());
  return request.lease;
}

/** Does it as the worker's loops do: what the store refuses is tried again after a pause. */
async function stubbornly<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof StoreError) || tries === 60) throw error;
      await sleep(500);
    }
  }
}

/** Ends what is in doubt by looking. */
async function lookAfterDoubt({ app }: Machine): Promise<void> {
  const doubts = new DoubtClock();
  for (let looks = 0; looks < 1_000; looks += 1) {
    const open = await app.store.list({ states: ['uncertain'] });
    if (open.length === 0) return;
    await reconcileUncertain(app, doubts, signal);
    await app.clock.sleep(1_000, signal);
  }
  throw new Error('still in doubt');
}

const sent = (x: FakeApp, id: string): number => x.publisher.sent.filter((entry) => entry.id === id).length;

describe('the network between the holder and the database', () => {
  test('is cut: it sends nothing more, another follows, and after the mending it knows that it is none', async () => {
    const { x, wire, far, near } = await twoMachines();
    await queue(near, 'e1');
    const lease = await follow(far, 'far');
    expect(await far.publish(lease)).toMatchObject({ outcome: { kind: 'published' } });
    wire.silence('question', 'answer');
    await queue(near, 'e2');
    const late = far.publish(lease).catch((error: unknown) => error);
    const followed = await follow(near, 'near');
    expect(lease.ageMs()).toBeGreaterThan(TTL_MS * 0.9);
    expect(await near.publish(followed)).toMatchObject({ outcome: { kind: 'published' } });
    await queue(near, 'e3');
    wire.mend();
    expect(await late).toEqual({ kind: 'lease-lost' });
    expect(await stubbornly(() => far.publish(lease))).toEqual({ kind: 'lease-lost' });
    expect([sent(x, 'e1'), sent(x, 'e2'), sent(x, 'e3')]).toEqual([1, 1, 0]);
    expect(await near.publish(followed)).toMatchObject({ outcome: { kind: 'published' } });
    expect(x.publisher.posts).toHaveLength(3);
  });

  test('is cut while X takes the post: the other one finds it, and it stands there once', async () => {
    const { x, wire, far, near } = await twoMachines();
    await queue(near, 'e1');
    const lease = await follow(far, 'far');
    const { publish } = x.publisher;
    far.app.publisher.publish = async (...given) => {
      wire.silence('question', 'answer');
      return publish.apply(x.publisher, given);
    };
    const late = far.publish(lease).catch((error: unknown) => error);
    await follow(near, 'near');
    expect(await near.app.store.find('e1')).toMatchObject({ state: 'attempting' });
    await recoverAtStart(near.app);
    expect(await near.app.store.find('e1')).toMatchObject({ state: 'uncertain', attempts: 1 });
    await lookAfterDoubt(near);
    wire.mend();
    await late;
    const [post] = x.publisher.posts;
    expect(await near.app.store.find('e1')).toMatchObject({ state: 'published', remoteId: post?.remoteId });
    expect(sent(x, 'e1')).toBe(1);
  });

  test('carries only what the holder says: the claim that it never heard of is doubt to the other, and is not sent late', async () => {
    const { x, wire, far, near } = await twoMachines();
    await queue(near, 'e1');
    const lease = await follow(far, 'far');
    wire.listener = (side, bytes) => {
      if (side === 'question' && bytes.includes('COMMIT')) wire.silence('answer');
    };
    const late = far.publish(lease).catch((error: unknown) => error);
    const followed = await follow(near, 'near');
    expect(await near.app.store.find('e1')).toMatchObject({ state: 'attempting' });
    await recoverAtStart(near.app);
    await lookAfterDoubt(near);
    expect(sent(x, 'e1')).toBe(0);
    expect(await near.publish(followed)).toMatchObject({ outcome: { kind: 'published' } });
    wire.listener = null;
    wire.mend();
    expect(await late).toMatchObject({ outcome: { kind: 'not-sent', cause: 'fence' } });
    expect(await near.app.store.find('e1')).toMatchObject({ state: 'published', attempts: 2 });
    expect(sent(x, 'e1')).toBe(1);
  });

  test('carries only what the database says: a claim that arrives when another has followed is none', async () => {
    const { x, wire, far, near } = await twoMachines();
    await queue(near, 'e1');
    const lease = await follow(far, 'far');
    wire.listener = (side, bytes) => {
      if (side === 'question' && bytes.includes('COMMIT')) wire.silence('question');
    };
    const late = far.publish(lease).catch((error: unknown) => error);
    const followed = await follow(near, 'near');
    // The transaction that nobody ends is ended by the database; until then writers wait.
    await stubbornly(() => recoverAtStart(near.app));
    expect(await stubbornly(() => near.publish(followed))).toMatchObject({ outcome: { kind: 'published' } });
    wire.listener = null;
    wire.mend();
    expect(await late).toBeInstanceOf(StoreError);
    expect(await near.app.store.find('e1')).toMatchObject({ state: 'published', attempts: 1 });
    expect(sent(x, 'e1')).toBe(1);
  });

  test('is cut for long: of the sessions that it tries none is left over', async () => {
    const { wire, far } = await twoMachines();
    const lease = await follow(far, 'far');
    wire.silence('question', 'answer');
    // Longer than a statement may take, so that several turns have failed.
    await sleep(storeLimits.statementMs * 1.5 + TTL_MS);
    wire.mend();
    await sleep(storeLimits.busyMs + TTL_MS);
    await lease.release();
    // The pool has its own; what the lease opened is closed.
    await expect.poll(() => wire.open, { timeout: 20_000 }).toBeLessThanOrEqual(storeLimits.connections);
  });

  test('loses a session without a word: the next one renews in time, and nobody follows', async () => {
    const { wire, far, near } = await twoMachines(9_000);
    const lease = await follow(far, 'far');
    wire.break = { of: /UPDATE lease SET until/u, side: 'question', share: 0, how: 'silence' };
    for (let second = 0; second < 10; second += 1) {
      expect(await near.app.lease.acquire('near', 0)).toEqual({ kind: 'busy', holder: 'far' });
      await sleep(1_000);
    }
    expect(wire.break).toBeNull();
    expect(lease.ageMs()).toBeLessThan(9_000);
  });
});

test('while the network of a standby is cut, the holder goes on and nobody follows it', async () => {
  const { x, wire, far, near } = await twoMachines();
  const lease = await follow(near, 'near');
  wire.silence('question', 'answer');
  const standby = far.app.lease.acquire('far', 0).catch((error: unknown) => error);
  for (const id of ['e1', 'e2']) {
    await queue(near, id);
    expect(await near.publish(lease)).toMatchObject({ outcome: { kind: 'published' } });
  }
  expect(await standby).toMatchObject({ code: 'io' });
  wire.mend();
  expect(await far.app.lease.acquire('far', 0)).toEqual({ kind: 'busy', holder: 'near' });
  expect([sent(x, 'e1'), sent(x, 'e2')]).toEqual([1, 1]);
});
