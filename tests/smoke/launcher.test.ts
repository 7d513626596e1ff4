import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONFIG, ENTRY, Workplace, feedOf, spawned } from './kosatsu.ts';
import type { Options } from './running.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.close());

/** Makes any Node say that it is an older one, in the launcher alone: the Node that it starts tells the truth. */
const PRETEND = `
if (process.env.KOSATSU_LAUNCHER_FD === undefined) {
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.0' } });
}`;

function pretending(): Options {
  const path = place.write('pretend.cjs', PRETEND);
  return { cwd: place.dir, env: { NODE_OPTIONS: `--require=${path}` } };
}

/** The first really older Node on this machine's PATH, if it has one. */
function olderNode(): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    const path = join(folder, 'node');
    try {
      accessSync(path, constants.X_OK);
    } catch {
      continue;
    }
    const [major] = spawnSync(path, ['--version'], { encoding: 'utf8' })
      .stdout.slice(1)
      .split('.')
      .map(Number);
    if (major !== undefined && major >= 20 && major < 24) return path;
  }
  return null;
}

type Launching = { name: string; options: () => Options };
const real = olderNode();
const launchings: readonly Launching[] = [
  { name: 'a Node that says it is older', options: pretending },
  ...(real === null
    ? []
    : [{ name: `the older Node at ${real}`, options: () => ({ cwd: place.dir, node: real }) }]),
];

test.each(launchings)(
  '$name starts the packaged one, with words, input, output and exit code passed through',
  async ({ options }) => {
    expect(await spawned(['--version'], options())).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^kosatsu \d/u),
    });
    expect(await spawned(['run', '--feed'], options())).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('--feed needs a value'),
    });
    const feed = place.write(
      'feed.xml',
      feedOf([{ title: '審査基準を改訂しました', url: 'https://www.jpo.go.jp/1.html' }]),
    );
    const previewed = await spawned(['preview', '--json', '--config', CONFIG, '--feed', feed], options());
    expect(JSON.parse(previewed.out)).toMatchObject({ item: { title: '審査基準を改訂しました' } });
  },
);

test.each(launchings)('$name passes SIGTERM on, and the worker ends cleanly', async ({ options }) => {
  const worker = startWorker(options());
  await worker.shows(/Status page/u);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0, signal: null });
});

test.each(launchings)('$name takes the worker with it when it is killed', async ({ options }) => {
  const worker = startWorker(options());
  await worker.shows(/Status page/u);
  const [, page] = /(http:\S+)/u.exec(worker.out()) ?? [];
  expect((await fetch(page ?? '')).status).toBe(200);
  worker.child.kill('SIGKILL');
  await worker.ended;
  // The worker holds the pipes of its launcher: they close, and `ended` resolves, when it is gone too.
  await expect(fetch(page ?? '')).rejects.toThrow('fetch failed');
});

test('without a packaged Node the older one says in both languages what is needed, and starts nothing', async () => {
  const bin = join(place.dir, 'program', 'bin');
  mkdirSync(bin, { recursive: true });
  cpSync(ENTRY, join(bin, 'kosatsu.js'));
  place.write('program/package.json', '{ "type": "module" }');
  const { code, out, err } = await spawned(['run'], { ...pretending(), entry: join(bin, 'kosatsu.js') });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/Node\.js 24\.15 or newer is needed; this is 20\.20\.0.*npm ci/u);
  expect(err).toContain('Node.js 24.15 以降が必要です');
});

function startWorker(options: Options) {
  const feed = place.write(
    'feed.xml',
    feedOf([{ title: '審査基準を改訂しました', url: 'https://www.jpo.go.jp/1.html' }]),
  );
  return place.start(['run', '--config', CONFIG, '--data', place.data, '--feed', feed], options);
}
