import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CONFIG,
  Workplace,
  fault,
  feedOf,
  postLines,
  previewLines,
  sandboxEnv,
  timeline,
  spawned,
} from './kosatsu.ts';
import { kosatsu } from './in-process.ts';
import type { Ended } from './running.ts';

const DAY = 86_400_000;
const FRESH = { title: '「意匠審査基準」を改訂しました', url: 'https://www.jpo.go.jp/design.html' };
const QUAKE = {
  title: '令和8年駿河湾地震により影響を受けた手続の取扱いについて',
  url: 'https://www.jpo.go.jp/news/koho/saigai/quake.html',
};
const ELSEWHERE = { title: '「商標審査基準」を改訂しました', url: 'https://example.com/trademark.html' };

let place: Workplace;
let api: string;

beforeEach(async () => {
  place = new Workplace();
  api = await place.sandbox();
});
afterEach(() => place.close());

/** Runs the real entry point against the sandbox, with the data folder of this test. */
function run(...words: string[]): Promise<Ended> {
  return spawned(...inThisPlace(words));
}

/** The same in this process, for what a test needs and does not ask after. */
function quick(...words: string[]): Promise<Ended> {
  return kosatsu(...inThisPlace(words));
}

function inThisPlace(words: readonly string[]): [string[], { cwd: string; env: Record<string, string> }] {
  return [[...words, '--config', CONFIG, '--data', place.data], { cwd: place.dir, env: sandboxEnv(api) }];
}

function feed(items: readonly { title: string; url: string }[], date?: Date): string {
  return place.write('feed.xml', feedOf(items, date));
}

async function posts(...words: string[]): Promise<ReturnType<typeof postLines>> {
  return postLines((await quick('posts', '--json', ...words)).out);
}

test('what preview shows is byte for byte what run --once posts', async () => {
  const file = feed([FRESH, QUAKE, ELSEWHERE]);
  const previewed = await run('preview', '--json', '--feed', file);
  expect(previewed.code).toBe(0);
  const shown = previewLines(previewed.out);
  expect(shown.map((line) => line.item.title)).toEqual([FRESH, QUAKE, ELSEWHERE].map((item) => item.title));
  expect(existsSync(join(place.data, 'kosatsu.db'))).toBe(false);
  const once = await run('run', '--once', '--json', '--feed', file, '--first-run', 'publish');
  expect(once.code).toBe(0);
  const published = postLines(once.out);
  const texts = shown.filter((line) => line.wouldPublish).map((line) => line.post.text);
  expect(texts).toHaveLength(2);
  expect(published.map((post) => post.text).toSorted()).toEqual(texts.toSorted());
  expect((await timeline(api)).toSorted()).toEqual(texts.toSorted());
  expect((await posts()).map((post) => post.state).toSorted()).toEqual(['held', 'published', 'published']);
  const again = await quick('run', '--once', '--feed', file);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Posted: 0.') });
  expect(await timeline(api)).toHaveLength(2);
}, 60_000);

test('a dry run and a page of cards post nothing and leave no store', async () => {
  const file = feed([FRESH, QUAKE]);
  const page = join(place.dir, 'cards.html');
  expect(await run('run', '--dry-run', '--feed', file)).toMatchObject({
    code: 0,
    out: expect.stringContaining(FRESH.title),
  });
  expect(await quick('preview', '--feed', file, '--html', page)).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(page, 'utf8')).toContain(QUAKE.title);
  expect(await timeline(api)).toEqual([]);
  expect(existsSync(place.data)).toBe(false);
  expect((await quick('preview', '--feed', join(place.dir, 'missing.xml'))).code).toBe(1);
}, 60_000);

