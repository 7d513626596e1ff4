import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { forPeople } from '../../../src/adapters/log/for-people.ts';
import { createLog } from '../../../src/adapters/log/log.ts';
import { keysInAddress } from '../../../src/adapters/log/redact.ts';
import type { Log } from '../../../src/app/ports.ts';

const SECRET = 's3cr3t/+="key';

/** Writes with the log and gives the lines that came out. */
function written(write: (log: Log) => void, level: 'info' | 'silent' = 'info'): string[] {
  const lines: string[] = [];
  write(createLog({ level, secrets: [SECRET, ''], write: (line) => lines.push(line) }));
  return lines;
}

const places: readonly { name: string; write: (log: Log) => void }[] = [
  { name: 'in the sentence', write: (log) => log.info({}, `using ${SECRET}`) },
  { name: 'in a field', write: (log) => log.warn({ key: SECRET }, 'x') },
  { name: 'deep in a field', write: (log) => log.warn({ a: { b: [{ c: `Bearer ${SECRET}` }] } }, 'x') },
  { name: 'as the name of a field', write: (log) => log.warn({ [SECRET]: 1 }, 'x') },
  {
    name: 'in an address',
    write: (log) => log.warn({ url: `https://x.test/?k=${encodeURIComponent(SECRET)}` }, 'x'),
  },
  {
    name: 'in a signed header',
    write: (log) => log.warn({ h: encodeURIComponent(encodeURIComponent(SECRET)) }, 'x'),
  },
  { name: 'in base64', write: (log) => log.warn({ h: Buffer.from(SECRET).toString('base64') }, 'x') },
  {
    name: 'in an error and its cause',
    write: (log) => log.error({ error: new Error('x', { cause: new Error(SECRET) }) }, 'x'),
  },
];

test.each(places)('a secret never stands in a line: $name', ({ write }) => {
  const [line] = written(write);
  expect(line).toContain('[redacted]');
  for (const form of [
    SECRET,
    JSON.stringify(SECRET).slice(1, -1),
    encodeURIComponent(SECRET),
    Buffer.from(SECRET).toString('base64'),
  ]) {
    expect(line).not.toContain(form);
  }
  expect(() => void JSON.parse(line ?? '')).not.toThrow();
});

test.each([
  ['https://hooks.example.go.jp/kosatsu', []],
  ['https://hooks.example.go.jp/head', []],
  ['https://hooks.example.com/services/T0/B0/s3cr3tkey', ['services/T0/B0/s3cr3tkey']],
  ['https://example.com/a?token=0123456789abcdef', ['token=0123456789abcdef']],
])('of the address %s a key is kept out of lines, and no plain name', (address, keys) => {
  expect(keysInAddress(new URL(address))).toEqual(keys);
});

test('a line says level, time in UTC and sentence, and an error with its stack', () => {
  const [line] = written((log) => log.error({ error: new Error('boom') }, 'a feed failed'));
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 'error',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/u),
    msg: 'a feed failed',
    error: { message: 'boom', stack: expect.stringContaining('log.test.ts') },
  });
});

test('lines below the level, and every line of a silent log, are not written', () => {
  expect(written((log) => log.debug({}, 'x'))).toEqual([]);
  expect(written((log) => log.error({}, 'x'), 'silent')).toEqual([]);
});

test('a terminal shows the time in Japan, the level, the sentence and the fields', () => {
  const line =
    '{"level":"warn","time":"2026-11-22T02:11:59.399Z","feed":"meti","items":3,"msg":"feed read"}\n';
  expect(forPeople(line)).toBe('11:11:59 WARN  feed read feed=meti items=3\n');
  expect(forPeople('not JSON\n')).toBe('not JSON\n');
});

/** Writes 2,000 long lines to the log of another process, whose reader does `read`; gives the lines that arrived. */
async function throughPipe(
  read: (stream: NodeJS.ReadableStream) => Promise<void>,
): Promise<{ lines: string[]; code: number | null }> {
  const script = `
    import { createLog } from ${JSON.stringify(new URL('../../../src/adapters/log/log.ts', import.meta.url).href)};
    process.stderr.on('error', () => {});
    const log = createLog({ level: 'info', secrets: [] });
    for (let line = 0; line < 2000; line += 1) log.info({ line, text: 'x'.repeat(500) }, 'm');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
  await read(child.stderr);
  return { code: await ended, lines: text.split('\n').filter(Boolean) };
}

test('a reader that pauses loses no line, and one that goes away does no harm', async () => {
  const paused = await throughPipe(async (stream) => {
    stream.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    stream.resume();
  });
  expect(paused).toMatchObject({ code: 0, lines: { length: 2_000 } });
  for (const line of paused.lines) expect(() => void JSON.parse(line)).not.toThrow();
  const gone = await throughPipe(
    async (stream) => void ('destroy' in stream && typeof stream.destroy === 'function' && stream.destroy()),
  );
  expect(gone.code).toBe(0);
});
