import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createParser } from '../../../src/adapters/parser/parser.ts';
import type { ParserOptions } from '../../../src/adapters/parser/parser.ts';
import type { FeedParser, Parsed } from '../../../src/feed/parsed-feed.ts';
import { feedConfig } from '../../fixtures/feed/feed-config.ts';

const open: FeedParser[] = [];

function parser(options: ParserOptions = {}): FeedParser {
  const made = createParser(options);
  open.push(made);
  return made;
}

function program(code: string): URL {
  return new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';${code};parentPort.postMessage('ready')`)}`,
  );
}

function read(from: FeedParser, title = '審議会'): Promise<Parsed> {
  const text = `<rss version="2.0"><channel><item><title>${title}</title><link>/a</link></item></channel></rss>`;
  const bytes = new TextEncoder().encode(text);
  const finalUrl = 'https://www.jpo.go.jp/';
  return from.parse({ bytes, contentType: 'text/xml', finalUrl, feed: feedConfig(), now: 0 });
}

const codes = (parsed: Parsed): string[] => parsed.problems.map(({ code }) => code);

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('a document is read in a thread that can be ended', () => {
  test('answers come back to who asked, in any number', async () => {
    const one = parser();
    const parsed = await Promise.all(['一', '二', '三'].map((title) => read(one, title)));
    expect(parsed.map(({ items }) => items[0]?.title)).toEqual(['一', '二', '三']);
  });

  test('a thread that hangs is ended at the deadline, and the next document gets a new one', async () => {
    // Hangs on a title of its own, and answers otherwise.
    const hanging = program(`parentPort.on('message', ({ feed, bytes }) => {
      while (new TextDecoder().decode(bytes).includes('hang'));
      parentPort.postMessage({ items: [], problems: [], lastBuildDate: feed.name, ttlMs: null, doubledGuids: false });
    });`);
    const one = parser({ deadlineMs: 1_500, program: hanging });
    const [hung, next] = await Promise.all([read(one, 'hang'), read(one, 'go on')]);
    expect(codes(hung)).toEqual(['parse-timeout']);
    expect(next).toMatchObject({ problems: [], lastBuildDate: 'jpo' });
  });

  test('a thread that never gets ready is ended, and the document is not blamed', async () => {
    const never = program(`parentPort.on('message', () => {}); await new Promise(() => {})`);
    const parsed = await read(parser({ startMs: 400, program: never }));
    expect(parsed.problems).toEqual([{ code: 'parse-failed', detail: '0.4 s' }]);
  });

  test('a slow start takes nothing from the time of the document', async () => {
    const slow =
      program(`const answer = { items: [], problems: [], lastBuildDate: 'read', ttlMs: null, doubledGuids: false };
      await new Promise((done) => setTimeout(done, 900));
      parentPort.on('message', () => parentPort.postMessage(answer))`);
    expect((await read(parser({ deadlineMs: 500, program: slow }))).lastBuildDate).toBe('read');
  });

  test('a thread that was ended runs no more', async () => {
    const file = join(tmpdir(), `kosatsu-thread-${process.pid}`);
    const writing = program(`import { writeFileSync } from 'node:fs';
      parentPort.on('message', () => { for (let n = 0; ; n++) writeFileSync(${JSON.stringify(file)}, String(n)); });`);
    await read(parser({ deadlineMs: 500, program: writing }));
    // Ending is under way when the answer comes; a moment later nothing may write any more.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = readFileSync(file, 'utf8');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(readFileSync(file, 'utf8')).toBe(before);
    rmSync(file);
  });

  test('a thread that eats memory dies alone', async () => {
    const greedy = program(
      `parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(10_000).fill({})); });`,
    );
    const parsed = await read(parser({ heapMb: 32, deadlineMs: 20_000, program: greedy }));
    expect(codes(parsed)).toEqual(['parse-failed']);
  });

  test('a thread that throws is a problem, not an exception', async () => {
    const throwing = program(`parentPort.on('message', () => { throw new Error('odd'); });`);
    const one = parser({ program: throwing });
    expect(codes(await read(one))).toEqual(['parse-failed']);
    expect(codes(await read(one))).toEqual(['parse-failed']);
  });

  test('a program that is not there is a problem, not an exception', async () => {
    const missing = new URL('./nowhere.ts', import.meta.url);
    expect(codes(await read(parser({ program: missing })))).toEqual(['parse-failed']);
  });

  test('after a rest the thread has ended, and starts again for the next document', async () => {
    const counting = program(`let n = 0; parentPort.on('message', () => parentPort.postMessage(
      { items: [], problems: [], lastBuildDate: String(++n), ttlMs: null, doubledGuids: false }));`);
    const one = parser({ idleMs: 50, program: counting });
    expect((await read(one)).lastBuildDate).toBe('1');
    expect((await read(one)).lastBuildDate).toBe('2');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await read(one)).lastBuildDate).toBe('1');
  });

  test('closing answers what is under way and what comes after', async () => {
    const silent = program(`parentPort.on('message', () => {});`);
    const one = parser({ program: silent });
    const both = [read(one), read(one)];
    await one.close();
    const answers = await Promise.all([...both, read(one)]);
    expect(answers.map(codes)).toEqual([['parse-failed'], ['parse-failed'], ['parse-failed']]);
  });
});