test('people decide: approve posts, cancel and known end, and each is on record', async () => {
  const old = [1, 2, 3].map((number) => ({
    title: `お知らせ その${number}`,
    url: `https://www.jpo.go.jp/${number}.html`,
  }));
  await quick('run', '--once', '--feed', feed(old, new Date(Date.now() - 8 * DAY)), '--first-run', 'publish');
  const held = await posts('--state', 'held');
  expect(held).toHaveLength(3);
  expect(held[0]?.reasons[0]?.rule).toBe('stale');
  const [one = '', two = '', three = ''] = held.map((post) => post.id);
  const by = ['--by', '佐藤', '--reason', '確認済み'];
  expect(await run('approve', one.toUpperCase(), ...by)).toMatchObject({
    code: 0,
    out: expect.stringContaining('queued'),
  });
  expect(await quick('approve', one, ...by)).toMatchObject({ code: 3, out: '' });
  expect(await run('cancel', two, ...by)).toMatchObject({
    code: 0,
    out: expect.stringContaining('cancelled'),
  });
  expect(await run('known', three, ...by)).toMatchObject({
    code: 0,
    out: expect.stringContaining('cancelled'),
  });
  expect(await quick('retry', two, ...by)).toMatchObject({ code: 3 });
  expect(await quick('cancel', 'nobody', ...by)).toMatchObject({
    code: 2,
    err: expect.stringContaining('no post nobody'),
  });
  expect(await timeline(api)).toEqual([]);
  await quick('run', '--once', '--feed', feed([]));
  expect(await timeline(api)).toHaveLength(1);
  expect((await posts()).map((post) => post.state).toSorted()).toEqual([
    'cancelled',
    'cancelled',
    'published',
  ]);
}, 90_000);

test('hold keeps back what waits in the queue until somebody approves it, and retry brings back what X rejected', async () => {
  await run('pause', '--reason', '点検');
  await quick('run', '--once', '--feed', feed([FRESH]), '--first-run', 'publish');
  // The pause was the very first command: it must stop the account that the worker finds out about later.
  expect(await timeline(api)).toEqual([]);
  const [queued] = await posts('--state', 'queued');
  const id = queued?.id ?? '';
  expect(await run('hold', id, '--by', '佐藤')).toMatchObject({
    code: 0,
    out: expect.stringContaining('held'),
  });
  await run('resume');
  await quick('run', '--once', '--feed', feed([]));
  expect(await timeline(api)).toEqual([]);
  expect((await quick('approve', id, '--by', '鈴木')).code).toBe(0);
  await fault(api, { fault: 'not-permitted', on: 'post' });
  expect((await quick('run', '--once', '--feed', feed([]))).code).toBe(4);
  expect(await posts('--state', 'rejected')).toHaveLength(1);
  expect(await run('retry', id, '--by', '佐藤')).toMatchObject({
    code: 0,
    out: expect.stringContaining('held'),
  });
  expect((await quick('approve', id, '--by', '佐藤')).code).toBe(0);
  await quick('run', '--once', '--feed', feed([]));
  expect(await timeline(api)).toEqual([queued?.text]);
}, 90_000);

test('urgent posts without a worker, a pause stops it, and --override-pause goes past', async () => {
  const urgent = ['urgent', '--url', 'https://www.jpo.go.jp/quake.html', '--yes', '--by', '佐藤', '--text'];
  expect(await run(...urgent, '地震の影響について')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Posted'),
  });
  expect(await quick('pause', '--by', '鈴木', '--reason', '点検')).toMatchObject({ code: 0 });
  expect(await quick(...urgent, '台風の影響について')).toMatchObject({
    code: 3,
    err: expect.stringContaining('点検'),
  });
  expect(await timeline(api)).toHaveLength(1);
  expect(await run(...urgent, '大雨の影響について', '--override-pause')).toMatchObject({ code: 0 });
  expect((await run('status')).out).toMatch(/Paused: .*鈴木.*点検/u);
  expect(await quick('resume', '--by', '鈴木')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Resumed: all publishing'),
  });
  expect(await quick('resume')).toMatchObject({
    code: 0,
    out: expect.stringContaining('There was no pause'),
  });
  await quick('run', '--once', '--feed', feed([]));
  expect(await timeline(api)).toHaveLength(3);
}, 90_000);

test('urgent ends with 3 where policy says no, with 4 where X does, and posts nothing', async () => {
  const urgent = (text: string, url: string): Promise<Ended> =>
    quick('urgent', '--yes', '--text', text, '--url', url);
  expect(await urgent('地震', 'https://example.com/')).toMatchObject({ code: 3 });
  expect(await urgent('あ'.repeat(200), 'https://www.jpo.go.jp/')).toMatchObject({ code: 3 });
  await fault(api, { fault: 'not-permitted', on: 'post' });
  const refused = ['urgent', '--yes', '--text', '地震の影響について', '--url', 'https://www.jpo.go.jp/'];
  expect(await run(...refused)).toMatchObject({
    code: 4,
    err: expect.stringContaining('X refused'),
  });
  expect(await timeline(api)).toEqual([]);
}, 60_000);

