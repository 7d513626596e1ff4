import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { showProgress } from '../../src/cli/show-progress.ts';
import { createIo } from '../../src/cli/terminal.ts';
import { aFakeApp } from '../app/fake-app.ts';

/** Everything that was written to a terminal so many columns wide; null: to a file. */
function aScreen(columns: number | null): { io: ReturnType<typeof createIo>; read: () => string } {
  const stream = new PassThrough();
  if (columns !== null) Object.assign(stream, { isTTY: true, columns });
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    io: createIo({ stdin: () => stream, stdout: () => stream, stderr: () => stream }),
    read: () => text,
  };
}

test('the terminal shows in one moving line how far long work is, and clears it', () => {
  const app = aFakeApp();
  const { io, read } = aScreen(60);
  const shown = showProgress({ io, lang: 'ja' }, app);
  const running = app.progress.begin('first-reading', 'jpo', null, 0);
  running.step(100, 2_000);
  app.clock.boot += 200;
  running.step(1_200, 2_000);
  io.err('別の行');
  running[Symbol.dispose]();
  shown[Symbol.dispose]();
  expect(read().split('\u001B[K\r')).toEqual([
    '情報源「jpo」の初回確認：読み取っています',
    '情報源「jpo」の初回確認：2,000件中1,200件を確認済み',
    '',
    '別の行\n',
  ]);
});

test('a narrow terminal cuts the line, so that it stays one', () => {
  const { io, read } = aScreen(11);
  io.line('情報源jpo');
  expect(read()).toBe('情報源jpo\u001B[K\r');
  io.line('情報源「jpo」');
  expect(read().split('\r')[1]).toBe('情報源「jp\u001B[K');
});

test('where stderr is no terminal nothing moves', () => {
  const { io, read } = aScreen(null);
  io.line('情報源');
  io.line(null);
  expect(read()).toBe('');
});

test('whoever writes much can wait until the reader has taken it or went away, or the wait is interrupted', async () => {
  const taken: string[] = [];
  const waiting: (() => void)[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      waiting.push(() => {
        taken.push(String(chunk));
        done();
      });
    },
  });
  const io = createIo({ stdin: () => new PassThrough(), stdout: () => stream, stderr: () => stream });
  const { signal } = new AbortController();
  await io.taken(signal);
  io.out('1');
  io.out('2');
  let isTold = false;
  const told = io.taken(signal).then(() => (isTold = true));
  // The third is the empty one with which the wait itself stands behind the others.
  for (const isAll of [false, false, true]) {
    expect(isTold).toBe(false);
    waiting.shift()?.();
    await new Promise(setImmediate);
    expect(isTold).toBe(isAll);
  }
  await told;
  expect(taken.slice(0, 2)).toEqual(['1\n', '2\n']);
  io.out('3');
  await io.taken(AbortSignal.abort());
  const gone = io.taken(signal);
  stream.destroy();
  await gone;
  expect(taken).not.toContain('3\n');
});
