import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { edgeLimits } from '../../src/limits/edges.ts';
import { CONFIG, Workplace, feedOf, previewLines } from './kosatsu.ts';

const COUNT = 400;

test('a reader that is slow gets the whole of a result', async () => {
  const place = new Workplace();
  onTestFinished(() => place.close());
  const items = Array.from({ length: COUNT }, (_, no) => ({
    title: `審査基準を改訂しました(${String(no)})`,
    url: `https://www.jpo.go.jp/news/${String(no)}.html`,
  }));
  const file = place.write('feed.xml', feedOf(items));
  const words = ['run', '--dry-run', '--json', '--feed', file, '--config', CONFIG, '--data', place.data];
  const running = place.start(words);
  running.child.stdout?.pause();
  // Longer than a finished command waits for what was left open.
  await setTimeout(edgeLimits.exitGraceMs + 5_000);
  running.child.stdout?.resume();
  const { code, out } = await running.ended;
  expect(code).toBe(0);
  expect(previewLines(out)).toHaveLength(COUNT);
}, 60_000);

test('a run of the simulation ends without a word where its reader went away', async () => {
  const words = ['tests/simulation/simulate.ts', '--seed', '1'];
  const run = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  run.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  run.stdout.destroy();
  expect(await once(run, 'close')).toEqual([1, null]);
  expect(err).toBe('');
}, 120_000);
