import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CONFIG, Workplace, feedOf } from '../smoke/kosatsu.ts';
import type { Ended } from '../smoke/running.ts';
import { edgesWith, typed } from './command-line.ts';

const OLD = { title: '「意匠審査基準」を改訂しました', url: 'https://www.jpo.go.jp/design.html' };
const NEW = { title: '「商標審査基準」を改訂しました', url: 'https://www.jpo.go.jp/trademark.html' };

function aPlace(): { place: Workplace; run: (...words: string[]) => Promise<Ended> } {
  const place = new Workplace();
  onTestFinished(() => place.close());
  const run = (...words: string[]): Promise<Ended> =>
    place.begin([...words, '--config', CONFIG, '--data', place.data]).ended;
  return { place, run };
}

async function titles(run: (...words: string[]) => Promise<Ended>): Promise<number> {
  const { out } = await run('posts', '--json');
  return out.split('\n').filter(Boolean).length;
}

test('a backup is made while the worker runs, and a restore is refused until it has stopped', async () => {
  const { place, run } = aPlace();
  const file = join(place.dir, 'Backup.KOSATSU');
  const feed = place.write('feed.xml', feedOf([OLD]));
  await run('run', '--once', '--feed', feed, '--first-run', 'publish');
  const worker = place.begin([
    'run',
    '--port',
    '0',
    '--feed',
    feed,
    '--config',
    CONFIG,
    '--data',
    place.data,
  ]);
  await worker.shows(/Status page/u);
  expect(await run('backup', file)).toMatchObject({ code: 0, out: expect.stringContaining(file) });
  expect(await run('backup', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('not overwritten'),
  });
  expect(await run('restore', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('Stop it first'),
  });
  worker.stop();
  await worker.ended;
  expect(await run('restore', file)).toMatchObject({ code: 0 });
}, 90_000);

test('a restore brings back what the backup held, keeps what it replaces, and says what comes next', async () => {
  const { place, run } = aPlace();
  const file = join(place.dir, 'backup');
  await run('run', '--once', '--feed', place.write('1.xml', feedOf([OLD])), '--first-run', 'publish');
  await run('backup', file);
  const both = place.write('2.xml', feedOf([OLD, NEW]));
  await run('run', '--once', '--feed', both, '--first-run', 'publish');
  expect(await titles(run)).toBe(2);
  const restored = await run('restore', file);
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('compares the account') });
  expect(restored.out).toContain('150 s');
  expect(await titles(run)).toBe(1);
  expect(readdirSync(place.data).filter((name) => name.startsWith('kosatsu.db.replaced-'))).toHaveLength(1);
  // What was posted after the backup is new to the store again; nothing may leave before the account was compared.
  await run('run', '--once', '--feed', both, '--first-run', 'publish');
  const { out } = await run('posts', '--json');
  const states = out
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { state: string }).state);
  expect(states.toSorted()).toEqual(['published', 'queued']);
}, 90_000);

test('what was posted after the backup is found on the account once the wait is over, and stands there once', async () => {
  const { place } = aPlace();
  const api = await place.sandbox();
  const config = join(place.dir, 'config');
  cpSync(CONFIG, config, { recursive: true });
  place.write('config/channels.yaml', 'pace: 0s\nreconcile: { quarantine: 2s, missSpacing: 1s }\n');
  const run = (...words: string[]): Promise<Ended> =>
    place.begin([...words, '--config', config, '--data', place.data], { env: { X_API_URL: api } }).ended;
  const file = join(place.dir, 'backup');
  await run('run', '--once', '--feed', place.write('1.xml', feedOf([OLD])), '--first-run', 'publish');
  await run('backup', file);
  const both = place.write('2.xml', feedOf([OLD, NEW]));
  await run('run', '--once', '--feed', both);
  await run('restore', file);
  const words = ['run', '--port', '0', '--feed', both, '--config', config, '--data', place.data];
  const worker = place.begin(words, { env: { X_API_URL: api } });
  await worker.shows(/Status page/u);
  const states = async (): Promise<string[]> => {
    const { out } = await run('posts', '--json');
    const lines = out.split('\n').filter(Boolean);
    return lines.map((line) => (JSON.parse(line) as { state: string }).state);
  };
  await expect.poll(states, { timeout: 30_000, interval: 500 }).toEqual(['published', 'published']);
  const posts: unknown = await (await fetch(`${api}/sandbox/posts`)).json();
  expect(posts).toHaveLength(2);
}, 90_000);

test('a backup that is missing, damaged or another program’s changes nothing', async () => {
  const { place, run } = aPlace();
  await run('run', '--once', '--feed', place.write('1.xml', feedOf([OLD])), '--first-run', 'publish');
  expect(await run('restore', join(place.dir, 'none'))).toMatchObject({ code: 2 });
  const text = place.write('notes.txt', 'no database'.repeat(500));
  expect(await run('restore', text)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/notes\.txt is damaged, or no backup.*Nothing was changed/u),
  });
  expect(await run('restore', place.dir)).toMatchObject({ code: 2 });
  expect(await run('backup', join(place.dir, 'none', 'b'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('publishing are as they were'),
  });
  expect(await titles(run)).toBe(1);
}, 60_000);

test('there is nothing to back up before anything was stored, and no folder is made for it', async () => {
  const { place, run } = aPlace();
  expect(await run('backup', join(place.dir, 'b'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('no records yet'),
  });
  expect(existsSync(place.data)).toBe(false);
}, 60_000);

test.each(['backup', 'restore'])(
  'with PostgreSQL %s points to its own tools and touches nothing',
  async (name) => {
    const config = { databaseUrl: 'postgres://localhost/kosatsu' };
    const edges = edgesWith({
      loadConfig: async () => ({ kind: 'ok', config: config as never }),
      openBackups: async () => null,
    });
    const { code, out, err } = await typed([name, 'file'], { edges });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/pg_dump.*pg_restore/u);
  },
);