test('urgent asks, and only a yes that somebody typed posts', async () => {
  const words = ['urgent', '--text', '地震の影響について', '--url', 'https://www.jpo.go.jp/'];
  const typed = (input: string, by = kosatsu): Promise<Ended> => {
    const [line, options] = inThisPlace(words);
    return by(line, { ...options, input });
  };
  expect(await typed('')).toMatchObject({ code: 2, out: '' });
  expect(await typed('n\n')).toMatchObject({ code: 3, out: '' });
  expect(await timeline(api)).toEqual([]);
  expect(await typed('y\n', spawned)).toMatchObject({
    code: 0,
    err: expect.stringContaining('@kosatsu_sandbox'),
  });
  expect(await timeline(api)).toHaveLength(1);
}, 60_000);

test('a worker takes urgent notices over its socket, is the only one, and ends cleanly at SIGTERM', async () => {
  const file = feed([FRESH]);
  const words = ['run', '--config', CONFIG, '--data', place.data, '--feed', file];
  const worker = place.start(words, { env: sandboxEnv(api) });
  await worker.shows(/Status page: (\S+)/u);
  const urgent = [
    'urgent',
    '--yes',
    '--json',
    '--text',
    '地震の影響について',
    '--url',
    'https://www.jpo.go.jp/',
  ];
  // Without the credentials and the settings this process could post nothing itself: it must have been the worker.
  const forced = await spawned([...urgent, '--data', place.data], { cwd: place.dir });
  expect(forced.code).toBe(0);
  expect(JSON.parse(forced.out)).toMatchObject({ kind: 'published' });
  expect(await quick('run', '--feed', file)).toMatchObject({ code: 2, out: '' });
  expect((await quick('status')).out).toContain('Worker: running');
  await quick('pause', '--reason', '点検');
  const waiting = await kosatsu(
    [
      'urgent',
      '--yes',
      '--text',
      '台風の影響について',
      '--url',
      'https://www.jpo.go.jp/',
      '--data',
      place.data,
    ],
    { cwd: place.dir },
  );
  expect(waiting).toMatchObject({ code: 3 });
  const before = await timeline(api);
  await quick('resume');
  await expect.poll(() => timeline(api), { timeout: 3_000 }).toHaveLength(before.length + 1);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0, signal: null });
  expect((await quick('status')).out).toContain('not running');
  expect(existsSync(join(place.data, 'kosatsu.sock'))).toBe(false);
}, 90_000);

test('the settings that the sandbox prints are all that it takes to post to it', async () => {
  const sandbox = place.start(['sandbox', '--port', '0', '--data', join(place.dir, 'y')]);
  const [, at = ''] = await sandbox.shows(/X_API_URL\): (\S+)/u);
  const printed = sandbox.out().match(/^ {2}X_\w+=\S+$/gmu) ?? [];
  place.write('.env', printed.map((row) => row.trim()).join('\n'));
  const words = [
    'urgent',
    '--yes',
    '--text',
    '地震の影響について',
    '--url',
    'https://www.jpo.go.jp/',
    '--config',
    CONFIG,
  ];
  expect(await kosatsu(words, { cwd: place.dir })).toMatchObject({ code: 0 });
  expect(await timeline(at)).toHaveLength(1);
  sandbox.child.kill('SIGINT');
  expect(await sandbox.ended).toMatchObject({ code: 0, signal: null });
});

test('status and posts answer before anything was ever stored', async () => {
  expect(await run('posts', '--json')).toMatchObject({ code: 0, out: '', err: '' });
  expect(await quick('posts')).toMatchObject({ code: 0, out: expect.stringContaining('no such posts') });
  const status = await run('status', '--json');
  expect(JSON.parse(status.out)).toMatchObject({
    mode: 'sandbox',
    paused: false,
    worker: { running: false },
    lastPost: null,
  });
  expect(existsSync(place.data)).toBe(false);
}, 60_000);

test('doctor says what is well, and what to mend where X refuses the credentials', async () => {
  const file = feed([FRESH]);
  expect(await run('doctor', '--feed', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\[ok\] credentials:.*kosatsu_sandbox[^]*Nothing needs mending/u),
  });
  await fault(api, { fault: 'unauthorized', on: 'identity', count: 0 });
  expect(await quick('doctor', '--feed', file)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/\[MEND\] credentials:[^]*To mend: \d/u),
  });
}, 60_000);

test('a sandbox port that was asked for and is taken ends with 2 and a sentence', async () => {
  const { port } = new URL(api);
  expect(await run('sandbox', '--port', port)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining(`Port ${port} is taken`),
  });
});
