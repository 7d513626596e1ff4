import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createIo } from '../../src/cli/terminal.ts';

const never = new AbortController().signal;

/** Asks three questions in turn, the last two for a secret; `type` is told before each, and gives what arrives then. */
async function answers(stdin: PassThrough, chunks: readonly string[]): Promise<(string | null)[]> {
  const stderr = new PassThrough();
  const io = createIo({ stdin: () => stdin, stdout: () => new PassThrough(), stderr: () => stderr });
  const given: (string | null)[] = [];
  const waiting = [...chunks];
  for (const kind of [undefined, 'secret', 'secret'] as const) {
    const answer = io.ask('? ', never, kind);
    await new Promise((resolve) => setImmediate(resolve));
    const chunk = waiting.shift();
    if (chunk !== undefined) stdin.write(chunk);
    given.push(await answer);
  }
  return given;
}

function aTerminal(): PassThrough {
  return Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
}

test('each question at a terminal has its own answer, also a password that is typed twice', async () => {
  expect(await answers(aTerminal(), ['yes\n', 'first\r', 'second\r'])).toEqual(['yes', 'first', 'second']);
});

test('a pipe may bring all answers at once, or one by one', async () => {
  expect(await answers(new PassThrough(), ['yes\nfirst\nsecond\n'])).toEqual(['yes', 'first', 'second']);
  expect(await answers(new PassThrough(), ['yes\n', 'first\n', 'second\n'])).toEqual([
    'yes',
    'first',
    'second',
  ]);
});
