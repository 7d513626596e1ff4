import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { publishUrgent, type UrgentRequest } from '../../src/app/force-urgent.ts';
import { runWorker, type Worker } from '../../src/app/run-worker.ts';
import { assemble, type Assembled } from '../../src/assemble.ts';
import { loadConfig } from '../../src/config.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { aRealEntry } from './fake-app.ts';

const HANGS = 'この投稿は答えを待たされます';
const QUEUED = process.env['KOSATSU_THOROUGH'] === '1' ? 10_000 : 1_000;

/** The program with a database on disk and its own sandbox, no feeds. */
async function program(): Promise<Assembled> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kosatsu-wire-'));
  const cwd = new URL('../..', import.meta.url).pathname;
  const loaded = loadConfig({ overrides: { dataDir }, env: { LC_ALL: 'C' }, cwd });
  if (loaded.kind !== 'ok') throw new Error('the shipped configuration has mistakes');
  const config = { ...loaded.config, feeds: [], typedFeed: true };
  const app = await assemble(config, { store: 'write', publisher: 'x' });
  onTestFinished(async () => {
    await app[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return app;
}

function mainUpdates(app: Assembled): Entry[] {
  const now = Date.now();
  return Array.from({ length: QUEUED }, (_, number) => {
    const text = `${number === 0 ? HANGS : '更新情報'} ${String(number)} https://www.jpo.go.jp/news/${String(number)}.html`;
    const id = `m${String(number).padStart(5, '0')}`;
    const url = `https://www.jpo.go.jp/news/${String(number)}.html`;
    const made = {
      id,
      text,
      url,
      originKey: id,
      createdAt: now - QUEUED + number,
      dueAt: now - QUEUED + number,
    };
    const entry = aRealEntry({ ...app.scope, ...made });
    return { ...entry, source: entry.source === null ? null : { ...entry.source, publishedAt: now } };
  });
}

async function control(app: Assembled, path: string, body?: object): Promise<Logged[]> {
  const address = `${app.sandbox?.url ?? ''}/sandbox/${path}`;
  const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(address, { ...asked, headers: { 'content-type': 'application/json' } });
  const read: Logged[] = JSON.parse(await answer.text());
  return read;
}

type Logged = { method: string; body: string | null; status: number | null; at: string };

async function check(
  app: Assembled,
  worker: Worker,
): Promise<{ before: Logged[]; askedAt: number; after: Logged[] }> {
  const posts = async (): Promise<Logged[]> =>
    (await control(app, 'requests')).filter(
      ({ method, body }) => method === 'POST' && body?.includes('text'),
    );
  let before = await posts();
  while (!before.some(({ body }) => body?.includes(HANGS))) before = await posts();
  const request: UrgentRequest = {
    requestId: 'wire',
    text: '地震により影響を受けた手続の取扱いについて',
    url: 'https://www.jpo.go.jp/news/koho/saigai/quake.html',
    fields: {},
    lang: 'ja',
    by: '佐藤',
    reason: '至急',
    overridePause: false,
  };
  const askedAt = Date.now();
  const result = await publishUrgent(app, request, () => worker.wakeAll(), new AbortController().signal);
  expect(result.kind).toBe('published');
  return { before, askedAt, after: await posts() };
}

test('a forced notice overtakes a long queue of main updates and one that hangs at X', async () => {
  const app = await program();
  const state = {
    feed: 'jpo',
    etag: null,
    lastModified: null,
    bodyHash: null,
    lastPollAt: null,
    lastSuccessAt: null,
    lastNewItemAt: null,
    nextPollAt: 0,
    failures: 0,
    itemCount: null,
    lastBuildDate: null,
    baselineDone: true,
    guidsUnreliable: false,
    problems: [],
  };
  await app.store.recordPoll({
    scope: app.scope,
    feed: state,
    seen: [],
    entries: mainUpdates(app),
    supersede: [],
  });
  await control(app, 'faults', { fault: 'delay', ms: 8_000, when: 'before', containing: HANGS });
  const end = new AbortController();
  const ready = Promise.withResolvers<Worker>();
  const working = runWorker(app, { signal: end.signal, onReady: ready.resolve });
  const { before, askedAt, after } = await check(app, await ready.promise);
  end.abort();
  // The hanging one had left and was not answered; nothing but the notice left and was answered since.
  expect(before.map(({ status }) => status)).toEqual([null]);
  expect(after.map(({ body, status }) => [body?.includes('地震'), status])).toEqual([
    [false, null],
    [true, 201],
  ]);
  const wireMs = Date.parse(after[1]?.at ?? '') - askedAt;
  // Far above what was measured (tens of milliseconds), so that a busy machine does not fail it.
  expect(wireMs).toBeLessThan(5_000);
  console.info(`from the last confirmation to the wire: ${String(wireMs)} ms`);
  await working;
}, 60_000);
