import { afterAll, beforeAll, expect, test } from 'vitest';
import { createXPublisher } from '../../src/adapters/x/x-publisher.ts';
import type { App } from '../../src/app/app.ts';
import { DoubtClock } from '../../src/app/doubt-clock.ts';
import { publishNext, type PublishReport } from '../../src/app/publish-next.ts';
import { reconcileUncertain } from '../../src/app/reconcile-uncertain.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { MINUTE } from '../../src/limits/units.ts';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { Wire, type Break, type Side } from '../wire.ts';
import { aFakeApp, aRealEntry, SCOPE } from './fake-app.ts';

const signal = new AbortController().signal;
let x: Sandbox | null = null;
beforeAll(async () => {
  x = await startSandbox({
    port: 0,
    host: '127.0.0.1',
    handle: SCOPE.account,
    name: 'JPO',
    credentials: SANDBOX_CREDENTIALS,
    stateFile: null,
    feed: { baselineItems: 0, firstReleaseMs: 3_600_000, releaseEveryMs: 3_600_000 },
    log: { info: () => {}, warn: () => {} },
  });
});
afterAll(() => x?.close());

/** What stands at X with these words, or was asked of it. */
async function atX(what: 'posts' | 'requests', words: string): Promise<number> {
  const answer = await fetch(`${x?.url ?? ''}/sandbox/${what}`);
  const all: { text?: string; body?: string | null; method?: string }[] = JSON.parse(await answer.text());
  return all.filter(({ text, body }) => (what === 'posts' ? text : body)?.includes(words) === true).length;
}

/** `ttlMs` cuts the wait for an answer short where none will come. */
async function publish(app: App, ttlMs = Number.POSITIVE_INFINITY): Promise<PublishReport> {
  const request = await app.lease.acquire('worker', 0);
  if (request.kind !== 'held') throw new Error('busy');
  try {
    const lease = { ...request.lease, ttlMs };
    return await publishNext(app, { lease, guard: new TimelineGuard() }, 'main', signal);
  } finally {
    await request.lease.release();
  }
}

const POST = /^POST \/2\/tweets /u;
type Cut = { where: string; side: Side; share: number; isPosted: boolean };
const cuts: readonly Cut[] = [
  { where: 'before the request', side: 'question', share: 0, isPosted: false },
  { where: 'in the middle of the request', side: 'question', share: 0.5, isPosted: false },
  { where: 'before the last bytes of the request', side: 'question', share: 0.99, isPosted: false },
  { where: 'after the request', side: 'answer', share: 0, isPosted: true },
  { where: 'in the middle of the answer', side: 'answer', share: 0.5, isPosted: true },
];

/** Whether X has the post or not: it is doubt, known as such, and ended by looking; in the end it stands at X once. */
async function check(how: Break['how'], { where, side, share, isPosted }: Cut): Promise<void> {
  await using wire = await Wire.open({ host: '127.0.0.1', port: x?.port ?? 0 });
  const fake = aFakeApp();
  // Behind X's clock, so that this one can run ahead to the looks that count, and X's Date still says that they did.
  fake.clock.wallAhead = Date.now() - 20 * MINUTE - fake.clock.boot;
  const { now } = fake.clock;
  const apiUrl = new URL(`http://127.0.0.1:${String(wire.port)}`);
  const publisher = createXPublisher({ credentials: SANDBOX_CREDENTIALS, apiUrl, scope: SCOPE, now });
  const app: App = { ...fake, publisher };
  const words = `Examination Guidelines revised: ${how} ${where}`;
  const url = `https://www.jpo.go.jp/e/news/${encodeURIComponent(`${how} ${where}`)}.html`;
  const entry = aRealEntry({ text: `${words}\n${url}`, url, createdAt: now(), dueAt: now() });
  const source = entry.source === null ? null : { ...entry.source, publishedAt: now() };
  await app.store.recordEntry({ ...entry, source });

  wire.break = { of: POST, side, share, how };
  const report = await publish(app, how === 'silence' ? 3_000 : undefined);
  expect(report).toMatchObject({ kind: 'attempted', outcome: { kind: 'uncertain' } });
  expect(await app.store.find('e1')).toMatchObject({ state: 'uncertain', attempts: 1, needsPerson: false });
  await expect.poll(() => atX('posts', words)).toBe(isPosted ? 1 : 0);
  // Nothing leaves while it is in doubt.
  expect(await publish(app)).toMatchObject({ kind: 'idle' });

  const doubts = new DoubtClock();
  for (let looks = 0; looks < 500 && (await app.store.find('e1'))?.state === 'uncertain'; looks += 1) {
    await reconcileUncertain(app, doubts, signal);
    await app.clock.sleep(1_000, signal);
  }
  expect(await app.store.find('e1')).toMatchObject({ state: isPosted ? 'published' : 'queued', attempts: 1 });
  if (!isPosted) expect(await publish(app)).toMatchObject({ outcome: { kind: 'published' } });
  expect(await app.store.find('e1')).toMatchObject({ state: 'published', attempts: isPosted ? 1 : 2 });
  expect(await atX('posts', words)).toBe(1);
  // No whole request that posts it has reached X a second time: its own check for repeated texts was not needed.
  expect(await atX('requests', words)).toBe(1);
}

test.each(cuts)('a network to X that is reset $where doubles nothing and loses nothing', (cut) =>
  check('reset', cut),
);

// Each waits for the deadline of its attempt.
const silences = process.env['KOSATSU_THOROUGH'] === '1' ? cuts : [];
for (const cut of silences)
  test(`a network to X that falls silent ${cut.where} doubles nothing and loses nothing`, () =>
    check('silence', cut));
